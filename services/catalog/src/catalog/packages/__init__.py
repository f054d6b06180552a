"""What a subscriber can buy or be given: packages, and the promotions that grant them."""
