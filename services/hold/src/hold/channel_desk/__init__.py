"""The desk of partners' managers: webhooks, feed and funnel of the channels they look after."""
