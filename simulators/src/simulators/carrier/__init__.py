"""The carrier: Giao Hàng Nhanh's protocol, and a shipper's page."""
