"""Reviews of calls by supervisors and auditors (SD.2, G28)."""
