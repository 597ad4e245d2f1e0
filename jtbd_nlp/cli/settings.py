"""The config of a command: the file, with what was said on the command line over it."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from jtbd_nlp.config import Config
from jtbd_nlp.errors import ConfigError


def settings(
    config: Path | None = None,
    *,
    interviewer: Sequence[str] = (),
    participant: Sequence[str] = (),
    tagger: Path | None = None,
    operating_point: Literal["balanced", "careful"] | None = None,
    title: str | None = None,
) -> Config:
    """The config file, or the defaults, with what was said on the command line over it.

    Raises:
        ConfigError: the file cannot be read or holds settings that are not allowed.
    """
    base = Config.from_toml(config) if config is not None else Config()
    read = base.read.model_copy(
        update={"interviewers": (*base.read.interviewers, *interviewer), "participants": (*base.read.participants, *participant)}
    )
    said = {"model": tagger, "operating_point": operating_point}
    tag = base.tag.model_copy(update={name: value for name, value in said.items() if value is not None})
    report = base.report.model_copy(update={"title": title} if title is not None else {})
    return base.model_copy(update={"read": read, "tag": tag, "report": report})


def on_engine(config: Config, kind: Literal["local", "dask"] | None, scheduler: str | None) -> Config:
    """The config with what was said of the engine on the command line over it.

    Raises:
        ConfigError: a scheduler for an engine that has none, or none for one that needs it.
    """
    given = {name: value for name, value in (("kind", kind), ("scheduler", scheduler)) if value is not None}
    engine = config.engine.model_copy(update=given)
    if scheduler is not None and engine.kind != "dask":
        raise ConfigError(
            f"Got --scheduler {scheduler} and engine {engine.kind}, which has no scheduler. Say --engine dask, or leave the scheduler out."
        )
    if engine.kind == "dask" and engine.scheduler is None:
        raise ConfigError("Got engine dask without a scheduler; say its address with --scheduler, such as tcp://10.0.0.5:8786.")
    if engine.kind == "dask":
        _hush("distributed")
    return config.model_copy(update={"engine": engine})


def _hush(library: str) -> None:
    """Its own lines would stand between ours, and are no JSON; what matters of them comes as an error of this library."""
    try:
        importlib.import_module(library)
    except ImportError:  # the run says what to install
        return
    for name in [n for n in logging.root.manager.loggerDict if n.partition(".")[0] == library]:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
