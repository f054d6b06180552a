"""Amounts of money in requests, in đồng."""

from typing import Annotated, Final

from pydantic import Field

MOST_DONG: Final = 10**12
Dong = Annotated[int, Field(ge=0, le=MOST_DONG, description="Vietnamese đồng, without fractions")]
"""More than anybody pays for a number, and still a number that every database can keep."""
