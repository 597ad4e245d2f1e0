"""Groups of stories as synthesis takes them."""

from __future__ import annotations

from dataclasses import dataclass

from jtbd_nlp.schema.arrays import StoryGroups


@dataclass(frozen=True, slots=True)
class Group:
    """Transcript ids, sorted, and how stable the group is, in [0, 1]; None where that was not measured."""

    stories: tuple[str, ...]
    stability: float | None


def found_groups(groups: StoryGroups | None) -> tuple[Group, ...]:
    """The groups, sorted by their members; none where the verdict is not `groups`."""
    if groups is None or groups.structure.verdict != "groups":
        return ()
    stability = groups.stabilities
    found = [
        Group(tuple(sorted(stories)), stability[i] if i < len(stability) else None) for i, stories in enumerate(groups.groups()) if stories
    ]
    return tuple(sorted(found, key=lambda g: g.stories))
