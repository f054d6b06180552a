"""The protocol of the payment gateway VNPay, version 2.1.0."""
