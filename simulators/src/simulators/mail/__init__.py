"""The mailbox: a real SMTP server, and pages where a person reads the mail."""
