"""Interviews in any number, made by recombining the turns of the coded corpora; the benchmarks of size run over them.

    python -m benchmarks.recombined N FOLDER [--words 300] [--seed 0]

Each is short, about 300 words: an interview of one market, its exchanges (a question and the answer to it) taken from all stories of that
market, in the order of the telling. No two interviews are equal, and neither are two sentences of participants: each further use of a
sentence is led in or dated otherwise ("Honestly, ... in March."). Interview number i is the same whatever N is.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jtbd_nlp.training.gold import read_market, to_transcript

CORPORA = Path(__file__).parent.parent / "models" / "corpora"
_LEADS = (
    "",
    "Honestly, ",
    "I mean, ",
    "Well, ",
    "You know, ",
    "To be fair, ",
    "Look, ",
    "So, ",
    "In the end, ",
    "As I said, ",
    "Funny enough, ",
)
_MONTHS = "January February March April May June July August September October November December".split()
_TIMES = (
    "",
    *(f", back in {m}" for m in _MONTHS),
    *(f", in {y}" for y in range(2009, 2026)),
    *(f", around week {w}" for w in range(1, 53)),
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Exchange:
    """A question and its answer; `place`: how far into the interview, in [0, 1]."""

    question: str
    answer: str
    place: float


def exchanges(folder: Path) -> list[Exchange]:
    """All exchanges of a market."""
    found = []
    for gold in read_market(folder):
        transcript = to_transcript(gold)
        turns = transcript.turns
        for asked, told in itertools.pairwise(turns):
            if asked.role == "interviewer" and told.role != "interviewer":
                place = told.index / max(1, len(turns))
                found.append(Exchange(transcript.turn_text(asked), transcript.turn_text(told), place))
    return found


def markets() -> list[Path]:
    """The folders of all coded markets."""
    return sorted(p.parent for p in CORPORA.glob("*/market.json") if any((p.parent / "stories").glob("*.txt")))


def interviews(n: int, words: int = 300, seed: int = 0) -> Iterator[str]:
    """The text of n interviews, one `Speaker: text` turn a line."""
    pools = [pool for pool in map(exchanges, markets()) if pool]
    used: Counter[str] = Counter()
    for number in range(n):
        rng = random.Random(f"{seed}-{number}")
        pool = pools[number % len(pools)]
        chosen: list[Exchange] = []
        length = 0
        for exchange in rng.sample(pool, len(pool)):
            if length >= words:
                break
            chosen.append(exchange)
            length += len(exchange.question.split()) + len(exchange.answer.split())
        lines = []
        for exchange in sorted(chosen, key=lambda e: e.place):
            lines += [f"Interviewer: {exchange.question}", f"Participant: {' '.join(_varied(exchange.answer, used))}"]
        yield "\n".join(lines) + "\n"


def _varied(answer: str, used: Counter[str]) -> Iterator[str]:
    """The sentences of an answer, each as it has not been said yet."""
    for sentence in _SENTENCE.split(answer):
        k = used[sentence] + zlib.crc32(sentence.encode())
        used[sentence] += 1
        lead, time = _LEADS[k % len(_LEADS)], _TIMES[k // len(_LEADS) % len(_TIMES)]
        body = sentence.rstrip(".!?")
        if lead and not body.startswith(("I ", "I'", "I’")):
            body = body[:1].lower() + body[1:]
        yield f"{lead}{body}{time}{sentence[len(body) :]}"


def write(folder: Path, n: int, words: int = 300, seed: int = 0) -> None:
    """Write n interviews as `i000000.txt` and so on."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(interviews(n, words, seed)):
        (folder / f"i{number:06d}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("n", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--words", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    write(given.folder, given.n, given.words, given.seed)
