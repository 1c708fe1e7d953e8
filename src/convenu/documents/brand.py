"""What makes a document the MSP's own: its name, its legal footer, one colour, its logo."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image

from convenu.documents.typesetting import TypesettingError, typeset
from convenu.vocabulary.mistakes import Mistake, MistakesError

HOUSE_COLOUR = "#1f4e6b"
READABLE_CONTRAST = 4.5
MAX_LOGO_BYTES = 2_000_000
MAX_LOGO_SIDE = 4_000
_SAVE_AGAIN = "Ouvrez-la dans un logiciel de dessin et enregistrez-la de nouveau en PNG."
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture in PNG or JPEG, with its size in pixels; `accept_logo` makes one from what a person sends."""

    content: bytes
    kind: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """The MSP as its documents show it."""

    name: str
    legal_footer: str = ""
    colour: str = HOUSE_COLOUR
    logo: Logo | None = None

    def __post_init__(self) -> None:
        if not _COLOUR.fullmatch(self.colour):
            raise MistakesError([Mistake("couleur", f"« {self.colour[:40]} » n’est pas une couleur", "Écrivez par exemple « #1f4e6b ».")])

    @property
    def ink(self) -> str:
        """The colour for words: the MSP's own, darkened as far as it takes to be read on white (contrast 4.5)."""
        red, green, blue = _channels(self.colour)
        while _contrast_on_white(red, green, blue) < READABLE_CONTRAST:
            red, green, blue = int(red * 0.9), int(green * 0.9), int(blue * 0.9)
        return f"#{red:02x}{green:02x}{blue:02x}"

    @property
    def tint(self) -> str:
        """The palest shade of the colour, behind the first row of a table."""
        return "#" + "".join(f"{round(channel * 0.09 + 255 * 0.91):02x}" for channel in _channels(self.colour))


def accept_logo(content: bytes) -> Logo:
    """The logo that a person sends, drawn once: refuse now the picture that would stop a contract from being printed later."""
    logo = read_logo(content)
    page = f'#set document(title: "logo")\n#image("logo.{logo.kind}", width: 1cm, alt: "logo")'
    try:
        typeset({"main.typ": page.encode(), f"logo.{logo.kind}": content})
    except TypesettingError as error:
        raise _refused("l’image est abîmée", _SAVE_AGAIN) from error
    return logo


def read_logo(content: bytes) -> Logo:
    """A logo accepted before; raises `MistakesError` when it is not a PNG or JPEG picture of a fair size."""
    kind = next((kind for signature, kind in _SIGNATURES.items() if content.startswith(signature)), None)
    if kind is None:
        raise _refused("le fichier n’est ni un PNG ni un JPEG", "Enregistrez le logo en PNG.")
    if len(content) > MAX_LOGO_BYTES:
        raise _refused("le fichier dépasse 2 Mo", "Réduisez l’image : 1 000 pixels de large suffisent.")
    width, height = _size_in_pixels(content)
    if not (0 < width <= MAX_LOGO_SIDE and 0 < height <= MAX_LOGO_SIDE):
        raise _refused(
            f"l’image mesure {width} × {height} pixels, le maximum est {MAX_LOGO_SIDE} de côté",
            "Réduisez l’image : 1 000 pixels de large suffisent.",
        )
    return Logo(content=content, kind=kind, width=width, height=height)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _contrast_on_white(*channels: int) -> float:
    """The contrast ratio of WCAG between a colour and white."""
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in (channel / 255 for channel in channels)]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def _size_in_pixels(content: bytes) -> tuple[int, int]:
    """What the picture's header says, read before any pixel is."""
    try:
        header = Image.from_blob(content)
    except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, KeyError, ValueError, AttributeError) as error:
        raise _refused("l’image est illisible", _SAVE_AGAIN) from error
    return header.px_width, header.px_height


def _refused(message: str, suggestion: str) -> MistakesError:
    return MistakesError([Mistake("logo", message, suggestion)])
