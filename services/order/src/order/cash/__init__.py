"""Cash taken at the door or the counter: what is due, and what was not."""
