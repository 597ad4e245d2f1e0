"""Arguments and options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

Inputs = Annotated[list[Path], typer.Argument(help="Folders and files of interviews.", show_default=False)]
Out = Annotated[
    Path, typer.Option("--out", "-o", help="Folder to write to; an earlier output there is replaced in one step.", show_default=False)
]
ConfigFile = Annotated[Path | None, typer.Option("--config", "-c", help="TOML file with settings.", show_default=False)]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        "-w",
        min=1,
        help="Processes for the per-transcript part. (default: all cores from eight inputs on, else one)",
        show_default=False,
    ),
]
Engine = Annotated[
    Literal["local", "dask"] | None,
    typer.Option(
        "--engine", help="Where the per-transcript part runs: on this machine, or on a Dask cluster. (default: local)", show_default=False
    ),
]
Scheduler = Annotated[
    str | None, typer.Option("--scheduler", help="Address of the Dask scheduler, such as tcp://10.0.0.5:8786.", show_default=False)
]
Interviewer = Annotated[list[str], typer.Option("--interviewer", help="Label of a speaker who asks; may be repeated.", show_default=False)]
Participant = Annotated[
    list[str], typer.Option("--participant", help="Label of a speaker who answers; may be repeated.", show_default=False)
]
Tagger = Annotated[
    Path | None, typer.Option("--tagger", help="Folder of a tagger, `fast` or `lexicon`. (default: the bundled one)", show_default=False)
]
OperatingPoint = Annotated[
    Literal["balanced", "careful"] | None,
    typer.Option(
        "--operating-point",
        help="`careful`: fewer tags, of which four in five are right, not three. (default: balanced)",
        show_default=False,
    ),
]
Title = Annotated[str | None, typer.Option("--title", help="Title of the report.", show_default=False)]
Force = Annotated[bool, typer.Option("--force", help="Start over: do again what an earlier run into this folder has done.")]
Watch = Annotated[bool, typer.Option("--watch", help="Keep the output current: run again whenever the inputs have changed, until Ctrl-C.")]
JsonLogs = Annotated[
    bool, typer.Option("--json-logs", help="One JSON object a line on stderr, for schedulers; no word of an interview, files by a hash.")
]
Pseudonymize = Annotated[
    bool, typer.Option("--pseudonymize", help="Put stand-ins for names, addresses and numbers before anything is written; needs --key.")
]
KeyFile = Annotated[
    Path | None,
    typer.Option("--key", help="File that says who is behind each stand-in; kept apart from the output, used again.", show_default=False),
]
Folder = Annotated[Path, typer.Argument(help="An output of `jtbd run`.", show_default=False)]
