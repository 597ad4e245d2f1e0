"""Fits what tells hired and fired things from others on coded stories, chooses how many features are enough, and writes jtbd_nlp/synthesise/hiring.py.

usage: python -m benchmarks.products_fit [MARKET_FOLDER...] [--hired 0.5] [--fired 0.35] [--write]

Without folders: every set of models/corpora whose stories say what was hired or fired. `clinics` and `sleep` are left out wherever they are named. For every number of features the models
are fitted on all markets but one and judged on that one; the smallest within one standard error of the best is kept. Thresholds are the lowest at which `--hired` (`--fired`) of what is named
first, and of what is named further, is right on the markets left out. Nothing is random: the same stories give the same file.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.products_gold import HELD_OUT, read
from benchmarks.products_model import Size, compare, fit, leave_one_out, said, smallest, threshold
from jtbd_nlp.synthesise import hiring
from jtbd_nlp.synthesise.hiring import ROLES, Role

ROOT = Path(__file__).resolve().parent.parent
_WIDTH = 132
_HEAD = '''"""What speaks for a thing having been hired, or fired, as numbers: `choosing.features` says what each name counts.

Written by `python -m benchmarks.products_fit --write`: logistic regressions with a ridge, fitted on the coded stories of {markets} sets ({stories} stories).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

Role = Literal["hired", "fired"]
ROLES: Final[tuple[Role, Role]] = ("hired", "fired")
# fmt: off
#: how likely the first, and every further, thing of a role has to be
ENOUGH: Final[Mapping[Role, float]] = {{{enough}}}
ENOUGH_MORE: Final[Mapping[Role, float]] = {{{enough_more}}}
WEIGHTS: Final[Mapping[Role, Mapping[str, float]]] = {{
'''


def markets(given: list[Path]) -> list[Path]:
    """The folders to fit on: those given, or all of the repository; never those that are held out."""
    found = given or sorted(f for f in (ROOT / "models" / "corpora").iterdir() if (f / "market.json").exists())
    return [f for f in found if f.name not in HELD_OUT]


def written(
    weights: Mapping[Role, Mapping[str, float]], enough: Mapping[Role, float], more: Mapping[Role, float], sets: int, stories: int
) -> str:
    """The module, as text."""
    pairs = [", ".join(f'"{role}": {values[role]:g}' for role in ROLES) for values in (enough, more)]
    text = _HEAD.format(markets=sets, stories=stories, enough=pairs[0], enough_more=pairs[1])
    for role in ROLES:
        lines: list[str] = []
        line = "       "
        for name, weight in sorted(weights[role].items(), key=lambda nw: (nw[0] != "bias", -abs(round(nw[1], 2)), nw[0])):
            piece = f' "{name}": {round(weight, 2):g},'
            if len(line) + len(piece) > _WIDTH:
                lines, line = [*lines, line], "       "
            line += piece
        text += f'    "{role}": {{\n' + "\n".join([*lines, line]) + "\n    },\n"
    return text + "}\n# fmt: on\n"


def _show(role: Role, sizes: list[Size], kept: int, console: Console) -> None:
    table = Table("features", "loss a story", "± above best", "first right", title=f"{role}, on markets left out")
    for i, size in enumerate(sizes):
        mark = " kept" if i == kept else ""
        table.add_row(f"{size.features}{mark}", f"{size.loss:.4f}", f"{size.above_best:.4f}", f"{size.first_right:.3f}")
    console.print(table)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("markets", nargs="*", type=Path)
    options.add_argument("--hired", type=float, default=0.5, help="least precision of what is named as hired")
    options.add_argument("--fired", type=float, default=0.35, help="of what is named as fired, which is said in more ways")
    options.add_argument("--write", action="store_true", help="write jtbd_nlp/synthesise/hiring.py")
    given = options.parse_args()
    console = Console(width=120)
    told = read(markets(given.markets))
    weights: dict[Role, Mapping[str, float]] = {}
    enough: dict[Role, float] = {}
    more: dict[Role, float] = {}
    for role in ROLES:
        without = leave_one_out(told, role)
        sizes = compare(told, role, without)
        kept = smallest(sizes)
        _show(role, sizes, kept, console)
        found = [said(t, role, without[t.gold.source].by_size[kept]) for t in told if t.known]
        enough[role] = threshold(found, getattr(given, role), further=False)
        more[role] = max(enough[role], threshold(found, getattr(given, role), further=True))
        firsts = [s for s in found if s.scores[0] >= enough[role]]
        answered = sum(bool(t.answers[role]) for t in told)
        console.print(
            f"{role}: first from {enough[role]}, further from {more[role]}: {len(firsts)} of {answered} stories named, {sum(s.right[0] for s in firsts)} right"
        )
        weights[role] = fit(told, role).by_size[kept]
    text = written(weights, enough, more, len({t.gold.source for t in told}), len(told))
    console.print(text, highlight=False, markup=False, soft_wrap=True)
    if given.write:
        Path(hiring.__file__).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
