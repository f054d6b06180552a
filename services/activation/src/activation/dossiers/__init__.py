"""The dossier a customer completes and signs, from the first step to its submission."""
