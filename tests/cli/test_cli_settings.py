"""What is said on the command line stands over the config file, and only that."""

from __future__ import annotations

from pathlib import Path

from jtbd_nlp.cli.settings import settings


def test_what_is_said_of_the_tagger_stands_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "study.toml"
    file.write_text('[tag]\nmodel = "fast"\noperating_point = "careful"\n[report]\ntitle = "Boilers"\n', encoding="utf-8")
    kept, said = settings(file), settings(file, tagger=Path("lexicon"), operating_point="balanced")
    assert (str(kept.tag.model), kept.tag.operating_point, kept.report.title) == ("fast", "careful", "Boilers")
    assert (str(said.tag.model), said.tag.operating_point, said.report.title) == ("lexicon", "balanced", "Boilers")
    assert settings(operating_point="careful").tag.operating_point == "careful"
