"""Photos of a call: asked for by the agent, taken by the customer's own camera, accepted or not."""
