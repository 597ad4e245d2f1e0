"""Results that come in any order, given on in the order of their inputs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jtbd_nlp.engine.inputs import OnDone
from jtbd_nlp.schema.processed import Processed

if TYPE_CHECKING:
    from jtbd_nlp.read import Source
    from jtbd_nlp.schema import Transcript


class InOrder:
    """Numbers what is begun, and holds what is finished until everything before it has been given on.

    How far work may run ahead of the first input that is not finished bounds what waits in memory.
    """

    def __init__(self, on_done: OnDone | None = None) -> None:
        self._on_done = on_done
        self._finished: dict[int, Processed] = {}
        self._begun = self._given = 0

    @property
    def pending(self) -> bool:
        """Whether something that was begun has not been given on."""
        return self._given < self._begun

    @property
    def blocked(self) -> bool:
        """Whether the next result to give on is not there."""
        return self._given not in self._finished

    def has_room(self, ahead: int) -> bool:
        """Whether fewer than `ahead` are begun and not given on."""
        return self._begun - self._given < ahead

    def begin(self) -> int:
        """The number of one more input, from 0 on."""
        self._begun += 1
        return self._begun - 1

    def finish(self, index: int, item: Source | Transcript, processed: Processed) -> None:
        """Take the result of the input of that number, and tell of it at once."""
        self._finished[index] = processed
        if self._on_done is not None:
            self._on_done(item, processed)

    def ready(self) -> Iterator[Processed]:
        """Results that can be given on, each once."""
        while not self.blocked:
            processed = self._finished.pop(self._given)
            self._given += 1
            yield processed
