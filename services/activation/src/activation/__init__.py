"""From the signed dossier to a connected subscriber."""
