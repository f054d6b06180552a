"""What the connection team decides on: form, signature and SIM photo, shown one look at a time."""
