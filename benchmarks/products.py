"""Hired and fired of each story against what its writer says was hired and fired, on statements coded by people.

usage: python -m benchmarks.products MARKET_FOLDER... [--errors 20] [--json]

A named thing is right where its head noun or name is a head noun or name of the writer's words ("a wool topper on the old mattress": topper). For every
market and each of the two: stories for which something is named; stories whose first named thing is right, of all with an answer; of the things named,
those that are right (precision), and of the writer's things, those that are named (recall); things named that are the writer's answer to the other question;
and the share of the writer's things whose head noun or name the interview says at all, the most that could be named. `--errors` prints stories whose first is wrong or missing.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from jtbd_nlp.config import SynthesiseConfig
from jtbd_nlp.parser import parse
from jtbd_nlp.schema import Story
from jtbd_nlp.synthesise.stories import make_stories
from jtbd_nlp.training.gold import Gold, read_market, to_statements, to_transcript

ROLES = ("hired", "fired")
_WORD = re.compile(r"[^\W_]+(?:['’&+-][^\W_]+)*")
_PARTS = re.compile(r"[,;(]| plus | and | or ")
_AFTER = re.compile(
    r" (?:with|without|on|for|in|into|of|at|from|by|that|to|nobody|under|beside|after|priced|as|who|which|when|between|over|through|instead|about) "
)


@dataclass
class Counts:
    """What is counted of one role; whole numbers."""

    stories: int = 0
    named_stories: int = 0
    first_right: int = 0
    named: int = 0
    right: int = 0
    other: int = 0
    asked: int = 0
    found: int = 0
    sayable: int = 0

    def add(self, more: Counts) -> None:
        for name, value in asdict(more).items():
            setattr(self, name, getattr(self, name) + value)

    def figures(self) -> dict[str, float | int]:
        """Shares, as the table shows them."""
        return {
            "stories": self.stories,
            "named": self.named_stories,
            "first right": _share(self.first_right, self.stories),
            "first precision": _share(self.first_right, self.named_stories),
            "precision": _share(self.right, self.named),
            "recall": _share(self.found, self.asked),
            "the other's": _share(self.other, self.named),
            "sayable": _share(self.sayable, self.asked),
        }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def heads(text: str) -> frozenset[str]:
    """Head words of a phrase and of what is joined to it, by position (the last word before a preposition, a comma or "and"), and the names in it."""
    found: set[str] = set()
    for part in _PARTS.split(text):
        words = _WORD.findall(_AFTER.split(f" {part.strip()} ")[0])
        found |= {_singular(words[-1])} if words else set()
        found |= {_singular(word) for word in _WORD.findall(part) if word[:1].isupper()}
    return frozenset(found - {"a", "an", "the", "i"})


def _singular(word: str) -> str:
    word = word.lower()
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _texts(value: object) -> list[str]:
    """What the writer named; "nothing yet" names nothing."""
    texts = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return [str(t) for t in texts if t and not str(t).lower().startswith(("nothing", "none"))]


def _matches(text: str, answers: Iterable[str]) -> bool:
    return any(heads(text) & heads(answer) for answer in answers)


def count(story: Story, gold: Gold, role: str) -> Counts:
    """One role of one story."""
    named = [q.text for q in getattr(story, role)]
    mine, others = _texts(gold.story.get(role)), _texts(gold.story.get("fired" if role == "hired" else "hired"))
    said = {_singular(word) for word in _WORD.findall(gold.text)}
    return Counts(
        stories=bool(mine),
        named_stories=bool(named),
        first_right=bool(named) and _matches(named[0], mine),
        named=len(named),
        right=sum(_matches(n, mine) for n in named),
        other=sum(not _matches(n, mine) and _matches(n, others) for n in named),
        asked=len(mine),
        found=sum(any(heads(n) & heads(m) for n in named) for m in mine),
        sayable=sum(bool(heads(m) & said) for m in mine),
    )


def read_stories(folder: Path) -> list[tuple[Story, Gold]]:
    """The stories of a market whose writer says what was hired or fired, with their gold."""
    gold = [g for g in read_market(folder) if g.story.get("hired") or g.story.get("fired")]
    transcripts = [to_transcript(g) for g in gold]
    statements = [s for g in gold for s in to_statements(g)]
    made = {s.transcript: s for s in make_stories(transcripts, statements, (), (), parse, SynthesiseConfig())}
    return [(made[g.name], g) for g in gold]


def _print_errors(market: Sequence[tuple[Story, Gold]], limit: int, console: Console) -> None:
    for role in ROLES:
        wrong = [(s, g) for s, g in market if g.story.get(role) and not count(s, g, role).first_right]
        for story, gold in wrong[:limit]:
            named = [q.text for q in getattr(story, role)]
            console.print(f"{story.transcript} {role}: {named} (writer: {_texts(gold.story.get(role))})", highlight=False, markup=False)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("markets", nargs="+", type=Path)
    options.add_argument(
        "--errors", type=int, default=0, help="print at most so many stories of each market whose first is wrong or missing"
    )
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    console, rows = Console(width=160), []
    totals = {role: Counts() for role in ROLES}
    for folder in given.markets:
        market = read_stories(folder)
        for role in ROLES:
            counts = Counts()
            for story, gold in market:
                counts.add(count(story, gold, role))
            totals[role].add(counts)
            rows.append({"market": folder.name, "role": role, **counts.figures()})
        _print_errors(market, given.errors, console)
    rows += [{"market": "all", "role": role, **totals[role].figures()} for role in ROLES]
    if given.json:
        print(json.dumps(rows, indent=1))
        return
    table = Table(*rows[0])
    for row in rows:
        table.add_row(*(f"{v:.2f}" if isinstance(v, float) else str(v) for v in row.values()))
    console.print(table)


if __name__ == "__main__":
    main()
