"""Web pages: the text of their blocks, read like the paragraphs of a Word file."""

from __future__ import annotations

import re
from typing import Any, Final

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.decode import decode
from jtbd_nlp.read.layouts import draft_of_paragraphs
from jtbd_nlp.read.pieces import Draft, Unreadable, parsing
from jtbd_nlp.read.tables import line_of_row
from jtbd_nlp.read.words import closed

_DROPPED: Final = ["script", "style", "head", "nav", "noscript", "template", "svg", "iframe", "object", "form", "button"]
_BLOCKS: Final = closed(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hr html "
    "li main ol p section table tbody td tfoot th thead ul summary"
)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def read(data: bytes, config: ReadConfig) -> tuple[Draft, ...]:
    """Read an HTML page."""
    decoded = decode(data)
    if len(decoded.text) > config.max_unpacked_bytes // 4:
        raise Unreadable(f"page of {len(decoded.text):,} characters is longer than a quarter of read.max_unpacked_bytes; save its text")
    with parsing("HTML"):
        from bs4 import BeautifulSoup

        soup = BeautifulSoup(decoded.text, "html.parser")
        for tag in soup(_DROPPED):
            tag.decompose()
        paragraphs = _paragraphs(soup)
    draft = draft_of_paragraphs(paragraphs, config, format="html")
    return (draft,)


def _paragraphs(soup: Any) -> list[str]:
    """The text between the edges of blocks; white space is one space, as a browser shows it. Without recursion: pages may nest deep."""
    from bs4.element import NavigableString, PreformattedString, Tag

    done: list[str] = []
    held: list[str] = []

    def flush() -> None:
        text = "\n".join(_SPACE.sub(" ", line).strip() for line in "".join(held).split("\v"))
        if text.strip():
            done.append(text)
        held.clear()

    stack: list[Any] = [soup]
    while stack:
        node = stack.pop()
        if node is None:
            flush()
        elif isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString):
                held.append(str(node).replace("\v", " "))
        elif isinstance(node, Tag):
            if node.name == "br":
                held.append("\v")
            elif node.name == "pre":
                flush()
                held.append(node.get_text().replace("\n", "\v"))
                flush()
            elif node.name == "tr":
                flush()
                done.append(line_of_row([cell.get_text(" ", strip=True) for cell in node.find_all(["td", "th"], recursive=False)]))
            elif node.name in _BLOCKS or node.name == "[document]":
                flush()
                stack.append(None)
                stack.extend(reversed(node.contents))
            else:
                stack.extend(reversed(node.contents))
    flush()
    return done
