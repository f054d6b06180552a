"""The subscriber registration form: what is asked, checked and kept sealed."""
