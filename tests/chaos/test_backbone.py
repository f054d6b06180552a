"""The short form of `make chaos-events`: relays, consumers and the broker die, no fact does."""

import subprocess
import sys


def test_no_fact_is_lost_or_doubled_or_out_of_order_whoever_is_killed() -> None:
    command = [sys.executable, "-m", "chaos", "--short"]

    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=240)  # noqa: S603, our own words

    assert done.returncode == 0, done.stdout + done.stderr
