"""The desk of video calls while its replicas, sockets and media nodes are killed."""
