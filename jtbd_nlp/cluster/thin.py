"""Where a study is thin: what kind of story to look for next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from jtbd_nlp.schema.job import Pathway
from jtbd_nlp.schema.labels import DIMENSIONED, STAGES
from jtbd_nlp.schema.statement import Statement
from jtbd_nlp.schema.story import Story

if TYPE_CHECKING:
    from jtbd_nlp.cluster.saturation import Heard

#: how many of equally thin places are named, and characters of a title
_NAMED: Final = 2
_TITLE: Final = 90


def thin_places(n: int, statements: Sequence[Statement], heard: Sequence[Heard], told: Sequence[Story], pathways: Sequence[Pathway]) -> str:
    """The least supported stage of the timeline, force (or outcome), pathway and kind of person, each with its figure; "" where none is thin."""
    if n == 0:
        return ""
    stages: dict[str, set[str]] = {stage: set() for stage in STAGES if stage != "none"}
    tags: dict[str, set[str]] = {tag: set() for tag in DIMENSIONED}
    for s in statements:
        for group, names in ((stages, (s.stage,)), (tags, s.tags)):
            for name in names:
                if name in group:
                    group[name].add(s.transcript)
    found = (_least(n, stages), _least(n, tags) or _once(heard), _path(pathways), _person(told))
    thin = "; ".join(place for place in found if place)
    return f"Thinnest so far: {thin}. Look for people who can tell of that." if thin else ""


def _least(n: int, groups: Mapping[str, set[str]]) -> str:
    """The names that fewest interviews speak of, where not all do."""
    least = min(map(len, groups.values()))
    names = [name.replace("_", " ") for name, stories in groups.items() if len(stories) == least]
    return "" if least == n else f"{_listed(names)} (spoken of in {least} of {n} interview{'s' if n != 1 else ''})"


def _once(heard: Sequence[Heard]) -> str:
    """The force, or the outcomes, of which most was heard in one interview alone."""
    said: dict[str, list[int]] = defaultdict(list)
    for h in heard:
        if h.tag in DIMENSIONED:
            said[h.tag].append(len(h.stories))
    once = {tag: counts.count(1) for tag, counts in said.items()}
    most = min(said, key=lambda tag: (-once[tag] / len(said[tag]), tag), default="")
    return f"{most} ({once[most]} of its {len(said[most])} themes heard in one interview)" if most and once[most] else ""


def _path(pathways: Sequence[Pathway]) -> str:
    """The pathway that fewest stories take, where there are several."""
    if len(pathways) < 2:
        return ""
    least = min(pathways, key=lambda p: (p.support.k, p.title, p.id))
    title = least.title if len(least.title) <= _TITLE else least.title[: _TITLE - 1].rstrip(" ,.;:-") + "…"
    return f"the pathway “{title}” ({least.support.k} of {least.support.n} interviews)"


def _person(told: Sequence[Story]) -> str:
    """Who was heard in one interview, where others who take the steps were heard in more."""
    counts = Counter(" ".join(s.executor.text.casefold().split()) for s in told if s.executor is not None)
    names = sorted(name for name, k in counts.items() if k == 1)
    if not names or max(counts.values()) < 2:
        return ""
    return f"{_listed([f'“{name}”' for name in names])} (heard in one interview{' each' if len(names) > 1 else ''})"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED + 1 else ""
    shown = list(names) if not more else list(names[:_NAMED])
    return (", ".join(shown) if more else " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)) + more
