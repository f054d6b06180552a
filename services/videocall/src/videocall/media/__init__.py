"""Media nodes and media sessions: where the picture and sound of calls are relayed."""
