"""The lists of OSP's staff: tabs with counts, filters, search, export (F4.4)."""
