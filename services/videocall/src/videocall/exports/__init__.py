"""Exports: a call's evidence in the clear, in files, for somebody outside who may have it."""
