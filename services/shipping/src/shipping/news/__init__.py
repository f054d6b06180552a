"""What carriers say about parcels, in their words and in ours."""
