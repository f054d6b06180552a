"""A store's counter: where a customer collects the SIM and pays what is due (F4.6, F4.7)."""
