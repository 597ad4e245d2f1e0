"""Who takes the steps, as the library finds it in each story of coded markets, and how many of these were marked right.

usage: python -m benchmarks.executors MARKET_FOLDER... [--most 20] [--sheet docs/executors.md]

Printed for each of the first `--most` stories of a folder: market, story, words found, what stands before them. With `--sheet`, a table of market, story, executor and
verdict (right, vague or wrong), its verdicts are counted for the words that are still found; those without a verdict are named.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from jtbd_nlp.parser import ParserService
from jtbd_nlp.schema import Quoter
from jtbd_nlp.synthesise.executor import About, find_executor
from jtbd_nlp.training.gold import read_market, to_statements, to_transcript

_BEFORE = 60


@dataclass(frozen=True)
class Found:
    """The executor of one story; empty where none is named."""

    market: str
    story: str
    text: str = ""
    before: str = ""


def executors(folder: Path, most: int) -> Iterator[Found]:
    """The executor of each of the first stories of a market."""
    parse = ParserService(1_000_000)
    for gold in read_market(folder)[:most]:
        market, story = gold.name.split("__")
        transcript = to_transcript(gold)
        about = About.of(transcript, to_statements(gold))
        parse.ahead(about.texts)
        made = find_executor(about, Quoter.over((transcript,)), parse)
        if made is None:
            yield Found(market, story)
        else:
            at = made.evidence[0].start
            yield Found(market, story, made.text, " ".join(transcript.text[max(0, at - _BEFORE) : at].split()))


def verdicts(sheet: Path) -> dict[tuple[str, str, str], str]:
    """(market, story, executor) -> verdict, from the rows of a Markdown table."""
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in sheet.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    return {(row[0], row[1], row[2]): row[3] for row in rows if row[3] in ("right", "vague", "wrong")}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("markets", nargs="+", type=Path)
    options.add_argument("--most", type=int, default=20)
    options.add_argument("--sheet", type=Path)
    given = options.parse_args()
    console, marked = Console(width=200, soft_wrap=True), verdicts(given.sheet) if given.sheet else {}
    counts: Counter[str] = Counter()
    for one in (found for folder in given.markets for found in executors(folder, given.most)):
        verdict = marked.get((one.market, one.story, one.text), "unmarked") if one.text else "nobody"
        counts[verdict] += 1
        if not given.sheet or verdict == "unmarked":
            console.print(f"{one.market} {one.story}: {one.text or '-'}    [... {one.before}]", highlight=False, markup=False)
    if given.sheet:
        console.print(", ".join(f"{counts[v]} {v}" for v in ("right", "vague", "wrong", "unmarked", "nobody")), highlight=False)
    else:
        console.print(f"{counts.total()} stories, {counts.total() - counts['nobody']} with an executor", highlight=False)


if __name__ == "__main__":
    main()
