"""How many planted identifiers `jtbd run --pseudonymize` replaces, how many ordinary words with them, and whether one that it replaced leaks.

usage: python -m benchmarks.privacy STORIES... [--seed N] [--missed] [--run DIR]

STORIES are markets' folders of coded stories (stories/*.txt). 1,000 identifiers of eight categories go into the first 50 interviews, 20 into
each; every fourth interview is in lower case without punctuation. `--run DIR` also runs `jtbd run --pseudonymize` on them and looks for
every replaced identifier in all that it wrote.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.privacy_plants import CATEGORIES, FORMS, Plant, plants
from jtbd_nlp.privacy import pseudonymise
from jtbd_nlp.read import transcript_from_text

_MARK = re.compile(r"<<[^:<>]*:\s*([^<>]*)>>")
_WORD = re.compile(r"[^\W_]+")
_STAND_IN = re.compile(r"\b(?:P|[A-Z]+_)\d+\b")
_SENTENCE = re.compile(r"(?<=[.?!]) (?=[A-Z])")
BARS = {"email": 0.98, "phone": 0.98, "account": 0.98, "person": 0.90, "organisation": 0.75, "place": 0.75}


@dataclass(frozen=True)
class Planted:
    """An interview with plants: its file name, its text, what was planted, and whether it is in lower case."""

    name: str
    text: str
    plants: tuple[Plant, ...]
    lower: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--interviews", type=int, default=50)
    parser.add_argument("--missed", action="store_true", help="show what was missed, in the templates that the rules were made with")
    parser.add_argument("--ordinary", action="store_true", help="show ordinary words that were replaced")
    parser.add_argument("--run", type=Path, help="new folder for a whole run")
    args = parser.parse_args()
    originals = {
        f"{m.name}__{p.stem}": _MARK.sub(r"\1", p.read_text(encoding="utf-8"))
        for m in args.stories
        for p in sorted((m / "stories").glob("*.txt"))
    }
    interviews = plant(originals, args.interviews, args.seed)
    done = pseudonymise([transcript_from_text(i.text, id=i.name) for i in interviews])
    name_of = {id: i.name for id, i in done.key.interviews.items()}
    texts = {name_of[t.id]: t.text for t in done.transcripts}
    common = Counter(w for text in originals.values() for w in _words(text))
    results = [(p, i.lower, is_gone(p.identifier, texts[i.name], originals[i.name], common)) for i in interviews for p in i.plants]
    show(results)
    ordinary = {w for text in originals.values() for w in re.findall(r"[^\W\d_]+", text) if w.islower()}
    overmasking(interviews, texts, ordinary, show=args.ordinary)
    if args.missed:
        for p, lower, gone in results:
            if not gone and not p.apart:
                print(f"  missed {p.category:12} {p.form:11} {'lower' if lower else '':5} {p.sentence}")
    if args.run is not None:
        run(interviews, args.run, [p for p, _, gone in results if gone], common)


def plant(originals: dict[str, str], n: int, seed: int) -> list[Planted]:
    """The first `n` interviews with the plants spread over them, as sentences between those of participants."""
    rng = random.Random(seed)
    todo = plants(seed)[: 20 * n]
    made = []
    for k, (name, text) in enumerate(sorted(originals.items())[:n]):
        mine = todo[20 * k : 20 * k + 20]
        lines = [line for line in text.split("\n") if line.strip()]
        spoken = [i for i, line in enumerate(lines) if i % 2 and len(line) > 80] or [1]
        for p in mine:
            i = rng.choice(spoken)
            label, _, said = lines[i].partition(": ")
            sentences = _SENTENCE.split(said)
            sentences.insert(rng.randint(0, len(sentences)), p.sentence)
            lines[i] = f"{label}: {' '.join(sentences)}"
        lower = k % 4 == 3
        whole = "\n".join(_lowered(line) if lower else line for line in lines) + "\n"
        made.append(Planted(name, whole, tuple(mine), lower))
    return made


def _lowered(line: str) -> str:
    label, _, said = line.partition(": ")
    return f"{label.lower()}: {re.sub(r'[,;:!?….](?=$|[ ])', '', said).lower()}"


def _words(text: str) -> list[str]:
    return [w.casefold() for w in _WORD.findall(text)]


def is_gone(identifier: str, text: str, before: str, common: Counter[str]) -> bool:
    """Whether nothing that tells is left of an identifier.

    Not a word that no interview has of its own, and no two words in a row (three of what is said digit by digit or letter by letter) more
    often than in the interview before it was planted.
    """
    parts, left, own = _words(identifier), _words(_STAND_IN.sub(" ", text)), _words(before)
    there = set(left)
    if any(p in there and common[p] == 0 and len(p) > 2 for p in parts):
        return False
    n = min(len(parts), 3 if sum(len(p) == 1 or p in _SAID for p in parts) > 3 else 2)
    had, has = (Counter(tuple(words[i : i + n]) for i in range(len(words) - n + 1)) for words in (own, left))
    return all(has[w] <= had[w] for w in (tuple(parts[i : i + n]) for i in range(len(parts) - n + 1)))


_SAID = frozenset("oh zero one two three four five six seven eight nine for to um uh plus".split())


def show(results: list[tuple[Plant, bool, bool]]) -> None:
    """The table: recall by category and form."""
    print(f"{'category':13}{'planted':>8}{'recall':>8}{'bar':>6}" + "".join(f"{f:>13}" for f in FORMS) + f"{'lower case':>12}{'apart':>8}")
    for category in CATEGORIES:
        rows = [(p, lower, gone) for p, lower, gone in results if p.category == category]
        cells = [[g for p, _, g in rows if p.form == f] for f in FORMS] + [
            [g for _, low, g in rows if low],
            [g for p, _, g in rows if p.apart],
        ]
        shares = [f"{sum(c) / len(c):.3f}" if c else "-" for c in cells]
        bar = BARS.get(category)
        print(
            f"{category:13}{len(rows):8}{sum(g for *_, g in rows) / max(1, len(rows)):8.3f}{f'{bar:.2f}' if bar else '':>6}"
            + "".join(f"{s:>13}" for s in shares[:3])
            + f"{shares[3]:>12}{shares[4]:>8}"
        )
    print(f"{'all':13}{len(results):8}{sum(g for *_, g in results) / max(1, len(results)):8.3f}")


def overmasking(interviews: list[Planted], texts: dict[str, str], ordinary: set[str], *, show: bool) -> None:
    """Ordinary words are those that stand in lower case in an interview as it was before anything was planted or lowered."""
    lost: Counter[str] = Counter()
    total = 0
    for i in interviews:
        rest = i.text
        for p in i.plants:
            said = p.sentence
            rest = rest.replace(_lowered(f"x: {said}")[3:] if i.lower else said, " ", 1)
        before = Counter(w.casefold() for w in re.findall(r"[^\W\d_]+", rest) if w.islower() and w in ordinary)
        after = Counter(w.casefold() for w in re.findall(r"[^\W\d_]+", texts[i.name]))
        total += before.total()
        lost.update(before - after)
    print(f"ordinary words replaced: {lost.total()} of {total:,} = {lost.total() / total:.2%}")
    if show:
        print(", ".join(f"{w} {n}" for w, n in lost.most_common(150)))


def run(interviews: list[Planted], folder: Path, caught: list[Plant], common: Counter[str]) -> None:
    """A whole run by the command, with files named after people; then every byte that it wrote or said is searched."""
    inputs, out, key = folder / "interviews", folder / "out", folder / "key.json"
    inputs.mkdir(parents=True)
    for i in interviews:
        person = next((p.identifier.split(",")[0] for p in i.plants if p.category == "person"), "nobody")
        (inputs / f"{person} {i.name}.txt").write_text(i.text, encoding="utf-8")
    (inputs / "Katarzyna Fernsby broken.docx").write_bytes(b"no docx")
    command = [
        sys.executable,
        "-m",
        "jtbd_nlp",
        "run",
        str(inputs),
        "--out",
        str(out),
        "--pseudonymize",
        "--key",
        str(key),
        "--workers",
        "2",
    ]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    print(f"jtbd run ended with {ended.returncode}; key mode {key.stat().st_mode & 0o777:o}")
    places = {"stdout": ended.stdout, "stderr": ended.stderr}
    for path in sorted([*out.rglob("*"), *out.with_name("out.jtbd").rglob("*")]):
        places[str(path.relative_to(folder))] = path.name + "\n" + (path.read_bytes().decode("utf-8", "replace") if path.is_file() else "")
    words = {name: set(_words(text)) for name, text in places.items()}
    everything = "\n".join(places.values()).casefold()
    identifiers = sorted({p.identifier for p in caught if len(_words(p.identifier)) > 1})
    telling = sorted({w for p in caught for w in _words(p.identifier) if common[w] == 0 and len(w) > 3 and not w.isdecimal()})
    leaks = {word: [name for name in places if word in words[name]] for word in telling}
    leaks = {word: names for word, names in leaks.items() if names}
    whole = [i for i in identifiers if i.casefold() in everything]
    print(
        f"searched {len(places)} files and streams, {len(everything):,} characters: {len(leaks)} of {len(telling)} words that tell, ",
        end="",
    )
    print(f"{len(whole)} of {len(identifiers)} replaced identifiers found")
    for word, names in list(leaks.items())[:20]:
        print(f"  {word}: {', '.join(names[:4])}")


if __name__ == "__main__":
    main()
