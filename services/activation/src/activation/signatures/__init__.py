"""The signature a customer draws: a picture that somebody drew, or none."""
