"""Labels with pictures and markup: they come through every format, and stay text in the report."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pytest
from read_study import docx_bytes, xlsx_bytes

from jtbd_nlp import load
from jtbd_nlp.config import Config, EmbedConfig, TagConfig
from jtbd_nlp.read import Source, read_source

ASKER, TELLER = "🦊 Anna & Co", "Ben 🚲"
SAID = (
    (ASKER, "What happened then?"),
    (TELLER, "I bought a lock because mine had frozen."),
    (ASKER, "And why was that?"),
    (TELLER, "I was late for work again."),
)


def cues(form: str, clock: str) -> str:
    return "\n\n".join(f"{clock.format(n, n + 1)}\n{form.format(who, text)}" for n, (who, text) in enumerate(SAID)) + "\n"


FILES = {
    "a.txt": "".join(f"{who}: {text}\n" for who, text in SAID),
    "otter.txt": "".join(f"{who}  0:0{n}\n{text}\n\n" for n, (who, text) in enumerate(SAID)),
    "a.md": "".join(f"**{who}:** {text}\n\n" for who, text in SAID),
    "voices.vtt": "WEBVTT\n\n" + cues("<v {}>{}</v>", "00:00:0{}.000 --> 00:00:0{}.000").replace("&", "&amp;"),
    "a.vtt": "WEBVTT\n\n" + cues("{}: {}", "00:00:0{}.000 --> 00:00:0{}.000").replace("&", "&amp;"),
    "a.srt": cues("{}: {}", "7\n00:00:0{},000 --> 00:00:0{},000"),
    "a.json": json.dumps([{"speaker": who, "text": text} for who, text in SAID]),
    "a.csv": "Speaker,Text\n" + "".join(f'"{who}","{text}"\n' for who, text in SAID),
    "a.html": "<html><body>" + "".join(f"<p>{escape(who)}: {text}</p>" for who, text in SAID) + "</body></html>",
    "a.docx": docx_bytes([f"{who}: {text}" for who, text in SAID]),
    "a.xlsx": xlsx_bytes([("Speaker", "Text"), *SAID]),
}


@pytest.mark.parametrize("name", sorted(FILES))
def test_pictures_and_signs_in_labels_come_through(tmp_path: Path, name: str) -> None:
    content = FILES[name]
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    (transcript,) = read_source(Source(path=str(tmp_path / name), name=name, id="x"))
    assert [(t.speaker, transcript.turn_text(t)) for t in transcript.turns] == list(SAID)
    assert {t.speaker: t.role for t in transcript.turns} == {ASKER: "interviewer", TELLER: "participant"}


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><b>Ben</b>', "{{ 7 * 7 }}"])
def test_markup_in_labels_stays_text_in_the_report(tmp_path: Path, label: str) -> None:
    turns = [("Anna", "What did you do then?"), (label, "I was worried that the lock would freeze again, so I bought a new one.")] * 3
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_text(json.dumps([{"speaker": who, "text": text} for who, text in turns]), encoding="utf-8")
    config = Config(tag=TagConfig(model=Path("lexicon")), embed=EmbedConfig(model="hashing"))
    analysis = load(config).run(tmp_path / "in")
    assert {t.speaker for t in analysis.transcripts[0].turns} == {"Anna", label}
    analysis.save(tmp_path / "out")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    for markup in ("<script>alert", "<img src=x", "<b>Ben", ">49<"):
        assert markup not in page
