"""Is what people read faithful to what was said? A blind sheet for a reader who knows nothing of how it was made, and its count.

    python benchmarks/faithful.py RUN... [--n 40] [--seed 0] --out docs/faithful/sheet.md
    python benchmarks/faithful.py --score docs/faithful/marked.md

RUN is a folder that `jtbd run` wrote. Job statements, desired outcomes, and titles of themes and pathways are drawn by turns and shuffled; each stands
with the quotes it is made from and, of a theme or pathway, others. The reader writes one word after "Mark:" (faithful, vague or wrong) and the
reason after it. `--score` counts the marks; the bar is 80 % faithful.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import jtbd_nlp
from jtbd_nlp.schema import AnalysisRecord, Job, Pathway, Theme

MARKS = ("faithful", "vague", "wrong")
BAR = 0.8
_QUOTES = 4
_HEAD = """# Faithful, vague or wrong?

Below are {n} lines, each with words of people who were interviewed. For each, write one word after "Mark:" and a short reason after it:

- **faithful**: somebody who reads the line alone understands what the quotes say, or what they have in common; nothing is added, lost or turned round
  that matters.
- **vague**: not false, but the line alone does not tell what the quotes are about, or covers only a small part of them.
- **wrong**: the line says something that the quotes do not, or the opposite.

"Minimize ..." and "Increase ..." begin desired outcomes: what a person wants less and more of. An arrow joins what drove people away from the old and
what they have or want of the new. Dots join words of different people.
"""
_ASKED = {
    "job": "what these people are trying to get done",
    "outcome": "what this person wants",
    "theme": "a heading over these quotes, in words of up to three of them, and how many more there are",
    "pathway": "a heading over the route of these people",
}
_MARK = re.compile(r"^Mark:[ \t]*(?P<mark>[A-Za-z]*)", re.MULTILINE)


@dataclass(frozen=True)
class Item:
    """A line to be judged and the quotes beside it."""

    kind: str
    text: str
    quotes: tuple[str, ...]


def items_of(analysis: AnalysisRecord) -> list[Item]:
    """Everything of one analysis that can be asked about."""
    said = {s.id: s.text for s in analysis.statements}
    found = [_job(job) for job in analysis.jobs]
    found += [Item("outcome", o.text, (o.evidence.quote,)) for o in analysis.outcomes if o.form != "quote"]
    found += [_theme(theme, said) for theme in analysis.themes if theme.support.k > 1]
    found += [_pathway(path, said) for path in analysis.pathways]
    return [item for item in found if item.quotes]


def _job(job: Job) -> Item:
    return Item("job", job.title, _distinct(e.quote for e in job.evidence))


def _theme(theme: Theme, said: dict[str, str]) -> Item:
    titled = [said[e.statement] for e in theme.title_evidence if e.statement in said]
    # one at least that the title does not name: the first other member by id, which says nothing of what it says
    rest = [said[i] for i in (*theme.exemplars, *theme.statements)]
    return Item("theme", theme.title, _distinct([*titled, *rest]))


def _pathway(path: Pathway, said: dict[str, str]) -> Item:
    titled = [said[e.statement] for e in path.title_evidence if e.statement in said]
    return Item("pathway", path.title, _distinct([*titled, *(e.quote for piece in path.account for e in piece.evidence)], 6))


def _distinct(quotes: Iterable[str], most: int = _QUOTES) -> tuple[str, ...]:
    """The first `most` of different text, each on one line; none that is a part of one before."""
    kept: list[str] = []
    for quote in (" ".join(quote.split()) for quote in quotes):
        if not any(quote in other for other in kept):
            kept.append(quote)
    return tuple(kept[:most])


def draw(analyses: Sequence[AnalysisRecord], n: int, seed: int) -> list[Item]:
    """All jobs and pathways, then outcomes and themes by turns, `n` in all, shuffled."""
    rng = random.Random(seed)
    pools: dict[str, list[Item]] = {kind: [] for kind in ("job", "pathway", "outcome", "theme")}
    for analysis in analyses:
        for item in items_of(analysis):
            pools[item.kind].append(item)
    for pool in pools.values():
        pool.sort(key=lambda item: (item.text, item.quotes))
        rng.shuffle(pool)
    drawn = [*pools["job"], *pools["pathway"]][:n]
    while len(drawn) < n and (pools["outcome"] or pools["theme"]):
        drawn += [pools[kind].pop() for kind in ("outcome", "theme") if pools[kind]]
    drawn = drawn[:n]
    rng.shuffle(drawn)
    return drawn


def sheet(items: Sequence[Item]) -> str:
    """The sheet in Markdown, marks left open."""
    parts = [_HEAD.format(n=len(items))]
    for number, item in enumerate(items, 1):
        quotes = "\n".join(f"> {quote}\n>" for quote in item.quotes).removesuffix("\n>")
        parts.append(f"## {number}. {item.text}\n\n({_ASKED[item.kind]})\n\n{quotes}\n\nMark:\n")
    return "\n".join(parts)


def score(marked: str) -> str:
    """How many marks there are of each kind, and whether the bar is met.

    Raises:
        SystemExit: a mark is missing or none of the three words.
    """
    marks = [match["mark"].lower() for match in _MARK.finditer(marked)]
    odd = [number for number, mark in enumerate(marks, 1) if mark not in MARKS]
    if odd or not marks:
        raise SystemExit(f"Got {len(marks)} marks, without one of {', '.join(MARKS)} at {odd}; mark every line.")
    counts = Counter(marks)
    share = counts["faithful"] / len(marks)
    lines = [f"{mark:9}{counts[mark]:4}  {counts[mark] / len(marks):6.1%}" for mark in MARKS]
    return "\n".join([*lines, f"{'met' if share >= BAR else 'not met'}: {share:.1%} of {len(marks)} faithful, bar {BAR:.0%}"])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("runs", nargs="*", type=Path)
    options.add_argument("--n", type=int, default=40)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--out", type=Path)
    options.add_argument("--score", type=Path)
    given = options.parse_args()
    if given.score is not None:
        print(score(given.score.read_text(encoding="utf-8")))
        return
    if not given.runs or given.out is None:
        options.error("name folders of runs and --out, or --score")
    items = draw([jtbd_nlp.Analysis.load(run) for run in given.runs], given.n, given.seed)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(sheet(items), encoding="utf-8")
    print(f"{len(items)} lines of {len(given.runs)} runs in {given.out}")


if __name__ == "__main__":
    main()
