"""What people are told, by SMS, e-mail and the in-app inbox."""
