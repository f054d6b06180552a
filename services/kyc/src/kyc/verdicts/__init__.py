"""What mobi eKYC answers, and what comes of it."""
