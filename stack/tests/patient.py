"""A stand-in for the process that plays the demo's journeys: it does nothing until it is ended."""

import signal

if __name__ == "__main__":
    signal.pause()
