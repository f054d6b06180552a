"""The journey as the other services tell it: their facts, in any order."""
