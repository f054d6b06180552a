"""Where SIMs are collected and where wards are: the store list that OSP keeps (F3.7, F3.9)."""
