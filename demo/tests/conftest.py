"""Lets `demo` be the package and not its folder."""

import sys

# pytest names these tests `demo.tests...` after their folder and, where nobody has imported the
# package before, lets the folder stand for it. Only a real package has a file.
if getattr(sys.modules.get("demo"), "__file__", None) is None:
    sys.modules.pop("demo", None)

import demo

assert demo.__file__
