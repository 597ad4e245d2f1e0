"""Whether the tagger rules as the codebook does on short, plainly said answers: negation, hypotheticals, other people's words and so on.

usage: python -m benchmarks.codebook [--tagger FOLDER] [--wrong]

The cases (codebook_cases.toml) were written for this and are never fitted on. Each is read twice: `alone`, as an interview of one question and
one answer, and `inside`, after some small talk. A case with `yes` is right when all of those tags are given to the answer; one with `no`, when none is.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections import defaultdict
from pathlib import Path

from jtbd_nlp.config import TagConfig
from jtbd_nlp.read import transcript_from_text
from jtbd_nlp.segment import load_segmenter
from jtbd_nlp.tag import load_tagger

_CASES = Path(__file__).with_name("codebook_cases.toml")
_TALK = (
    "Interviewer: Thanks for making the time. Shall I explain how this works?\n"
    "Guest: Yes, go on, I've got a cup of tea here.\n"
    "Interviewer: I would like to hear the whole story, from the start, in your own words.\n"
    "Guest: All right. It was a grey day, I remember that much, and the radio was on.\n"
)
_AFTER = "\nInterviewer: I see. Let me write that down.\nGuest: Take your time."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tagger", type=Path, default=None)
    parser.add_argument("--wrong", action="store_true", help="print the cases that are wrong")
    args = parser.parse_args()
    print(json.dumps(measure(args.tagger, show=args.wrong), indent=1))


def measure(folder: Path | None = None, *, show: bool = False) -> dict[str, dict[str, str]]:
    """Group of cases -> `yes` and `no`, alone and inside -> right of how many."""
    tagger, segmenter = load_tagger(TagConfig(model=folder)), load_segmenter()
    right: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for number, case in enumerate(tomllib.loads(_CASES.read_text(encoding="utf-8"))["case"]):
        for place, head in (("alone", ""), ("inside", _TALK)):
            said = f"{head}Interviewer: {case['question']}\nGuest: {case['answer']}{_AFTER if head else ''}"
            transcript = transcript_from_text(said, id=f"case{number}")
            start = transcript.text.index(case["answer"])
            statements = tagger.tag(transcript, segmenter.segment(transcript))
            given = {tag for s in statements if s.start < start + len(case["answer"]) and s.end > start for tag in s.tags}
            for kind in ("yes", "no"):
                if kind in case:
                    wanted = set(case[kind])
                    good = wanted <= given if kind == "yes" else not wanted & given
                    right[case["group"]][f"{kind}, {place}"].append(good)
                    if show and not good:
                        print(f"{place:7} {kind:3} {sorted(wanted)} got {sorted(given)}: {case['answer']}")
    return {group: {name: f"{sum(row)} of {len(row)}" for name, row in rows.items()} for group, rows in right.items()}


if __name__ == "__main__":
    main()
