"""JSON of AWS Transcribe, Deepgram, AssemblyAI and Rev."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from jtbd_nlp.read.formats.shapes import Found, at, items, name, text
from jtbd_nlp.read.pieces import Piece, Word, join_words
from jtbd_nlp.read.times import clean


def aws(value: Any) -> Found | None:
    """AWS Transcribe: `results.items`, one a word or a mark; speakers in the items or in `speaker_labels` by start time."""
    rows = items(value, "results", "items")
    if not rows or "alternatives" not in rows[0]:
        return None
    by_start = {
        str(item.get("start_time")): item.get("speaker_label") or segment.get("speaker_label")
        for segment in items(value, "results", "speaker_labels", "segments")
        for item in items(segment, "items")
    }
    words: list[Word] = []
    speaker: str | None = None
    for row in rows:
        best = items(row, "alternatives")
        said = text(best[0], "content") if best else ""
        if row.get("type") == "punctuation":
            if words:
                words[-1] = _longer(words[-1], said)
            continue
        speaker = name(row.get("speaker_label") or by_start.get(str(row.get("start_time")))) or speaker
        words.append(Word(speaker, f" {said}", clean(row.get("start_time")), clean(row.get("end_time"))))
    return Found(join_words(words), "aws-transcribe-json", text(value, "results", "language_code") or None)


def _longer(word: Word, more: str) -> Word:
    """A word with the punctuation that follows it."""
    return replace(word, text=word.text + more)


def deepgram(value: Any) -> Found | None:
    """Deepgram: `results.utterances`, else the words of the first alternative of each channel."""
    channels = items(value, "results", "channels")
    utterances = items(value, "results", "utterances")
    if not channels and not utterances:
        return None
    language = next((text(c, "detected_language") for c in channels), "") or None
    if utterances and any("transcript" in u for u in utterances):
        several = len({str(u.get("channel")) for u in utterances}) > 1
        pieces = [p for u in utterances for p in _utterance(u, several)]
        return Found(tuple(pieces), "deepgram-json", language)
    words: list[Word] = []
    for number, channel in enumerate(channels):
        for alternative in items(channel, "alternatives")[:1]:
            words.extend(_words(items(alternative, "words"), f"Speaker {number}" if len(channels) > 1 else None))
            if not items(alternative, "words") and text(alternative, "transcript"):
                words.append(Word(f"Speaker {number}" if len(channels) > 1 else None, text(alternative, "transcript"), None, None))
    if len(channels) > 1:
        words.sort(key=lambda w: w.start_s if w.start_s is not None else 0.0)
    return Found(join_words(words), "deepgram-json", language)


def _utterance(utterance: dict[str, Any], several: bool) -> Sequence[Piece]:
    number = utterance.get("channel") if several else utterance.get("speaker")
    speaker = name(number, "Speaker ")
    words = items(utterance, "words")
    if words:
        return join_words(_words([{**w, "speaker": None} for w in words], speaker))
    return [Piece(speaker, text(utterance, "transcript"), clean(utterance.get("start")), clean(utterance.get("end")))]


def _words(rows: Sequence[dict[str, Any]], speaker: str | None, scale: float = 1.0) -> list[Word]:
    """Words with their own speaker, else the one given."""
    found = []
    for row in rows:
        said = text(row, "punctuated_word") or text(row, "word") or text(row, "text")
        found.append(
            Word(name(row.get("speaker"), "Speaker ") or speaker, f" {said}", clean(row.get("start"), scale), clean(row.get("end"), scale))
        )
    return found


def assemblyai(value: Any) -> Found | None:
    """AssemblyAI: `utterances` with `speaker` letters and times in milliseconds; without speakers, `words`."""
    if not isinstance(value, dict) or not (
        {"audio_url", "acoustic_model", "language_code", "audio_duration", "speech_model"} & value.keys()
    ):
        return None
    pieces: list[Piece] = []
    for utterance in items(value, "utterances"):
        speaker = name(utterance.get("speaker"), "Speaker ")
        words = items(utterance, "words")
        if words:
            pieces.extend(join_words(_words([{**w, "speaker": None} for w in words], speaker, 0.001)))
        else:
            pieces.append(Piece(speaker, text(utterance, "text"), clean(utterance.get("start"), 0.001), clean(utterance.get("end"), 0.001)))
    if not pieces:
        pieces.extend(join_words(_words(items(value, "words"), None, 0.001)))
    if not pieces and text(value, "text"):
        pieces.append(Piece(None, text(value, "text")))
    return Found(tuple(pieces), "assemblyai-json", text(value, "language_code") or None) if pieces else None


def rev(value: Any) -> Found | None:
    """Rev and Rev AI: `monologues` of `elements`; names in `speakers` where people gave them."""
    monologues = items(value, "monologues")
    if not monologues:
        return None
    names = {str(s.get("id")): text(s, "name") for s in items(value, "speakers")}
    words: list[Word] = []
    for monologue in monologues:
        number = monologue.get("speaker")
        given = names.get(str(number))
        speaker = given or text(at(monologue, "speaker_info"), "display_name") or name(number, "Speaker ")
        for element in items(monologue, "elements"):
            said = text(element, "value")
            if element.get("type") == "punct" and words and words[-1].speaker == speaker:
                words[-1] = _longer(words[-1], said)  # spaces too
            else:
                words.append(Word(speaker, said, clean(element.get("ts")), clean(element.get("end_ts"))))
    return Found(join_words(words), "rev-json", text(value, "language") or None)


SHAPES: Final = (aws, deepgram, rev, assemblyai)
