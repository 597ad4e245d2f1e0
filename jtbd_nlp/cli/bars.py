"""Progress bars for a person at a terminal: each stage with its rate and the time left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Task

    from jtbd_nlp.pipeline import Progress


@contextmanager
def bars() -> Iterator[Progress]:
    """A bar a stage; nothing where stderr is not a terminal."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress as Bars,
        ProgressColumn,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(rate_of(task.finished_speed or task.speed), style="progress.data.speed")

    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=console, disable=not console.is_terminal) as shown:
        tasks = {"interviews": shown.add_task("loading models", total=None)}

        def on_progress(stage: str, done: int, total: int) -> None:
            bar = stage.partition(" ")[0]  # the steps of the corpus part share one
            if bar not in tasks:
                tasks[bar] = shown.add_task(stage, total=total)
            shown.update(tasks[bar], description=stage, completed=done, total=total)

        yield on_progress


def rate_of(speed: float | None) -> str:
    """`2.5/s`, or `4.0 s each` where it is less than one a second."""
    if not speed:
        return ""
    return f"{speed:.1f}/s" if speed >= 1 else f"{1 / speed:.1f} s each"
