"""The end of an order before its time: who may ask, who decides, what is owed (decision 0022)."""
