"""Claims: the reviewer who works on a case, and until when."""
