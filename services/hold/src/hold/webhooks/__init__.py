"""Where partners want to be told, instead of asking."""
