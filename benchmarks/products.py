"""Hired and fired of each story against what its writer says was hired and fired, on statements coded by people.

usage: python -m benchmarks.products MARKET_FOLDER... [--left-out] [--errors 20] [--json]

With `--left-out` the stories of each market that the weights are fitted on are weighed by weights fitted on all the others, as many features as ship.

A named thing is right where its head noun or name is a head noun or name of the writer's words ("a wool topper on the old mattress": topper). For every
market and each of the two: stories for which something is named; stories whose first named thing is right, of all with an answer; of the things named,
those that are right (precision), and of the writer's things, those that are named (recall); things named that are the writer's answer to the other question;
and the share of the writer's things whose head noun or name the interview says at all, the most that could be named. `--errors` prints stories whose first is wrong or missing.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.products_gold import HELD_OUT, Told, heads, is_right, read
from benchmarks.products_model import STEP, leave_one_out
from jtbd_nlp.config import SynthesiseConfig
from jtbd_nlp.schema import Quoter
from jtbd_nlp.synthesise.choosing import SHIPPED, Hiring
from jtbd_nlp.synthesise.hiring import ROLES, Role
from jtbd_nlp.synthesise.products import choose


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


def count(told: Told, named: Sequence[str], role: Role) -> Counts:
    """One role of one story, for which these things were named, best first."""
    mine, others = told.answers[role], told.answers["fired" if role == "hired" else "hired"]
    return Counts(
        stories=bool(mine),
        named_stories=bool(named),
        first_right=bool(named) and is_right(named[0], mine),
        named=len(named),
        right=sum(is_right(n, mine) for n in named),
        other=sum(not is_right(n, mine) and is_right(n, others) for n in named),
        asked=len(mine),
        found=sum(any(heads(n) & heads(m) for n in named) for m in mine),
        sayable=sum(bool(heads(m) & told.said) for m in mine),
    )


def named_in(told: Told, hiring: Hiring) -> Mapping[Role, tuple[str, ...]]:
    """What is named for each role of a story, best first."""
    made = choose(told.known, Quoter.over((told.transcript,)), SynthesiseConfig().max_quotes, hiring)
    return {"hired": tuple(q.text for q in made.hired), "fired": tuple(q.text for q in made.fired)}


def left_out(told: Sequence[Told]) -> Mapping[str, Hiring]:
    """For each market that is fitted on, weights of the size that ships, fitted on the others."""
    fitted_on = [t for t in told if t.gold.source not in HELD_OUT]
    found = {role: leave_one_out(fitted_on, role) for role in ROLES}
    size = {role: (len(SHIPPED.weights[role]) - 1) // STEP - 1 for role in ROLES}
    return {
        market: Hiring({role: found[role][market].by_size[size[role]] for role in ROLES}, SHIPPED.enough, SHIPPED.enough_more)
        for market in sorted({t.gold.source for t in fitted_on})
    }


def _print_errors(told: Sequence[Told], named: Sequence[Mapping[Role, tuple[str, ...]]], limit: int, console: Console) -> None:
    for role in ROLES:
        wrong = [(t, n[role]) for t, n in zip(told, named, strict=True) if t.answers[role] and not count(t, n[role], role).first_right]
        for one, names in wrong[:limit]:
            console.print(f"{one.gold.name} {role}: {list(names)} (writer: {list(one.answers[role])})", highlight=False, markup=False)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("markets", nargs="+", type=Path)
    options.add_argument(
        "--errors", type=int, default=0, help="print at most so many stories of each market whose first is wrong or missing"
    )
    options.add_argument("--left-out", action="store_true", help="weigh each market by weights fitted on the others")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    console, rows = Console(width=160), []
    told = read(given.markets)
    weighed = left_out(told) if given.left_out else {}
    totals = {role: Counts() for role in ROLES}
    for market in sorted({t.gold.source for t in told}):
        of = [t for t in told if t.gold.source == market]
        named = [named_in(t, weighed.get(market, SHIPPED)) for t in of]
        for role in ROLES:
            counts = Counts()
            for one, names in zip(of, named, strict=True):
                counts.add(count(one, names[role], role))
            totals[role].add(counts)
            rows.append({"market": market, "role": role, **counts.figures()})
        _print_errors(of, named, given.errors, console)
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
