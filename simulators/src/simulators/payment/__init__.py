"""The payment gateway: VNPay 2.1.0."""
