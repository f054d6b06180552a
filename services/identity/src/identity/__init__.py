"""Customers, staff and partner clients, and the tokens that prove who they are."""
