"""The subjects: each is measured in a process of its own, so that its CPU time is its own.

A module has `measure(**order)`, which returns its figures; `python -m bench.events.subjects NAME
ORDER` runs it and prints them.
"""
