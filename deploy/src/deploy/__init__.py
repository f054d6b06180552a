"""The suite's places: rendered for Envoy, Docker Compose and Kubernetes, and rolled out."""
