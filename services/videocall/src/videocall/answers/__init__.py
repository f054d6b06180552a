"""The customer's side of an examination: what the app shows, and the photos that it takes."""
