"""The media node's own tests, in its own language."""

import os
import subprocess

from stack import media_node


def test_the_media_nodes_own_tests_pass() -> None:
    arguments = ["--test", "--test-force-exit", "--test-reporter=spec", "tests/*.test.ts"]
    done = subprocess.run(  # noqa: S603 # our own words
        [str(media_node.NODE), *arguments],
        cwd=media_node.PACKAGE,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
