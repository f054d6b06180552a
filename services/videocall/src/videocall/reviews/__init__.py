"""What supervisors and auditors see and decide about calls (SD.2, G28)."""
