"""Reviews fold away every rendered file, and no file that a person writes."""

import subprocess

from deploy.k8s import tree
from deploy.paths import ROOT


def test_every_rendered_manifest_and_no_other_is_marked_as_generated() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "deploy/k8s"],  # noqa: S607 # the one on the path
        cwd=ROOT,
        text=True,
        check=True,
        capture_output=True,
    ).stdout.splitlines()
    attributes = subprocess.run(  # noqa: S603 # our own words
        ["git", "check-attr", "linguist-generated", "--", *listed],  # noqa: S607
        cwd=ROOT,
        text=True,
        check=True,
        capture_output=True,
    ).stdout.splitlines()
    marked = {line.partition(":")[0] for line in attributes if line.endswith(": set")}

    assert marked == {f"deploy/k8s/{name}" for name in tree.files()}
