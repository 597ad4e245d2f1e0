"""The spaCy door: `nlp.add_pipe("jtbd_segments")`, `nlp.add_pipe("jtbd_tags")`.

spaCy imports the modules `segments` and `tags` through entry points, whenever a pipeline is made in an environment that
has this library, whether it is used or not: they stay light and load models at the first Doc. In a checkout that is
not installed, import them by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jtbd_nlp.components.display import DisplacyOptions

__all__ = ["displacy_options"]


def displacy_options(*, spans_key: str | None = None, labels: Sequence[str] = ()) -> DisplacyOptions:
    """Options for `displacy.render(doc, style="span", options=...)`: the group that `jtbd_tags` writes, a colour a tag.

    `labels` are those of your own, where the tagger was trained on some.
    """
    from jtbd_nlp.components.display import options

    return options(spans_key, labels)
