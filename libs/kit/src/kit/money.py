"""Amounts as people send them."""

from typing import Annotated

from pydantic import Field

Dong = Annotated[int, Field(ge=0, le=10**12, description="Vietnamese đồng, without fractions")]
"""More than anybody pays for a number, and still a number that every database can keep."""
