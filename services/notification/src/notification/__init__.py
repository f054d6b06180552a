"""Messages to people about what happened, by SMS, by e-mail and in the app's inbox."""
