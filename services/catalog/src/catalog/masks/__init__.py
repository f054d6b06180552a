"""The small language people look for numbers in: `*1990`, `0931*`, `0931*68`."""
