"""Simulators of the outside systems: payment, carrier, mobi eKYC, mSale, SMS, mail; with faults."""
