"""Photos of a call, drawn."""

import io

from PIL import Image, ImageDraw

from kit.images import read_picture


def jpeg(
    size: tuple[int, int] = (960, 720), colour: str = "navy", ink: str | None = "white"
) -> bytes:
    """Take a photo of lines in this ink, as the service keeps it; without ink it is flat."""
    picture, paper = io.BytesIO(), Image.new("RGB", size, colour)
    for x in range(0, size[0], 24) if ink else ():
        ImageDraw.Draw(paper).line((x, 0, x, size[1]), fill=ink, width=8)
    paper.save(picture, "JPEG")
    return read_picture(picture.getvalue()).jpeg
