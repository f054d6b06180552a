"""Office hours of the call teams."""
