"""The data key of a call: stills and recordings are sealed by it, and gone when it is erased."""
