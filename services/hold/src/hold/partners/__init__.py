"""Sales channels that take the money first and then hold by API."""
