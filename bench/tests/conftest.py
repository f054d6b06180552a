"""Lets `bench` be the package and not its folder."""

import sys

# pytest names these tests `bench.tests...` after their folder and, where nobody has imported the
# package before, lets the folder stand for it. Only a real package has a file.
if getattr(sys.modules.get("bench"), "__file__", None) is None:
    sys.modules.pop("bench", None)

import bench

assert bench.__file__
