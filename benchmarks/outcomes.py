"""Desired outcomes, to be read: `python -m benchmarks.outcomes GOLD... [--n 60] [--seed 0]` and `python -m benchmarks.outcomes --roundtrips 100000`.

GOLD is a market's folder or DOCS:ANNOTATIONS. Of the coded statements that compile, `--n` are drawn and printed in Markdown with their source, their
slots and what the linter says, for a person to judge; the share that compiles and the share whose slots hold a word that was not said stand first.
`--roundtrips` renders that many random outcomes, parses them and counts those that come back changed.
"""

from __future__ import annotations

import argparse
import random
import re

from jtbd_nlp.config import SynthesiseConfig
from jtbd_nlp.parser import parse
from jtbd_nlp.schema import Outcome, Quoted
from jtbd_nlp.synthesise import compile_outcomes, grammar
from jtbd_nlp.synthesise.wording import gerund
from jtbd_nlp.training.gold import read_gold, to_statements, to_transcript

_WORDS = "close the month every bill on Friday with Ada's sheet; pay 40 people calls, nobody knows when before-tax unless if while it is late (again) éclair".split()


def roundtrips(n: int, seed: int) -> int:
    """How many of `n` random outcomes do not come back as they went in."""
    rng = random.Random(seed)
    changed = 0
    for _ in range(n):
        body = [w for w in rng.choices(_WORDS, k=rng.randint(1, 9)) if w not in grammar.MARKERS] or ["it"]
        body += ["it"] if body[-1] in grammar.KNOWING else []
        clarifier = " ".join([rng.choice(grammar.MARKERS), *rng.choices(_WORDS, k=rng.randint(1, 6))]) if rng.random() < 0.5 else None
        if rng.random() < 0.7:
            slots = grammar.OutcomeSlots(rng.choice(grammar.DIRECTIONS), rng.choice(grammar.METRICS), " ".join(body), clarifier)
        else:
            slots = grammar.OutcomeSlots(rng.choice(list(grammar.FELT)), None, " ".join(body), clarifier)
        changed += grammar.parse(grammar.render(slots)) != slots
    return changed


def unsaid(outcome: Outcome) -> list[str]:
    """Words of the slots that are in none of their quotes, a verb's -ing apart."""
    missing = []
    for slot in (outcome.object_of_control, outcome.contextual_clarifier):
        if slot is not None:
            heard = {w for e in slot.evidence for w in re.findall(r"[\w'’]+", e.quote.lower())}
            heard |= {ing for w in heard if (ing := gerund(w, "VB")) is not None}
            missing += [w for w in re.findall(r"[\w'’]+", slot.text.lower()) if w not in heard]
    return missing


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold", nargs="*")
    options.add_argument("--n", type=int, default=60)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--roundtrips", type=int, default=0)
    given = options.parse_args()
    if given.roundtrips:
        print(f"{given.roundtrips} random outcomes rendered and parsed, {roundtrips(given.roundtrips, given.seed)} changed")
    gold = read_gold(given.gold)
    if not gold:
        return
    transcripts = tuple(to_transcript(item) for item in gold)
    statements = tuple(s for item in gold for s in to_statements(item))
    by_id = {s.id: s for s in statements}
    outcomes = compile_outcomes(statements, transcripts, parse, SynthesiseConfig())
    own = [o for o in outcomes if "outcome" in by_id[o.statement].tags]
    compiled = [o for o in outcomes if o.form != "quote"]
    compiled_own = sum(o.form != "quote" for o in own)
    odd = sum(bool(unsaid(o)) for o in compiled)
    print("# Desired outcomes and what they were compiled from\n")
    print(
        f"{len(own)} outcome statements, {compiled_own} compiled, the others left as quotes; {len(compiled) - compiled_own} more compiled from"
    )
    print(f"other statements. {odd} of {len(compiled)} with a word in a slot that was not said.\n")
    for number, outcome in enumerate(random.Random(given.seed).sample(compiled, min(given.n, len(compiled))), 1):
        print(shown(number, outcome))


def shown(number: int, outcome: Outcome) -> str:
    """An outcome with its source and slots, in Markdown."""
    named = (
        ("direction", outcome.direction),
        ("metric", outcome.metric),
        ("object", outcome.object_of_control),
        ("clarifier", outcome.contextual_clarifier),
    )
    slots = "".join(f"- {name}: {slot.text} (from {_words(slot)})\n" for name, slot in named if slot is not None)
    lint = f"- lint: {', '.join(outcome.lint)}\n" if outcome.lint else ""
    quote = " ".join(outcome.evidence.quote.split())
    return f"## {number}. {outcome.text}\n\n> {quote} ({outcome.transcript})\n\n{slots}{lint}"


def _words(slot: Quoted) -> str:
    return " ... ".join(f"“{' '.join(e.quote.split())}”" for e in slot.evidence)


if __name__ == "__main__":
    main()
