"""The suite on Kubernetes: rendered from the same facts as the local stack, then checked."""
