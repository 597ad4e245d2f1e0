"""Coded interviews as a machine might mishear them: words that sound alike take each other's place, and codes stay on their words."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import Final

from jtbd_nlp.training.gold import Gold, words

#: words and phrases that sound alike, as far as recognisers confuse them; any of a group may be written for any other
_ALIKE: Final = tuple(
    tuple(group.split("/"))
    for group in (
        "hire/higher", "hired/higher it", "to/too/two", "for/four", "their/there/they're", "your/you're", "its/it's", "by/buy/bye",
        "know/no", "knew/new", "write/right", "hear/here", "week/weak", "would/wood", "our/hour", "one/won", "whether/weather", "then/than", "whole/hole",
        "wait/weight", "price/prize", "cost/cast", "quite/quiet", "lose/loose", "affect/effect", "accept/except", "sale/sail", "site/sight", "meet/meat",
        "piece/peace", "break/brake", "broke/broken", "made/maid", "mail/male", "plain/plane", "role/roll", "some/sum", "son/sun", "steal/steel",
        "tail/tale", "threw/through", "waste/waist", "wear/where/ware", "which/witch", "allowed/aloud", "board/bored", "cell/sell", "check/cheque",
        "fair/fare", "find/fined", "great/grate", "guessed/guest", "heard/herd", "missed/mist", "past/passed", "principle/principal", "read/red",
        "rode/road", "sent/cent", "sure/shore", "tired/tyred", "worry/wary", "worried/worded", "used to/use to",
        "could have/could of", "should have/should of", "would have/would of", "going to/gonna", "want to/wanna", "got to/gotta", "kind of/kinda",
        "a lot/allot", "i would/i'd", "i have/i've", "we are/were", "set up/setup", "sign up/sign-up", "log in/login",
        "outcome/out come", "trade off/tradeoff",
    )
)  # fmt: skip
_OTHERS: Final = {word: tuple(other for other in group if other != word) for group in reversed(_ALIKE) for word in group}
_SOUND: Final = re.compile(
    r"(?<![\w'’-])(?:" + "|".join(sorted(map(re.escape, _OTHERS), key=len, reverse=True)) + r")(?![\w'’-])", re.IGNORECASE
)
#: share of the words that can be misheard that are; recognisers miss about one word in ten, not half of these
SHARE: Final = 0.3


def mishear(gold: Gold, seed: int = 1, share: float = SHARE) -> Gold:
    """The interview with some of its words misheard; spans move along, and labels of speakers stay.

    Args:
        gold: A coded interview.
        seed: With the interview's name it decides which words; nothing else does.
        share: Of the words that have one that sounds alike.
    """
    rng = random.Random(f"{seed}:{gold.name}")  # noqa: S311
    out: list[str] = []
    moved = list(range(len(gold.text) + 1))
    base = at = shift = 0
    for line in gold.text.split("\n"):
        said = base + len(line) - len(line.partition(": ")[2]) if ": " in line else base
        for found in _SOUND.finditer(gold.text, said, base + len(line)):
            if rng.random() >= share:
                continue
            new = rng.choice(_OTHERS[found.group().lower()])
            new = new[0].upper() + new[1:] if found.group()[0].isupper() else new
            out += [gold.text[at : found.start()], new]
            moved[at : found.start() + 1] = range(at + shift, found.start() + shift + 1)
            shift += len(new) - len(found.group())
            moved[found.start() + 1 : found.end()] = [found.end() + shift] * (found.end() - found.start() - 1)
            at = found.end()
        base += len(line) + 1
    out.append(gold.text[at:])
    moved[at:] = range(at + shift, len(gold.text) + shift + 1)
    text = "".join(out)
    index = words(text)
    spans = []
    for span in gold.spans:
        start, end = moved[span.start], moved[span.end]
        inside = [i for i, w in enumerate(index) if w.start >= start and w.end <= end]
        if inside:
            spans.append(replace(span, start=start, end=end, first=inside[0], last=inside[-1] + 1))
    return replace(gold, text=text, spans=tuple(spans))
