"""Coded interviews: the two gold formats, and statements made from people's codes.

A *market* is a folder with `market.json` (what is known of each story, planted themes and pathways) and `stories/*.txt`, one
`Speaker: text` turn a line, coded inline: `<<push+fire P2 functional first_thought: the words>>`. The head holds the
tags joined with `+`, then, in any order and each optional, theme id, dimension, stage and phase.

*Annotated interviews* are two folders: `docs/*.txt` with numbered turns, `[3] Speaker: text`, and `ann/<same stem>.jsonl`
with one coded statement a line (`turn`, `quote` to the letter, `tags`, and `dimension`, `stage`, `phase`, null where not
given); a line with the key `story` tells the whole story. On the command line they are written `docs:ann`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jtbd_nlp.errors import ConfigError
from jtbd_nlp.schema import DIMENSIONS, PHASES, STAGES, TAGS, Dimension, Phase, Stage, Statement, Tag, Transcript, Turn, statement_id

_MARK = re.compile(r"<<([^:<>]*):\s*([^<>]*)>>")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_NUMBERED = re.compile(r"\[(\d+)\] ([^:]+): (.*)$")
_LINE = re.compile(r"([^:\n]{1,60}): ")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, lower-cased, at characters [start, end)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """One coded statement: words [first, last) of the transcript, characters [start, end)."""

    first: int
    last: int
    start: int
    end: int
    tags: frozenset[Tag]
    dimension: Dimension | None = None
    stage: Stage | None = None
    phase: Phase | None = None
    theme: str | None = None


@dataclass(frozen=True)
class Gold:
    """One coded interview: plain text (what a reader is given), spans in order, and what is known of the story."""

    name: str
    text: str
    spans: tuple[GoldSpan, ...]
    story: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""


def words(text: str) -> list[Word]:
    """Words of a text: runs of letters, digits and inner apostrophes, lower-cased."""
    return [Word(m.group().lower().replace("’", "'"), m.start(), m.end()) for m in _WORD.finditer(text)]


def read_gold(specs: Iterable[str | Path]) -> list[Gold]:
    """Read gold given as on the command line: a market's folder, or `DOCS:ANNOTATIONS`.

    Raises:
        ConfigError: a specification names nothing that can be read.
    """
    out: list[Gold] = []
    for spec in specs:
        docs, colon, notes = str(spec).rpartition(":")
        try:
            found = read_annotated(Path(docs), Path(notes)) if colon and not Path(spec).is_dir() else read_market(Path(spec))
        except (OSError, KeyError, json.JSONDecodeError) as error:
            raise ConfigError(
                f"Got gold {str(spec)!r}, which cannot be read ({error}). Expected a market's folder or DOCS:ANNOTATIONS."
            ) from error
        if not found:
            raise ConfigError(f"Got gold {str(spec)!r}, which holds no coded interview. Expected a market's folder or DOCS:ANNOTATIONS.")
        out += found
    return out


def read_market(folder: Path) -> list[Gold]:
    """The stories of one market."""
    meta = {s["id"]: s for s in json.loads((folder / "market.json").read_text(encoding="utf-8"))["stories"]}
    return [
        _from_inline(folder.name, p.stem, p.read_text(encoding="utf-8"), meta[p.stem]) for p in sorted((folder / "stories").glob("*.txt"))
    ]


def read_annotated(docs: Path, annotations: Path) -> list[Gold]:
    """Interviews with numbered turns and their annotations; an interview without annotations is left out."""
    out = []
    for path in sorted(docs.glob("*.txt")):
        notes = annotations / f"{path.stem}.jsonl"
        if notes.exists():
            out.append(_from_numbered(path.stem, path.read_text(encoding="utf-8"), notes.read_text(encoding="utf-8")))
    return out


def _from_inline(market: str, stem: str, marked: str, story: Mapping[str, Any]) -> Gold:
    plain: list[str] = []
    found: list[GoldSpan | None] = []
    places: list[tuple[int, int, list[str]]] = []
    at = length = 0
    for m in _MARK.finditer(marked):
        for piece in (marked[at : m.start()], m.group(2)):
            plain.append(piece)
            length += len(piece)
        places.append((length - len(m.group(2)), length, m.group(1).split()))
        at = m.end()
    plain.append(marked[at:])
    text = "".join(plain)
    index = words(text)
    found = [_span(index, start, end, head) for start, end, head in places]
    return Gold(f"{market}__{stem}", text, tuple(s for s in found if s), story, market)


def _from_numbered(stem: str, numbered: str, notes: str) -> Gold:
    lines: list[str] = []
    turns: dict[int, tuple[int, str]] = {}
    at = 0
    for line in numbered.split("\n"):
        if m := _NUMBERED.match(line):
            head = f"{m.group(2)}: "
            turns[int(m.group(1))] = (at + len(head), m.group(3))
            lines.append(head + m.group(3))
            at += len(lines[-1]) + 1
    text = "\n".join(lines) + "\n"
    index, found, story = words(text), [], {}
    for line in filter(str.strip, notes.split("\n")):
        row = json.loads(line)
        if "story" in row:
            story = row["story"]
            continue
        base, turn = turns[row["turn"]]
        if row["quote"] not in turn:
            raise ConfigError(f"Got a quote in {stem}.jsonl that is not in turn {row['turn']}; expected it to the letter.")
        start = base + turn.index(row["quote"])
        codes = ["+".join(row["tags"]), *(row.get(key) or "" for key in ("dimension", "stage", "phase"))]
        found.append(_span(index, start, start + len(row["quote"]), [part for part in codes if part]))
    return Gold(stem, text, tuple(s for s in found if s), story, stem.split("__", maxsplit=1)[0])


def _span(index: list[Word], start: int, end: int, head: list[str]) -> GoldSpan | None:
    inside = [i for i, word in enumerate(index) if word.start >= start and word.end <= end]
    if not inside:
        return None
    rest = set(head[1:])
    return GoldSpan(
        inside[0],
        inside[-1] + 1,
        start,
        end,
        frozenset(tag for tag in TAGS if tag in head[0].split("+")),
        dimension=next((label for label in DIMENSIONS if label in rest), None),
        stage=next((label for label in STAGES if label in rest), None),
        phase=next((label for label in PHASES if label in rest), None),
        theme=next((word for word in head[1:] if word not in (*DIMENSIONS, *STAGES, *PHASES)), None),
    )


def to_transcript(gold: Gold) -> Transcript:
    """The interview as a Transcript: a speaker with coded statements is a participant, the others ask."""
    places, at = [], 0
    for line in gold.text.split("\n"):
        if m := _LINE.match(line):
            places.append((m.group(1), at + m.end(), at + len(line)))
        at += len(line) + 1
    coded = {speaker for speaker, start, end in places for s in gold.spans if start <= s.start < end}
    turns = (
        Turn(index=i, speaker=speaker, role="participant" if speaker in coded or not coded else "interviewer", start=start, end=end)
        for i, (speaker, start, end) in enumerate(places)
    )
    return Transcript(id=gold.name, text=gold.text, turns=tuple(turns))


def to_statements(gold: Gold) -> tuple[Statement, ...]:
    """What people coded, as Statements with probability 1, so that the corpus part can run on it. Later spans that overlap an earlier one are left out."""
    transcript = to_transcript(gold)
    out: list[Statement] = []
    for span in sorted(gold.spans, key=lambda s: (s.start, s.end)):
        turn = next((t for t in transcript.turns if t.start <= span.start < t.end), None)
        if turn is None or (out and span.start < out[-1].end):
            continue
        end = min(span.end, turn.end)
        out.append(
            Statement(
                id=statement_id(gold.name, span.start, end),
                transcript=gold.name,
                turn=turn.index,
                speaker=turn.speaker,
                start=span.start,
                end=end,
                text=gold.text[span.start : end],
                tags={tag: 1.0 for tag in TAGS if tag in span.tags},
                dimension=span.dimension,
                stage=span.stage,
                phase=span.phase,
            )
        )
    return tuple(out)
