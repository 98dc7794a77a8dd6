"""A page for a phone that words and shapes are put on; colour only helps.

All measures are those of a screen 390 pixels wide; what is drawn has `SCALE` times as many.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDTH, SCALE, MARGIN = 390, 2, 16
INK, SOFT, PALE, PAPER, FULL = "#1b1b1b", "#4a4a4a", "#d9dee4", "#ffffff", "#1f4e79"
LINE, SMALL, LARGE = 14, 12, 17


class Sheet:
    """A white page that words and shapes are put on, from the top downwards."""

    def __init__(self, height: int) -> None:
        size = WIDTH * SCALE, height * SCALE
        self.image = Image.new("RGB", size, PAPER)
        self.draw = ImageDraw.Draw(self.image)

    def text(
        self,
        x: float,
        y: float,
        said: str,
        size: int = LINE,
        *,
        bold: bool = False,
        ink: str = INK,
        anchor: str = "la",
    ) -> None:
        self.draw.text(
            (x * SCALE, y * SCALE),
            said,
            ink,
            font(size, bold=bold),
            anchor,
            # Lines that pass behind a number leave it readable.
            stroke_width=2 * SCALE,
            stroke_fill=PAPER,
        )

    def line(self, x: float, y: float, x2: float, y2: float, ink: str = INK, wide: int = 1) -> None:
        ends = [(x * SCALE, y * SCALE), (x2 * SCALE, y2 * SCALE)]
        self.draw.line(ends, ink, wide * SCALE)

    def dashes(self, x: float, y: float, x2: float, y2: float, ink: str = INK) -> None:
        steps = max(1, int(max(abs(x2 - x), abs(y2 - y)) / 4))
        for step in range(0, steps, 2):
            a, b = step / steps, min(1, (step + 1) / steps)
            self.line(x + (x2 - x) * a, y + (y2 - y) * a, x + (x2 - x) * b, y + (y2 - y) * b, ink)

    def box(
        self, x: float, y: float, x2: float, y2: float, fill: str, edge: str | None = None
    ) -> None:
        corners = [(x * SCALE, y * SCALE), (x2 * SCALE, y2 * SCALE)]
        self.draw.rectangle(corners, fill, edge, SCALE)

    def hatched(self, x: float, y: float, x2: float, y2: float) -> None:
        """Of what is provisional: stripes, which a screen without colours shows as well."""
        self.box(x, y, x2, y2, PAPER, FULL)
        wide, high = int((x2 - x) * SCALE), int((y2 - y) * SCALE)
        if wide < 1 or high < 1:
            return
        stripes = Image.new("RGB", (wide, high), PAPER)
        pen = ImageDraw.Draw(stripes)
        for start in range(-high, wide, 5 * SCALE):
            pen.line([(start, high), (start + high, 0)], FULL, SCALE)
        self.image.paste(stripes, (int(x * SCALE), int(y * SCALE)))
        self.box_edge(x, y, x2, y2)

    def box_edge(self, x: float, y: float, x2: float, y2: float) -> None:
        self.draw.rectangle([(x * SCALE, y * SCALE), (x2 * SCALE, y2 * SCALE)], None, FULL, SCALE)

    def down(self, x: float, y: float) -> None:
        """A filled triangle whose tip is at the point, from above."""
        self._triangle([(x - 5, y - 7), (x + 5, y - 7), (x, y)], INK)

    def up(self, x: float, y: float) -> None:
        """A hollow one, from below."""
        self._triangle([(x - 5, y + 7), (x + 5, y + 7), (x, y)], PAPER)

    def _triangle(self, corners: Sequence[tuple[float, float]], fill: str) -> None:
        points = [(x * SCALE, y * SCALE) for x, y in corners]
        self.draw.polygon(points, fill, INK, SCALE)

    def png(self) -> bytes:
        kept = BytesIO()
        # Telegram packs it anew: the time for the smallest file would be lost.
        self.image.save(kept, "PNG", compress_level=3)
        return kept.getvalue()


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    face = "SourceSansPro-Semibold.ttf" if bold else "SourceSansPro-Regular.ttf"
    path = files("font_source_sans_pro") / "files" / face
    with path.open("rb") as source:
        return ImageFont.truetype(BytesIO(source.read()), size * SCALE)


def wrapped(said: str, size: int, wide: float, *, bold: bool = False) -> list[str]:
    """Lines that fit into so many pixels, broken between words."""
    lines = [""]
    for word in said.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font(size, bold=bold).getlength(longer) > wide * SCALE:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def heading(sheet: Sheet, heads: Sequence[str], notes: Sequence[str]) -> int:
    y = MARGIN
    for line in heads:
        sheet.text(MARGIN, y, line, LARGE, bold=True)
        y += 22
    for line in notes:
        sheet.text(MARGIN, y, line, SMALL, ink=SOFT)
        y += 16
    return y + 6


def said(sheet: Sheet, x: float, y: float, words: str) -> float:
    sheet.text(x, y, words, SMALL, ink=SOFT)
    return x + font(SMALL).getlength(words) / SCALE + 12
