"""The bundled parts of spaCy's pipeline."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import spacy

from jtbd_nlp.parser import load_parser, source
from jtbd_nlp.weights import find


def test_the_parts_load_with_names_and_without() -> None:
    folder = find("spacy")
    assert {"tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"} == set(spacy.load(folder, exclude=["ner"]).pipe_names)
    doc = spacy.load(folder)("My name is Anna Smith and I live in Leeds.")
    assert {e.text for e in doc.ents} == {"Anna Smith", "Leeds"}


def test_the_parser_is_loaded_once_and_named_with_its_version() -> None:
    assert load_parser() is load_parser()
    assert source().startswith("en_core_web_sm 3.8.")


def test_no_file_of_the_parts_is_pickled() -> None:
    files = [path for path in find("spacy").rglob("*") if path.is_file()]
    assert len(files) > 15
    for path in files:
        head = path.read_bytes()[:2]
        assert not (head[:1] == b"\x80" and head[1:] and 2 <= head[1] <= 5), path.name
    assert np.load(Path(find("spacy")) / "vocab" / "vectors", allow_pickle=False).size == 0


def test_licences_are_beside_the_parts() -> None:
    assert "Permission is hereby granted" in (find("spacy") / "LICENSE").read_text(encoding="utf-8")
    assert "OntoNotes" in (find("spacy") / "LICENSES_SOURCES").read_text(encoding="utf-8")
