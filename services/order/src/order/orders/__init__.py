"""Orders: from placing to the five tabs and their cancelling (flow 4)."""
