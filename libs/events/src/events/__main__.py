"""`python -m events`: what an operator does with the bus."""

import sys

from events.cli import main

sys.exit(main(sys.argv[1:]))
