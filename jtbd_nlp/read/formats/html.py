"""Web pages: the text of their blocks, read like the paragraphs of a Word file."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.decode import decode, without_surrogates
from jtbd_nlp.read.layouts import draft_of_paragraphs
from jtbd_nlp.read.pieces import Draft, Unreadable, parsing
from jtbd_nlp.read.tables import line_of_row
from jtbd_nlp.read.words import closed

_DROPPED: Final = ["script", "style", "head", "nav", "noscript", "template", "svg", "iframe", "object", "form", "button"]
_BLOCKS: Final = closed(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hr html "
    "li main ol p pre section table tbody td tfoot th thead ul summary"
)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def read(data: bytes, config: ReadConfig) -> tuple[Draft, ...]:
    """Read an HTML page."""
    decoded = decode(data)
    if len(decoded.text) > config.max_unpacked_bytes // 4:
        raise Unreadable(
            f"a page of {len(decoded.text):,} characters",
            f"at most a quarter of read.max_unpacked_bytes = {config.max_unpacked_bytes:,}",
            "Save its text, or raise the limit in the config",
        )
    with parsing("HTML"):
        from lxml import etree  # type: ignore[import-untyped,unused-ignore]

        # The parser of the standard library takes quadratic time on broken tags.
        parser = etree.HTMLParser(encoding="utf-8", recover=True, remove_comments=True, remove_pis=True, no_network=True)
        root = etree.fromstring(without_surrogates(decoded.text).encode("utf-8"), parser)
        paragraphs = _paragraphs(root) if root is not None else []
    return (replace(draft_of_paragraphs(paragraphs, config, format="html"), encoding=decoded.encoding),)


def _paragraphs(root: Any) -> list[str]:
    """The text between the edges of blocks; white space is one space, as a browser shows it. Without recursion: pages may nest deep."""
    from lxml import etree

    etree.strip_elements(root, *_DROPPED, with_tail=False)
    done: list[str] = []
    held: list[str] = []

    def flush() -> None:
        text = "\n".join(_SPACE.sub(" ", line).strip() for line in "".join(held).split("\v"))
        if text.strip():
            done.append(text)
        held.clear()

    inside_row = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        block, row = node.tag in _BLOCKS, node.tag == "tr"
        if event == "start":
            if (block or row) and not inside_row:
                flush()
            if row and not inside_row:
                done.append(line_of_row([_SPACE.sub(" ", " ".join(cell.itertext())).strip() for cell in node if cell.tag in {"td", "th"}]))
            inside_row += row
            if not inside_row:
                held.append("\v" if node.tag == "br" else _text(node, node.text))
        else:
            inside_row -= row
            if not inside_row:
                if block or row:
                    flush()
                held.append(_text(node.getparent(), node.tail))
    flush()
    return done


def _text(node: Any, text: str | None) -> str:
    """Text as it is shown: in a `pre` with its line breaks, else with white space for them."""
    shown = (text or "").replace("\v", " ")
    return shown.replace("\n", "\v") if node is not None and node.tag == "pre" else shown
