"""The stock of numbers, their prices and packages, and how they are found."""
