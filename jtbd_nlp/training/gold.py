"""Coded interviews: the gold formats, and statements made from people's codes.

A *market* is a folder with `market.json` (what is known of each story, planted themes and pathways) and `stories/*.txt`, one
`Speaker: text` turn a line, coded inline: `<<push+fire P2 functional first_thought: the words>>`. The head holds the
tags joined with `+`, then, in any order and each optional, theme id, dimension, stage and phase. Among the tags may be labels of
one's own, `<<price+push: ...>>`, where they are declared. A folder of such transcripts without `market.json` is read too.

*Annotated interviews* are two folders: `docs/*.txt` with numbered turns, `[3] Speaker: text`, and `ann/<same stem>.jsonl`
with one coded statement a line (`turn`, `quote` to the letter, `tags`, and `dimension`, `stage`, `phase`, null where not
given); a line with the key `story` tells the whole story. On the command line they are written `docs:ann`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jtbd_nlp.errors import ConfigError
from jtbd_nlp.schema import (
    DIMENSIONS,
    PHASES,
    STAGES,
    TAGS,
    Dimension,
    Phase,
    Stage,
    Statement,
    Tag,
    Transcript,
    Turn,
    is_own_label,
    statement_id,
)

#: what `read_gold` expects, for messages
EXPECTED = "a market's folder, a folder of transcripts coded inline, or DOCS:ANNOTATIONS"
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
    labels: frozenset[str] = frozenset()

    def carries(self, name: str) -> bool:
        """Whether it was given this tag or this label of one's own."""
        return name in self.tags or name in self.labels


@dataclass(frozen=True)
class Gold:
    """One coded interview: plain text (what a reader is given), spans in order, and what is known of the story.

    `tagged`: whether its coders used the codebook's tags; `labels`: the labels of one's own that they used. What coders of a source never
    used is unknown there, not absent.
    """

    name: str
    text: str
    spans: tuple[GoldSpan, ...]
    story: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    tagged: bool = True
    labels: frozenset[str] = frozenset()


def words(text: str) -> list[Word]:
    """Words of a text: runs of letters, digits and inner apostrophes, lower-cased."""
    return [Word(m.group().lower().replace("’", "'"), m.start(), m.end()) for m in _WORD.finditer(text)]


def read_gold(specs: Iterable[str | Path], labels: Collection[str] | None = ()) -> list[Gold]:
    """Read gold given as on the command line: a market's folder, a folder of transcripts coded inline, or `DOCS:ANNOTATIONS`.

    Args:
        specs: Where the interviews are.
        labels: The labels of one's own that codes may name beside the codebook's tags; None: whatever is there.

    Raises:
        ConfigError: a specification names nothing that can be read, or an interview has a code that is not allowed.
    """
    out: list[Gold] = []
    for spec in specs:
        docs, colon, notes = str(spec).rpartition(":")
        annotated = bool(colon) and not Path(spec).is_dir()
        gone = next((folder for folder in ([docs, notes] if annotated else [spec]) if not Path(folder).is_dir()), None)
        if gone is not None:
            raise ConfigError(f"Got gold {str(spec)!r}, but there is no folder {str(gone)!r}. Expected {EXPECTED}.")
        try:
            if annotated:
                found = read_annotated(Path(docs), Path(notes), labels)
            elif (Path(spec) / "market.json").exists():
                found = read_market(Path(spec), labels)
            else:
                found = read_inline(Path(spec), labels)
        except (OSError, KeyError, json.JSONDecodeError) as error:
            raise ConfigError(f"Got gold {str(spec)!r}, which cannot be read ({error}). Expected {EXPECTED}.") from error
        if not found:
            raise ConfigError(f"Got gold {str(spec)!r}, which holds no coded interview. Expected {EXPECTED}.")
        out += found
    return _with_what_coders_knew(out)


def _with_what_coders_knew(gold: list[Gold]) -> list[Gold]:
    """Say of each interview which labels of one's own its source's coders used, and whether they used the codebook's tags."""
    labels: dict[str, set[str]] = {}
    for one in gold:
        labels.setdefault(one.source, set()).update(label for s in one.spans for label in s.labels)
    tagged = {one.source for one in gold if any(s.tags for s in one.spans)}
    return [replace(one, labels=frozenset(labels[one.source]), tagged=one.source in tagged) if labels[one.source] else one for one in gold]


def read_market(folder: Path, labels: Collection[str] | None = ()) -> list[Gold]:
    """The stories of one market."""
    meta = {s["id"]: s for s in json.loads((folder / "market.json").read_text(encoding="utf-8"))["stories"]}
    return [
        _from_inline(f"{folder.name}__{p.stem}", folder.name, p.read_text(encoding="utf-8"), meta[p.stem], labels)
        for p in sorted((folder / "stories").glob("*.txt"))
    ]


def read_inline(folder: Path, labels: Collection[str] | None = ()) -> list[Gold]:
    """Transcripts coded inline, of which nothing else is known. All are of one source, the folder."""
    return [_from_inline(p.stem, folder.resolve().name, p.read_text(encoding="utf-8"), {}, labels) for p in sorted(folder.glob("*.txt"))]


def read_annotated(docs: Path, annotations: Path, labels: Collection[str] | None = ()) -> list[Gold]:
    """Interviews with numbered turns and their annotations; an interview without annotations is left out.

    An interview's source is its name before `__`, else the folder (of `docs`, the one above).
    """
    out, place = [], docs.resolve()
    folder = place.parent.name if place.name == "docs" else place.name
    for path in sorted(docs.glob("*.txt")):
        notes = annotations / f"{path.stem}.jsonl"
        if notes.exists():
            source = path.stem.split("__", maxsplit=1)[0] if "__" in path.stem else folder
            out.append(_from_numbered(path.stem, source, path.read_text(encoding="utf-8"), notes.read_text(encoding="utf-8"), labels))
    return out


def _from_inline(name: str, source: str, marked: str, story: Mapping[str, Any], labels: Collection[str] | None) -> Gold:
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
    found = [_span(index, start, end, head, _declared(head, labels, name)) for start, end, head in places]
    return Gold(name, text, tuple(s for s in found if s), story, source)


def _from_numbered(stem: str, source: str, numbered: str, notes: str, labels: Collection[str] | None) -> Gold:
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
        codes = ["+".join([*row["tags"], *row.get("labels", ())]), *(row.get(key) or "" for key in ("dimension", "stage", "phase"))]
        given = codes[:1] + [part for part in codes[1:] if part]
        found.append(_span(index, start, start + len(row["quote"]), given, _declared(given, labels, stem)))
    return Gold(stem, text, tuple(s for s in found if s), story, source)


def _declared(head: list[str], labels: Collection[str] | None, name: str) -> frozenset[str]:
    """The labels of one's own that a code names.

    Raises:
        ConfigError: it names something else than a tag or a declared label.
    """
    if not head:
        raise ConfigError(f"Got a coded statement without a code in interview {name!r}; expected one such as <<push: the words>>.")
    given = [code for code in head[0].split("+") if code and code not in TAGS]
    wrong = [code for code in given if not (is_own_label(code) if labels is None else code in labels)]
    if wrong:
        allowed = ", ".join((*TAGS, *sorted(labels or ()))) + (" or a label of your own in lower-case letters" if labels is None else "")
        raise ConfigError(
            f"Got code {wrong[0]!r} in interview {name!r}; expected {allowed}. Correct it, or declare it in the recipe: labels = [{wrong[0]!r}]."
        )
    return frozenset(given)


def _span(index: list[Word], start: int, end: int, head: list[str], labels: frozenset[str]) -> GoldSpan | None:
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
        labels=labels,
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
                labels=dict.fromkeys(sorted(span.labels), 1.0),
                dimension=span.dimension,
                stage=span.stage,
                phase=span.phase,
            )
        )
    return tuple(out)
