"""Payments of orders: attempts online, cash on receipt, money a channel collected."""
