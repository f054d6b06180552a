"""Where and how the suite runs: rendered for Envoy, Docker Compose and Kubernetes."""
