"""Lets `chaos` be the package and not its folder."""

import sys

# pytest names these tests `chaos.tests...` after their folder and, where nobody has imported the
# package before, lets the folder stand for it. Only a real package has a file.
if getattr(sys.modules.get("chaos"), "__file__", None) is None:
    sys.modules.pop("chaos", None)

import chaos

assert chaos.__file__
