"""A study that runs in no time."""

from __future__ import annotations

from pathlib import Path

from quick_config import QUICK

TALK = (
    "Interviewer: What made you look for something else?\n"
    "{0}: I was fed up with the old {1}, because it broke down every single winter and nobody came to mend it. "
    "I wanted to know in the morning that it would start.\n"
    "Interviewer: And what held you back?\n"
    "{0}: I was worried that the new one would be too expensive, and I was used to the old one.\n"
)


def quick(folder: Path) -> Path:
    """The path of a config."""
    path = folder / "quick.toml"
    path.write_text(QUICK, encoding="utf-8")
    return path


def give(folder: Path, *names: str) -> None:
    """Put toy interviews into a folder."""
    folder.mkdir(exist_ok=True)
    for name, thing in zip(names, ("boiler", "van", "mower"), strict=False):
        (folder / f"{name}.txt").write_text(TALK.format(name.capitalize(), f"{thing} of {name}"), encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
