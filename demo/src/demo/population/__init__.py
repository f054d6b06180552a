"""The demo's population: journeys in every state and region, played one after the other."""
