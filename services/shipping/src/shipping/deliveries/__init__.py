"""How a customer wants to receive the SIM: at home or at a store (F3.7 to F3.10)."""
