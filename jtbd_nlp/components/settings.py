"""Settings of a component as a section of the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from jtbd_nlp.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jtbd_nlp.config import Section

S = TypeVar("S", bound="Section")


def section(kind: type[S], component: str, values: Mapping[str, object]) -> S:
    """The section with these values; None is the library's default.

    Raises:
        ConfigError: a value is not allowed.
    """
    try:
        return kind.model_validate({key: value for key, value in values.items() if value is not None})
    except ValidationError as error:
        found = "; ".join(f"{'.'.join(map(str, e['loc']))}={e['input']!r}: {e['msg']}" for e in error.errors())
        raise ConfigError(f'Got {found}. Change it in nlp.add_pipe("{component}", config={{...}}).') from error
