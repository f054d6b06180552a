"""The journey's story, folded from every fact: it observes and never commands."""
