"""The demo's journeys: how many there are to be, and which of them have been made."""
