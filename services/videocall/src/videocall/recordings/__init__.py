"""Recordings of a call: parts as rows, the gate of an approval, the chain of their blocks."""
