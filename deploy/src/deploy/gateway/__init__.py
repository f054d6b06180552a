"""The gateway: Envoy, configured from the one table of routes."""
