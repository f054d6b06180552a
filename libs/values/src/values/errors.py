"""The refusal of a value: a code for machines, a sentence for people, and never the value."""


class BadValue(ValueError):
    """A text is not the value that was asked for.

    The sentence must not repeat the text: it may be a person's phone number or name.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
