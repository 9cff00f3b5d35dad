"""The marks of a chart as small pictures. Each is known by its shape: full, half, a ring, a question mark, a dash."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageDraw

from adapters.pictures.lettering import lettering
from adapters.pictures.palette import ACCENT, EDGE, LINE, QUIET, SURFACE
from drills.chat.charts import Cell

_FINER = 4  # drawn so many times larger, then made smaller: smooth edges


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels. `round` is the radius of the corners; half the height makes a dot."""

    width: int
    height: int
    round: int


@cache
def tile(cell: Cell, size: Size) -> Image.Image:
    wide, high = size.width * _FINER, size.height * _FINER
    image = Image.new("RGB", (wide, high), SURFACE)
    draw = ImageDraw.Draw(image)
    box, radius, pen = (0, 0, wide - 1, high - 1), size.round * _FINER, max(2, size.height // 8) * _FINER
    match cell:
        case Cell.FULL:
            draw.rounded_rectangle(box, radius, fill=ACCENT)
        case Cell.HALF:
            draw.rounded_rectangle(box, radius, fill=ACCENT)
            left = image.crop((0, 0, wide // 2, high))
            draw.rectangle(box, fill=SURFACE)
            draw.rounded_rectangle(box, radius, outline=ACCENT, width=pen)
            image.paste(left, (0, 0))
        case Cell.EMPTY:
            draw.rounded_rectangle(box, radius, outline=EDGE, width=pen)
        case Cell.UNSURE:
            letters = lettering("Semibold", int(size.height * 1.1) * _FINER)
            draw.text((wide / 2, high / 2), "?", font=letters.font, fill=QUIET, anchor="mm")
        case Cell.ABSENT:
            middle = high // 2
            draw.line((wide // 3, middle, wide - wide // 3, middle), fill=LINE, width=pen)
    return image.resize((size.width, size.height), Image.Resampling.LANCZOS)
