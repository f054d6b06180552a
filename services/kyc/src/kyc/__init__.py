"""Whether the customer is who they say: documents, portraits and verdicts."""
