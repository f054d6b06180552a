"""mSale, the operator's connection system: its API, and the tasks that call it."""
