"""Vietnamese mobile numbers as people write them, and the one way we keep them."""

from typing import Annotated, Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType
from pydantic import AfterValidator, Field

VIETNAM: Final = "VN"


def e164_digits(written: str) -> str:
    """Return the digits of a Vietnamese mobile number, country code first: `84931266868`.

    Accepts +84, 84 and 0 in front, and dots, dashes and spaces in between.
    """
    try:
        number = phonenumbers.parse(written, VIETNAM)
    except NumberParseException as error:
        # The message must not repeat what was written: it may be somebody's number.
        raise ValueError("is not a phone number") from error
    mobile = phonenumbers.number_type(number) == PhoneNumberType.MOBILE
    if not (mobile and phonenumbers.is_valid_number_for_region(number, VIETNAM)):
        raise ValueError("is not a Vietnamese mobile number")
    return f"{number.country_code}{number.national_number}"


Phone = Annotated[str, Field(max_length=32, examples=["0931 266 868"]), AfterValidator(e164_digits)]
