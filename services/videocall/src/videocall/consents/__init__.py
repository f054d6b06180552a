"""A customer's consent to a call and to its recording, given before the queue."""
