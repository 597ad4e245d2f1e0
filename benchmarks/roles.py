"""How often the roles of all speakers of an interview are found, by the talk alone and with labels.

usage: python benchmarks/roles.py GOLD... [--by-hand FILE] [--wrong]

GOLD is a market's folder (stories/*.txt: the first speaker interviews) or DOCS:ANNOTATIONS (numbered turns; `Interviewer` interviews).
FILE is JSON: document -> positions, by first appearance among its real speakers, of those who interview; for documents of DOCS that name
nobody `Interviewer`. Documents without either are left out. A file is right when every speaker is: who interviews must be `interviewer`,
who does not must not be.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jtbd_nlp.errors import InputError
from jtbd_nlp.read import transcript_from_text

_MARK = re.compile(r"<<[^:<>]*:\s*([^<>]*)>>")
_NUMBERED = re.compile(r"\[\d+\] ([^:]+): (.*)$")
_ROUGH = re.compile(r"[.,;:!?…]")


@dataclass(frozen=True)
class Interview:
    name: str
    turns: tuple[tuple[str, str], ...]
    interviewers: frozenset[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--by-hand", type=Path, default=Path(__file__).parent / "roles_by_hand.json")
    parser.add_argument("--wrong", action="store_true", help="name the files that are wrong")
    args = parser.parse_args()
    by_hand = json.loads(args.by_hand.read_text(encoding="utf-8"))
    interviews = [i for spec in args.gold for i in read(spec, by_hand)]
    print(f"{len(interviews)} interviews")
    for labels in ("as they are", "Speaker 1, 2", "Speaker 2, 1"):
        for talk in ("whole", "first turn dropped", "lower case without punctuation"):
            wrong = [i.name for i in interviews if not right(i, labels, talk)]
            share = 1 - len(wrong) / max(1, len(interviews))
            print(f"labels {labels:12}  talk {talk:31}  right {len(interviews) - len(wrong):4}  {share:6.1%}")
            if args.wrong:
                print("".join(f"    {name}\n" for name in wrong), end="")


def read(spec: str, by_hand: dict[str, list[int]]) -> Iterator[Interview]:
    if ":" in spec:
        docs, _ = spec.split(":", 1)
        for path in sorted(Path(docs).glob("*.txt")):
            lines = path.read_text(encoding="utf-8").split("\n")
            turns = tuple((m[1], m[2]) for line in lines if (m := _NUMBERED.match(line)) and m[2].strip())
            yield from known(path.stem, turns, by_hand)
        return
    for path in sorted(Path(spec, "stories").glob("*.txt")):
        lines = _MARK.sub(r"\1", path.read_text(encoding="utf-8")).split("\n")
        turns = tuple((a, b) for a, colon, b in (line.partition(": ") for line in lines) if colon and b.strip())
        yield Interview(f"{Path(spec).name}__{path.stem}", turns, frozenset({turns[0][0]}))


def known(name: str, turns: tuple[tuple[str, str], ...], by_hand: dict[str, list[int]]) -> Iterator[Interview]:
    speakers = list(dict.fromkeys(s for s, _ in turns))
    if name in by_hand:
        yield Interview(name, turns, frozenset(speakers[i] for i in by_hand[name]))
    elif "Interviewer" in speakers:
        yield Interview(name, turns, frozenset({"Interviewer"}))


def right(interview: Interview, labels: str, talk: str) -> bool:
    turns = interview.turns[1:] if talk == "first turn dropped" and len(interview.turns) > 3 else interview.turns
    shown = renamed(interview, labels)
    if talk.startswith("lower"):
        turns = tuple((s, _ROUGH.sub("", text).lower()) for s, text in turns)
    try:
        transcript = transcript_from_text("".join(f"{shown.get(s, s)}: {text}\n" for s, text in turns))
    except InputError:
        return False
    found = {t.speaker: t.role for t in transcript.turns}
    wanted = {shown.get(s, s): s in interview.interviewers for s, _ in turns}
    # A label that the reader took as talk is nobody's: what it stood before was read as the turn before it.
    return all((found[s] == "interviewer") == asks for s, asks in wanted.items() if s in found) and any(
        wanted[s] for s in found if s in wanted
    )


def renamed(interview: Interview, labels: str) -> dict[str, str]:
    if labels == "as they are":
        return {}
    # Lines that are labelled by a heading are not renamed: a machine that hears speakers would not have made them.
    speakers = [s for s in dict.fromkeys(s for s, _ in interview.turns) if sum(t == s for t, _ in interview.turns) > 1]
    numbers = range(1, len(speakers) + 1)
    order = numbers if labels == "Speaker 1, 2" else reversed(numbers)
    return {s: f"Speaker {n}" for s, n in zip(speakers, order, strict=True)}


if __name__ == "__main__":
    main()
