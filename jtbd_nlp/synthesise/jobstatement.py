"""Job statement and job story, compiled from the outcomes of a group of stories."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from jtbd_nlp.schema import JobStatement, JobStory, Outcome, Quoted, Quoter, Statement
from jtbd_nlp.synthesise.grammar import MARKERS
from jtbd_nlp.synthesise.phrases import sentence_case
from jtbd_nlp.synthesise.picking import readable
from jtbd_nlp.synthesise.syntax import SUBJECTS, Parse, Syntax
from jtbd_nlp.synthesise.titles import clarity
from jtbd_nlp.synthesise.wording import lowered
from jtbd_nlp.synthesise.words import Rarity, lemmas

_DOING: Final = ("ability to", "time it takes to", "effort it takes to")
_BEING: Final = ("likelihood that", "likelihood of", "chance for")
_AVOIDING: Final = ("need to",)
_POINTING: Final = frozenset(
    {"it", "they", "them", "he", "she", "him", "her", "that", "this", "one", "there", "those", "these", "you", "your", "his", "here"}
)
#: content words that a job statement needs, the grammar's own not counted
_TELLING: Final = 2
_GRAMMAR: Final = frozenset(
    {"increase", "minimize", "likelihood", "ability", "chance", "able", "number", "amount", "cost", "perceive", "avoid"}
)
FELT_WANTS: Final = {
    "Feel able to": "to feel able to ",
    "Feel": "to feel ",
    "Avoid feeling": "not to feel ",
    "Be perceived as": "to be perceived as ",
    "Avoid being perceived as": "not to be perceived as ",
}
#: words of a job statement that stands beside others in one title
_SHORT: Final = 16
_BAD: Final = frozenset({"names_solution", "names_somebody"})


@dataclass(frozen=True, eq=False)
class Material:
    """The coded statements and the outcomes of a group of stories, and how typical each word is of them."""

    statements: tuple[Statement, ...]
    outcomes: tuple[Outcome, ...]
    quoter: Quoter
    parse: Parse
    rarity: Rarity

    def typical(self, text: str) -> float:
        """How much of what the group's stories share a text says: mean over its content words of (stories that say it - 1) / stories."""
        words = sorted(lemmas(text, self.parse))  # a sum of floats depends on its order
        return sum((self._spoken[w] - 1) / max(1, self._stories - 1) for w in words) / (len(words) + 1) if words else 0.0

    def supported(self, statement: str) -> int:
        """In how many of the group's stories the themes of a statement are said."""
        return len({story for theme in self._themes_of.get(statement, ()) for story in self._said_in[theme]})

    @cached_property
    def _stories(self) -> int:
        return len({s.transcript for s in self.statements})

    @cached_property
    def _spoken(self) -> Counter[str]:
        """In how many stories each lemma is said."""
        return Counter(lemma for lemma, _ in {(lemma, s.transcript) for s in self.statements for lemma in lemmas(s.text, self.parse)})

    @cached_property
    def _themes_of(self) -> Mapping[str, tuple[str, ...]]:
        return {s.id: tuple(s.themes.values()) for s in self.statements}

    @cached_property
    def _said_in(self) -> Mapping[str, set[str]]:
        """The stories that say each theme."""
        said: dict[str, set[str]] = defaultdict(set)
        for statement in self.statements:
            for theme in statement.themes.values():
                said[theme].add(statement.transcript)
        return said


def ranked_outcomes(material: Material) -> list[Outcome]:
    """Compiled outcomes, most typical and least objectionable first; quotes last."""
    own = {s.id: s for s in material.statements}

    def score(o: Outcome) -> float:
        source = own[o.statement]
        value = 0.3 * material.supported(o.statement) + 2.0 * material.typical(o.text) + 1.0 * ("outcome" in source.tags)
        value -= 0.45 * len(_BAD & set(o.lint)) + 0.35 * ("unclear_reference" in o.lint) + 0.15 * len(o.lint) + 2.0 * (o.form == "quote")
        body = o.object_of_control.text if o.object_of_control else ""
        words = [w.strip(".,;:!?").lower() for w in (o.text if o.form != "quote" else "").split()]
        value -= 0.25 * max(0, 4 - len(body.split())) + 0.12 * sum(w in _POINTING for w in words) + 0.1 * o.text.count(",")
        return value + 0.15 * min(4, len(lemmas(o.text, material.parse)))

    return sorted(material.outcomes, key=lambda o: (-round(score(o), 6), o.id))


def job_statement(ranked: Sequence[Outcome], parse: Parse) -> tuple[JobStatement, Outcome | None]:
    """Verb + object + clarifier of the most typical outcome that says enough to be understood alone; of any, where none does."""
    telling = [o for o in ranked if o.form != "quote" and len(lemmas(o.text, parse) - _GRAMMAR) >= _TELLING]
    made, chosen = _statement_of(telling)
    return (made, chosen) if made.text else _statement_of(ranked)


class Wished(NamedTuple):
    """A job statement's text and the outcome that it is made of."""

    text: str
    outcome: Outcome


def distinct_statements(ranked: Sequence[Outcome], material: Material, n: int) -> tuple[Wished, ...]:
    """Job statements of up to `n` participants that name different things, most typical first; none from a theme that is named already."""
    found: list[Wished] = []
    themes: set[str] = set()
    own = {s.id: s for s in material.statements}
    for outcome in ranked:
        made, chosen = job_statement([outcome], material.parse)
        mine = set(own[outcome.statement].themes.values())
        if chosen is None or chosen.form == "quote" or len(made.text.split()) > _SHORT or _BAD & set(chosen.lint) or len(found) >= n:
            continue
        if any(o.transcript == outcome.transcript for _, o in found) or mine & themes or "outcome" not in own[outcome.statement].tags:
            continue
        found.append(Wished(made.text, outcome))
        themes |= mine
    return tuple(found)


def _statement_of(ranked: Sequence[Outcome]) -> tuple[JobStatement, Outcome | None]:
    """The most typical outcome told as something to do, as verb + object + clarifier; what to fall back on where there is none.

    An outcome about what is to be so ("that nobody calls") has no verb of its own: its object stands alone.
    """
    for metrics in (_DOING, _BEING, _AVOIDING):
        for outcome in ranked:
            doing = outcome.metric is not None and outcome.metric.text in metrics and outcome.direction is not None
            doing = doing or (metrics is _DOING and outcome.direction is not None and outcome.direction.text == "Feel able to")
            if not doing or "names_solution" in outcome.lint or outcome.object_of_control is None:
                continue
            if (
                metrics is _DOING
                and outcome.direction is not None
                and outcome.direction.text == "Minimize"
                and outcome.metric is not None
                and outcome.metric.text == "ability to"
            ):
                continue
            if metrics is _BEING and (outcome.direction is None or outcome.direction.text != "Increase"):
                continue  # what is not to be so would read as what is wanted
            verb, object_ = _split(outcome.object_of_control) if metrics is _DOING else (None, outcome.object_of_control)
            metric = outcome.metric.text if outcome.metric is not None else ""
            lead = "for " if metric == "chance for" else ""
            words = [
                verb.text if verb else metric if metrics is _AVOIDING else "",
                lead + object_.text if object_ else "",
                outcome.contextual_clarifier.text if outcome.contextual_clarifier else "",
            ]
            text = " ".join(w.strip() for w in words if w.strip())
            if metrics is _AVOIDING:
                text = f"Minimize the {text}"
            return JobStatement(text=sentence_case(text), verb=verb, object=object_, clarifier=outcome.contextual_clarifier), outcome
    return JobStatement(text=ranked[0].text if ranked else ""), ranked[0] if ranked else None


def _split(body: Quoted) -> tuple[Quoted, Quoted | None]:
    """The verb (with "not" where there is one) and the rest of an object of control."""
    evidence = body.evidence[0]
    words = body.text.split(" ")
    lead = 2 if words[0].lower() in ("not", "never", "just") and len(words) > 1 else 1
    head, rest = " ".join(words[:lead]), " ".join(words[lead:])
    at = len(head) if evidence.quote[: len(head)].lower() == head.lower() else len(evidence.quote.split(None, lead)[0])
    verb = Quoted(text=head, evidence=(evidence.model_copy(update={"end": evidence.start + at, "quote": evidence.quote[:at]}),))
    if not rest:
        return verb, None
    skip = at + len(evidence.quote[at:]) - len(evidence.quote[at:].lstrip())
    return verb, Quoted(text=rest, evidence=(evidence.model_copy(update={"start": evidence.start + skip, "quote": evidence.quote[skip:]}),))


def job_story(statement: JobStatement, chosen: Outcome | None, ranked: Sequence[Outcome], material: Material) -> JobStory:
    """When [what made it hard], I want to [job], so that [what it is good for]."""
    when = _situation(material, chosen)
    want = _wanting(statement, chosen)
    own = {s.id for s in material.statements if "outcome" in s.tags}
    felt = {s.id for s in material.statements if s.dimension in ("emotional", "social")}
    others = [o for o in ranked if o.statement in own and (chosen is None or o.statement != chosen.statement)]
    others.sort(key=lambda o: o.statement not in felt)  # a stable sort: what is felt or seen first, else the order of `ranked`
    so_that = next((q for o in others if (q := _purpose(o)) is not None), None)
    parts = [
        f"When {lowered(when.text, material.parse(when.text).tokens[0])}" if when else "",
        f"I want {want.text}" if want else "",
        f"so that {so_that.text}" if so_that else "",
    ]
    return JobStory(text=sentence_case(", ".join(p for p in parts if p)), when=when, want=want, so_that=so_that)


def _situation(material: Material, chosen: Outcome | None) -> Quoted | None:
    """What made it hard, told by the person whose wish was chosen where they tell it."""
    best: tuple[float, str, int, Quoted] | None = None
    for s in material.statements:
        if "push" not in s.tags or s.stage not in ("first_thought", "passive_looking", None, "none"):
            continue
        part = readable(s, material.parse, 14)
        if part is None or part.verb is None or part.text.split()[0].lower() in MARKERS:
            continue
        syntax = Syntax(material.parse(s.text))
        opens = any(part.first in syntax.subtree(c) for c in syntax.children(part.verb, *SUBJECTS))
        same = chosen is not None and chosen.transcript == s.transcript
        score = -(1.5 * same + 0.5 * opens + 0.2 * material.supported(s.id) + 2.0 * material.typical(part.text) + clarity(part))
        found = (round(score, 6), s.transcript, s.start, part.quoted(material.quoter))
        best = found if best is None or found[:3] < best[:3] else best
    return best[3] if best else None


def _wanting(statement: JobStatement, chosen: Outcome | None) -> Quoted | None:
    """The job after "I want"; None where the chosen outcome stays a quote."""
    if chosen is None or chosen.object_of_control is None or chosen.direction is None:
        return None
    slots = [q for q in (chosen.object_of_control, chosen.contextual_clarifier) if q is not None]
    evidence = tuple(e for q in slots for e in q.evidence)
    body = " ".join(q.text for q in slots)
    direction, metric = chosen.direction.text, chosen.metric.text if chosen.metric else None
    if statement.verb is not None:
        lead = "to "
    elif metric is None:
        lead = FELT_WANTS[direction]
    elif direction == "Increase":
        lead = {"likelihood that": "it to be so that ", "chance for": ""}.get(metric, f"more {metric} ")
    else:
        lead = f"less {metric} "
    return Quoted(text=lead + body, evidence=evidence)


def _purpose(outcome: Outcome) -> Quoted | None:
    """An outcome as a clause after "so that"."""
    if outcome.object_of_control is None or outcome.direction is None or {"unclear_reference", *_BAD} & set(outcome.lint):
        return None
    body = outcome.object_of_control
    metric = outcome.metric.text if outcome.metric else None
    up = outcome.direction.text == "Increase"
    lead = {"likelihood that": "", "ability to": "I can "}.get(metric or "") if up else "I do not need to " if metric == "need to" else None
    if metric is None:
        lead = {
            "Feel able to": "I can ",
            "Feel": "I feel ",
            "Be perceived as": "I am perceived as ",
            "Avoid being perceived as": "I am not perceived as ",
            "Avoid feeling": "I do not feel ",
        }[outcome.direction.text]
    if lead is None:
        return None
    slots = [q for q in (body, outcome.contextual_clarifier) if q is not None]
    return Quoted(text=lead + " ".join(q.text for q in slots), evidence=tuple(e for q in slots for e in q.evidence))
