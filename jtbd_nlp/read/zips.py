"""What is checked of a zip of XML (.docx, .xlsx, .odt) before a parser gets it. How much it unpacks to was checked when it was sniffed."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.pieces import Unreadable, over_limit

_PIECE: Final = 1 << 20


def check_parts(data: bytes, config: ReadConfig) -> None:
    """No office program writes entity declarations: files that have them were made to do harm. Nor so many tags for an interview.

    Raises:
        Unreadable: a part of the archive declares entities, or all have more tags than `config.max_tags`.
    """
    tags = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            if not member.filename.endswith((".xml", ".rels")):
                continue
            with archive.open(member) as part:
                piece = part.read(_PIECE)
                if b"<!ENTITY" in piece[:65_536]:
                    raise Unreadable(
                        "a file with XML entity declarations, which can be made to do harm",
                        "one that an office program wrote",
                        "Open it in one and save it again",
                    )
                while piece:
                    tags += piece.count(b"<")
                    if tags > config.max_tags:
                        raise over_limit("a file of more tags", "max_tags", config.max_tags, "tags")
                    piece = part.read(_PIECE)
