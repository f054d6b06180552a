"""Orders, payments, refunds and invoices, and the shop each order is routed to."""
