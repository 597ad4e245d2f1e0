"""What is checked of a zip of XML (.docx, .xlsx) before a parser gets it. How much it unpacks to was checked when it was sniffed."""

from __future__ import annotations

import io
import zipfile

from jtbd_nlp.read.pieces import Unreadable


def refuse_entities(data: bytes) -> None:
    """No office program writes entity declarations; files that have them were made to do harm.

    Raises:
        Unreadable: a part of the archive declares entities.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            if member.filename.endswith((".xml", ".rels")):
                with archive.open(member) as part:
                    if b"<!ENTITY" in part.read(65_536):
                        raise Unreadable(
                            "a file with XML entity declarations, which can be made to do harm",
                            "one that an office program wrote",
                            "Open it in one and save it again",
                        )
