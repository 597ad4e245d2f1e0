"""Which of the things that an interview names was hired, which was fired: what speaks for each, weighed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log1p
from typing import Final

from jtbd_nlp.synthesise.goods import GENERAL, GOODS, MEANS
from jtbd_nlp.synthesise.hiring import ENOUGH, ENOUGH_MORE, WEIGHTS, Role
from jtbd_nlp.synthesise.mentions import Mention
from jtbd_nlp.synthesise.people import Sense

_WORD: Final = re.compile(r"[^\W_]+(?:['’&+-][^\W_]+)*")
_STAGES: Final = {
    "first_thought": "early",
    "passive_looking": "early",
    "active_looking": "looking",
    "deciding": "deciding",
    "first_use": "late",
    "ongoing_use": "late",
}
#: share of an interview in which questions say what it is about
_OPENING: Final = 0.12
_BEFORE: Final = re.compile(
    r"\b(?:before|used to|until then|till then|at first|originally|previously|back then|the old|at the start|what was there|how did you (?:do|manage|keep))\b",
    re.IGNORECASE,
)
_CHOICE: Final = re.compile(
    r"\b(?:in the end|decid\w+|cho(?:ose|se|ice)|settled?|end(?:ed)? up|went (?:for|with)|go (?:for|with)|why (?:this|that) one|bought|buy|picked|sign(?:ed)? up|tipped)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hiring:
    """How things are weighed, and how likely the first, and every further, thing of a role has to be."""

    weights: Mapping[Role, Mapping[str, float]]
    enough: Mapping[Role, float]
    enough_more: Mapping[Role, float]


SHIPPED: Final = Hiring(WEIGHTS, ENOUGH, ENOUGH_MORE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing with all its mentions, in the order of the talk."""

    key: str
    is_name: bool
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """What is known of the whole interview: how often each word is said by participants and by interviewers, and where the talk ends."""

    said: Mapping[str, int]
    asked: Mapping[str, int]
    end: int
    #: what an interviewer said last before a turn, by the turn's index
    questions: Mapping[int, str]
    #: how often the name that is said most is said
    most: int = 0


def counted(texts: Iterable[str]) -> Mapping[str, int]:
    """Words by how often they are said, in lower case, without a plural's s."""
    return Counter(singular(word.lower()) for text in texts for word in _WORD.findall(text))


def singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def in_small(text: str) -> frozenset[str]:
    """Words that a text writes without a capital."""
    return frozenset(word for word in _WORD.findall(text) if word[:1].islower())


def candidates(found: Sequence[Mention], small: frozenset[str]) -> list[Candidate]:
    """Mentions by what they name, sorted; what is `small` elsewhere, or only ever begins a sentence, is no name."""
    by_key: dict[str, list[Mention]] = defaultdict(list)
    for mention in found:
        if not (mention.is_name and mention.key in small):
            by_key[mention.key].append(mention)
    for key, ms in list(by_key.items()):
        if all(m.is_name and m.phrase.first == 0 and m.thing <= 0 for m in ms):
            del by_key[key]
    return [Candidate(key, sum(m.is_name for m in ms) * 2 > len(ms), tuple(ms)) for key, ms in sorted(by_key.items())]


def features(candidate: Candidate, talk: Talk, carried: Mapping[str, int], sense: Sense) -> dict[str, float]:
    """What speaks for and against a thing; counts as logarithms, so that a long interview does not outweigh a short one."""
    counts: Counter[str] = Counter()
    for m in candidate.mentions:
        who = "asked" if m.asked else "said"
        counts[f"{who} mention"] += 1
        if m.act:
            counts[f"{who} {m.act}"] += 1
        if m.age:
            counts[f"{m.age}"] += 1
        counts["owned"] += m.owned
        counts["articled"] += m.articled
        counts["human"] += m.human
        counts["opening"] += m.asked and m.saying.statement.start < _OPENING * talk.end
        question = "" if m.asked else talk.questions.get(m.saying.statement.turn, "")
        counts["asked before"] += bool(_BEFORE.search(question))
        counts["asked choice"] += bool(_CHOICE.search(question))
        counts["object"] += m.dep in ("dobj", "pobj")
        statement = m.saying.statement
        stage = _STAGES.get(statement.stage or "", "")
        if stage:
            counts[stage] += 1
        for tag in statement.tags:
            counts[f"{tag}"] += 1
            if stage:
                counts[f"{tag} {stage}"] += 1
        if m.act and stage:
            counts[f"{m.act} {stage}"] += 1
    key = singular(candidate.key)
    found = {name: log1p(n) for name, n in counts.items()}
    found["heard"] = log1p(talk.said.get(key, 0))
    found["taken up"] = log1p(talk.asked.get(key, 0))
    found["both"] = min(found["heard"], found["taken up"])
    found["name"] = float(candidate.is_name)
    found["thing"] = max(-2.0, min(2.0, sum(m.thing for m in candidate.mentions)))
    found["goods"] = float(candidate.key in GOODS or key in GOODS)
    found["means"] = float(candidate.key in MEANS or key in MEANS)
    found["compound"] = float(any(m.is_compound for m in candidate.mentions))
    found["first"] = candidate.mentions[0].saying.statement.start / max(1, talk.end)
    found["last"] = candidate.mentions[-1].saying.statement.start / max(1, talk.end)
    found["general"] = float(candidate.key in GENERAL)
    found["with goods"] = float(candidate.is_name and any(_of_goods(m) for m in candidate.mentions))
    found["spread"] = len({10 * m.saying.statement.start // max(1, talk.end) for m in candidate.mentions}) / 10
    found["behind"] = log1p(talk.most) - log1p(min(talk.most, talk.said.get(key, 0) + talk.asked.get(key, 0)))
    found["as person"], found["as thing"] = log1p(sense.person), log1p(sense.thing)
    found["seen person"], found["seen thing"], found["seen place"] = (
        log1p(n) for n in (sense.seen_person, sense.seen_thing, sense.seen_place)
    )
    found["given"] = float(sense.is_given)
    for name, n in carried.items():
        found[name] = log1p(n)
    return found


def _of_goods(mention: Mention) -> bool:
    words = mention.phrase.text.lower().split()
    return len(words) > 1 and (words[-1] in GOODS or singular(words[-1]) in GOODS)


def likelihood(weights: Mapping[str, float], known: Mapping[str, float]) -> float:
    """How likely a thing was hired, or fired, in (0, 1)."""
    total = weights.get("bias", 0.0) + sum(weights[name] * known[name] for name in sorted(known) if name in weights)
    return 1.0 / (1.0 + exp(-total))
