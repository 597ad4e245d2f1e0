"""Coded interviews as plain transcripts: what a run that is to be scored starts from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from jtbd_nlp.errors import OutputError
from jtbd_nlp.training.gold import read_gold

_MARKS: Final = re.compile(r"[.,;:!?…]")


def write_plain(gold: Iterable[str | Path], out: Path, *, rough: bool = False) -> int:
    """Write each gold interview's text as `<name>.txt`; returns how many.

    Args:
        rough: in lower case and without `. , ; : ! ? …` in the turns; speakers' labels stay.

    Raises:
        ConfigError: a gold specification cannot be read.
        OutputError: the folder cannot be written.
    """
    interviews = read_gold(gold, labels=None)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for one in interviews:
            text = "\n".join(map(roughen, one.text.split("\n"))) if rough else one.text
            (out / f"{one.name}.txt").write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise OutputError(f"Got {out}, which cannot be written ({error.strerror}). Name another folder with --out.") from error
    return len(interviews)


def roughen(line: str) -> str:
    """One `Speaker: text` line in lower case and without punctuation; the label stays."""
    label, colon, said = line.partition(": ")
    return label + colon + _MARKS.sub("", said).lower()
