"""Evidence for the connection team: form, signature and SIM photo, shown one look at a time."""
