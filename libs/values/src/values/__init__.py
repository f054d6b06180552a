"""Value objects of the domain: phones, names, dates, … each read in one way by every service.

One module per noun. Each has a type for pydantic models and a plain function that reads a text or
raises `BadValue` with a stable code. Nothing here knows a service, a database or the bus.
"""
