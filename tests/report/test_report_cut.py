"""Interviews are shown whole, however statements and turns lie."""

from __future__ import annotations

from hypothesis import given, strategies as st

from jtbd_nlp.report.cut import all_blocks
from jtbd_nlp.report.index import Index
from jtbd_nlp.schema import AnalysisRecord, Balance, Evidence, Quoted, Statement, Story, Transcript, Turn, statement_id


def _transcript(said: list[str]) -> Transcript:
    text, turns = "", []
    for place, words in enumerate(said):
        label = f"Speaker {place % 2}: "
        turns.append(
            Turn(index=place, speaker=label[:-2], role="participant", start=len(text) + len(label), end=len(text) + len(label) + len(words))
        )
        text += label + words + "\n"
    return Transcript(id="t", text=text, turns=tuple(turns))


@given(st.data())
def test_pieces_put_together_are_what_was_said(data: st.DataObject) -> None:
    said = data.draw(st.lists(st.text("ab \u202e<", max_size=12), min_size=1, max_size=4))
    transcript = _transcript(said)
    statements, loose = [], []
    for turn in transcript.turns:
        edges = sorted(data.draw(st.sets(st.integers(turn.start, turn.end), max_size=6)))
        statements += [(turn, a, b) for a, b in zip(edges[::2], edges[1::2], strict=False) if b > a]
    for _ in range(data.draw(st.integers(0, 3))):
        start = data.draw(st.integers(0, len(transcript.text) - 1))
        end = data.draw(st.integers(start + 1, len(transcript.text)))
        loose.append(Evidence(transcript="t", sha256=transcript.sha256, start=start, end=end, quote=transcript.text[start:end]))
    record = AnalysisRecord(
        transcripts=(transcript,),
        statements=tuple(
            Statement(
                id=statement_id("t", a, b), transcript="t", turn=turn.index, speaker=turn.speaker, start=a, end=b, text=transcript.text[a:b], tags={"push": 1.0}
            )
            for turn, a, b in statements
        ),
        stories=(Story(transcript="t", title="t", context=(Quoted(text="x", evidence=tuple(loose)),), balance=Balance(push=0, pull=0, anxiety=0, habit=0, score=0)),),
    )  # fmt: skip
    found = all_blocks(Index(record))["t"]
    turns = [block for block in found if block.turn is not None]
    assert ["".join(piece.text for piece in block.pieces) for block in turns] == said
    pieces = [piece for block in found for piece in block.pieces]
    assert sorted(p.anchor for p in pieces if p.anchor) == sorted("q-" + s.id for s in record.statements)
    assert sum(p.last for p in pieces) == len(record.statements)
    inside = [e for e in loose if any(t.start <= e.start < t.end for t in transcript.turns)]
    assert {spot for p in pieces for spot in p.spots} >= {Index(record).href(e)[1:] for e in inside}


def test_text_between_turns_is_shown_without_the_labels() -> None:
    text = "Recorded on a Monday\n\nAnna: Well.\n[a phone rings]\nBob: Yes."
    turns = (
        Turn(index=0, speaker="Anna", role="participant", start=text.index("Well"), end=text.index("Well") + 5),
        Turn(index=1, speaker="Bob", role="interviewer", start=text.index("Yes"), end=len(text)),
    )
    record = AnalysisRecord(transcripts=(Transcript(id="t", text=text, turns=turns),))
    shown = [("".join(p.text for p in block.pieces).strip(), block.turn is not None) for block in all_blocks(Index(record))["t"]]
    assert shown == [("Recorded on a Monday", False), ("Well.", True), ("[a phone rings]", False), ("Yes.", True)]
