"""What a simulated study is drawn from, estimated from coded markets and from what the shipped tagger makes of a market it was not fitted on.

usage: python -m benchmarks.simulator.parameters TRAINING_MARKET_FOLDER... --tagged MARKET_FOLDER [--compare MARKET_FOLDER...] > parameters.json
       python -m benchmarks.simulator.parameters --tagged MARKET_FOLDER [--compare MARKET_FOLDER...] > shipped.json

`--compare`: the tagger's errors on these as well, for reading alone; nothing is drawn from them. Without training markets: of the tagger alone.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Coded:
    """Of studies coded by people; means over markets, save where said.

    Attributes:
        statements_mean, statements_sd: statements a story; tags, stages: shares; themes: of a tag; themes_a_story: distinct ones said.
        own_themes: of those a pathway has, per tag; own: share of themed statements whose theme is one of their pathway's; rank_shares:
            of the themes of a tag, commonest first.
        theme, pathway, place: parts of the variance of a statement's vector (of norm 1) that belong to its theme, pathway and place in
            the talk; directions: effective number of directions (participation ratio) of statements; pathway_directions: of pathways.
        story, story_directions: the part that is a story's own and the number of its directions, one a market.
        dimensions: shares of functional, emotional and social; theme_dimension: share of statements that have their dimension from their
            theme, as if the others had theirs at random.
    """

    statements_mean: float
    statements_sd: float
    tags: tuple[float, ...]
    stages: tuple[float, ...]
    themes: float
    themes_a_story: float
    own_themes: float
    own: float
    rank_shares: tuple[float, ...]
    theme: float
    pathway: float
    place: float
    directions: float
    pathway_directions: float
    story: tuple[float, ...]
    story_directions: tuple[float, ...]
    dimensions: tuple[float, ...]
    theme_dimension: float


@dataclass(frozen=True)
class Errors:
    """Of a tagger on one market, statements under their first tag.

    Attributes:
        found: a row a coded tag; share found under each tag, and, last, share not found. stages: a row a coded stage of found
            statements; share under each stage. false: statements that nobody coded, per coded one; false_tags: their shares.
        recall, precision: of (statement, tag) pairs, as `jtbd evaluate` has them. right_theme: share of found statements, among those with
            a planted theme, that are in a theme of the library which is mostly of that planted one; right_theme_coded: the same when
            the statements are the coded ones.
    """

    found: tuple[tuple[float, ...], ...]
    stages: tuple[tuple[float, ...], ...]
    false: float
    false_tags: tuple[float, ...]
    recall: float
    precision: float
    right_theme: float
    right_theme_coded: float


@dataclass(frozen=True)
class Parameters:
    """All that studies are drawn from."""

    coded: Coded
    tagger: Errors


def load(*, shipped: bool = False) -> Parameters:
    """The committed parameters. `shipped`: with the errors of the tagger that ships now, in place of those of the one that methods were compared on."""
    raw = json.loads((HERE / "parameters.json").read_text(encoding="utf-8"))
    tagger = json.loads((HERE / "shipped.json").read_text(encoding="utf-8")) if shipped else raw
    return Parameters(coded=Coded(**_tuples(raw["coded"])), tagger=Errors(**_tuples(tagger["tagger"])))


def _tuples(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _tuples(v) for k, v in value.items()}
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _rounded(v) for k, v in value.items()}
    return [_rounded(v) for v in value] if isinstance(value, tuple | list) else round(value, 5)


def main() -> None:
    from benchmarks.simulator.coded import estimate
    from benchmarks.simulator.tagged import errors

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("markets", nargs="*", type=Path)
    parser.add_argument("--tagged", type=Path, required=True)
    parser.add_argument("--compare", nargs="*", type=Path, default=())
    given = parser.parse_args()
    found = {
        **({"coded": _rounded(asdict(estimate(given.markets)))} if given.markets else {}),
        "tagger": _rounded(asdict(errors(given.tagged))),
        "compare": {folder.name: _rounded(asdict(errors(folder))) for folder in given.compare},
    }
    print(json.dumps(found, indent=None).replace('{"', '{\n"', 1).replace(', "', ',\n "'))


if __name__ == "__main__":
    main()
