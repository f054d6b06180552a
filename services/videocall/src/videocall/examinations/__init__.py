"""The agent's side of an examination: challenges and photos, set, asked for and judged."""
