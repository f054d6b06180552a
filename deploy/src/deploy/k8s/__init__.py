"""The suite on Kubernetes: manifests, rules about them, rolling out."""
