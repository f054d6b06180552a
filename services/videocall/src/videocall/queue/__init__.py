"""The queue: customers who call, wait and come back, in the order of answering."""
