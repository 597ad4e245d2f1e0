"""What a person said of one interview, over what was said of all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from jtbd_nlp.config import InterviewRoles, ReadConfig
from jtbd_nlp.read.records import Source
from jtbd_nlp.read.words import folded


def settings_for(source: Source, config: ReadConfig) -> ReadConfig:
    """The settings with which a file is read: speakers named for this interview come before those named for all."""
    own = [given for given in config.roles if _means(given, source)]
    if not own:
        return config
    asking = tuple(name for given in own for name in given.interviewers)
    telling = tuple(name for given in own for name in given.participants)
    named = {folded(name) for name in (*asking, *telling)}
    return config.model_copy(
        update={
            "interviewers": (*asking, *(name for name in config.interviewers if folded(name) not in named)),
            "participants": (*telling, *(name for name in config.participants if folded(name) not in named)),
            "roles": (),
        }
    )


def unmatched(sources: Iterable[Source], config: ReadConfig) -> list[str]:
    """The interviews that the settings name and that are not there, in order."""
    given = list(sources)
    return sorted({roles.interview for roles in config.roles if not any(_means(roles, source) for source in given)})


def _means(roles: InterviewRoles, source: Source) -> bool:
    path = PurePosixPath(source.name)
    return folded(roles.interview) in {folded(name) for name in (source.id, source.name, path.name, path.stem)}
