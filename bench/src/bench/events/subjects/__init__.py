"""What is measured: each in a process of its own, so that the CPU it uses is its own.

A module has `measure(**order)`, which returns its figures; `python -m bench.events.subjects NAME
ORDER` runs it and prints them.
"""
