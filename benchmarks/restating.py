"""Steps of coded interviews that are tied to a product, and what is left of each where the words allow to leave the product out.

usage: python -m benchmarks.restating MARKET_FOLDER... [--all]

All stories of a folder are one job. Printed are the steps that are said without their product, with `--all` every step that is tied to one; then the counts.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console

from jtbd_nlp.config import SynthesiseConfig
from jtbd_nlp.parser import ParserService
from jtbd_nlp.schema import JobPhase, Quoter
from jtbd_nlp.synthesise.jobmap import job_map
from jtbd_nlp.synthesise.jobstatement import Material
from jtbd_nlp.synthesise.restating import product_words
from jtbd_nlp.synthesise.stories import make_stories
from jtbd_nlp.synthesise.words import Rarity
from jtbd_nlp.training.gold import read_market, to_statements, to_transcript

_ALL = 1_000_000


def mapped(folder: Path, parse: ParserService) -> tuple[JobPhase, ...]:
    """The job map of all the steps of a market."""
    gold = read_market(folder)
    transcripts = tuple(to_transcript(g) for g in gold)
    statements = tuple(s for g in gold for s in to_statements(g))
    stories = make_stories(transcripts, statements, (), (), parse, SynthesiseConfig())
    steps = tuple(s for s in statements if "step" in s.tags)
    material = Material(steps, (), Quoter.over(transcripts), parse, Rarity(steps, parse))
    return job_map(material, (), product_words(stories, parse), _ALL)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("markets", nargs="+", type=Path)
    options.add_argument("--all", action="store_true", help="print also those that stay as they are")
    given = options.parse_args()
    console, steps, tied, said = Console(width=200, soft_wrap=True), 0, 0, 0
    for folder in given.markets:
        for phase in mapped(folder, ParserService(_ALL)):
            without = {q.evidence[0].statement: q.text for q in phase.restated}
            steps, tied, said = steps + len(phase.steps), tied + len(phase.product_steps), said + len(without)
            for step in phase.steps:
                name = step.evidence[0].statement
                if name in without or (given.all and name in phase.product_steps):
                    console.print(f"{step.evidence[0].transcript}: {step.text}\n    -> {without.get(name)}", highlight=False, markup=False)
    console.print(f"{steps} steps, {tied} tied to a product, {said} of them said without it", highlight=False)


if __name__ == "__main__":
    main()
