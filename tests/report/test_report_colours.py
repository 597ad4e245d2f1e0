"""Tags can be read in both shades."""

from __future__ import annotations

import pytest

from jtbd_nlp.report.colours import CARD_DARK, CARD_LIGHT, DARK, LIGHT
from jtbd_nlp.schema import TAGS


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("colours", "card"), [(LIGHT, CARD_LIGHT), (DARK, CARD_DARK)])
def test_every_tag_has_a_colour_that_can_be_read_on_a_card(colours: dict[str, str], card: str) -> None:
    assert sorted(colours) == sorted(TAGS)
    for tag, colour in colours.items():
        low, high = sorted((_luminance(colour), _luminance(card)))
        assert (high + 0.05) / (low + 0.05) >= 4.5, tag
