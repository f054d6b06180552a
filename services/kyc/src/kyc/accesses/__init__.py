"""The access log: looks of staff at the data of customers."""
