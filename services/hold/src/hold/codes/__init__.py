"""The hold code: what a customer reads aloud and a parcel carries."""
