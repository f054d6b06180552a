"""Who people are: customers, staff and partner clients, and the tokens that say so."""
