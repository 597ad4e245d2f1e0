"""Numbers for what is new in a study: a function of the set of names and of the key, never of their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from jtbd_nlp.privacy.forms import Form
from jtbd_nlp.privacy.key import Interview, Key, StandIn
from jtbd_nlp.privacy.records import STAND_INS
from jtbd_nlp.schema import Problem, Transcript, content_id


def numbered(key: Key, heads: Mapping[Form, Form], heard: Mapping[Form, Form], taken: Collection[str]) -> Key:
    """The key with a stand-in for every form.

    Args:
        key: what it knows keeps its stand-in.
        heads: each form, with the one that stands for its group.
        heard: misheard forms, with what they are; remembered beside it.
        taken: words of the study that look like stand-ins and are not.
    """
    stand_ins = dict(key.stand_ins)
    known = {Form(s.kind, text): name for name, s in key.stand_ins.items() for text in s.forms}
    groups: dict[Form, set[Form]] = defaultdict(set)
    for form, head in heads.items():
        groups[head].add(form)
    used = {*stand_ins, *(t.upper() for t in taken)}
    free = {kind: _free(prefix, used) for kind, prefix in STAND_INS.items()}
    # Sorted by a hash: numbers in the order of the alphabet would tell something about the names.
    for head in sorted(groups, key=lambda f: (content_id("", f.text.split("\n")), f)):
        new = {f for f in groups[head] if f not in known}
        told = sorted({known[f] for f in groups[head] if f in known}, key=lambda name: (len(name), name))
        if not new:
            continue
        name = told[0] if told else next(free[head.kind])
        before = stand_ins[name].forms if name in stand_ins else (head.text,)
        stand_ins[name] = StandIn(kind=head.kind, forms=(*before, *sorted({f.text for f in new} - set(before))))
        known.update(dict.fromkeys(new, name))
    for form, meant in sorted(heard.items()):
        if form not in known and meant in known:
            name = known[meant]
            stand_ins[name] = StandIn(kind=stand_ins[name].kind, forms=(*stand_ins[name].forms, form.text))
            known[form] = name
    return key.model_copy(update={"stand_ins": dict(sorted(stand_ins.items(), key=lambda item: (len(item[0]), item[0])))})


def with_interviews(key: Key, transcripts: Sequence[Transcript], problems: Sequence[Problem]) -> Key:
    """The key with an id (`I001`) for every interview, and for every input that could not be read.

    An interview keeps its id as long as it keeps its name or its text.
    """
    names = {i.name: id for id, i in key.interviews.items()}
    texts = {i.sha256: id for id, i in key.interviews.items() if i.sha256}
    interviews = dict(key.interviews)
    here = {t.id: Interview(name=t.id, sha256=t.sha256) for t in transcripts}
    for problem in problems:
        here.setdefault(problem.source, Interview(name=problem.source))
    free = _free("I", set(interviews), width=3)
    for name in sorted(here, key=lambda n: (content_id("", [n]), n)):
        id = names.get(name)
        if id is None and (id := texts.get(here[name].sha256)) is not None and interviews[id].name in here:
            id = None  # the same words under two names: two interviews
        interviews[id if id is not None else next(free)] = here[name]
    return key.model_copy(update={"interviews": dict(sorted(interviews.items(), key=lambda item: (len(item[0]), item[0])))})


def _free(prefix: str, used: set[str], width: int = 0) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        name = f"{prefix}{number:0{width}d}"
        if name not in used:
            used.add(name)
            yield name
