"""Whatever the bytes are, reading gives a transcript whose offsets are true, or an InputError, and nothing else."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from read_study import BUILT, FIXTURES, docx_bytes, xlsx_bytes

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.errors import InputError
from jtbd_nlp.read import Source, read_source, transcript_from_text
from jtbd_nlp.read.api import transcripts_of
from jtbd_nlp.read.pieces import Unreadable
from jtbd_nlp.read.registry import READERS, reader_of
from jtbd_nlp.schema import Transcript

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def read_bytes(folder: Path, name: str, data: bytes) -> tuple[Transcript, ...] | str:
    """Transcripts, or the reason why not."""
    path = folder / name
    path.write_bytes(data)
    try:
        return read_source(Source(path=str(path), name=name, id=path.stem), ReadConfig(max_unpacked_bytes=5_000_000))
    except InputError as error:
        assert str(folder) not in str(error)
        return error.reason


def check(transcript: Transcript) -> None:
    """Turns are inside the text, trimmed, and hold no label of their own; the text can be written as UTF-8."""
    transcript.text.encode("utf-8")
    for turn in transcript.turns:
        said = transcript.text[turn.start : turn.end]
        assert said and said == said.strip()
    for mark in transcript.marks:
        assert 0 <= mark.start <= mark.end <= len(transcript.text) and mark.start_s <= mark.end_s


labels = st.sampled_from(
    ["Anna", "Interviewer", "Speaker 1", "SPK_0", "Q", "Ben O.", "anna", "Note", "http", "Дана", "[00:01] Anna", "**Bo**", "Bo (0:10)"]
)
talk = st.text(st.characters(codec="utf-8"), max_size=60)
lines = st.lists(
    st.builds(
        lambda a, c, b, e: a + c + b + e,
        labels,
        st.sampled_from([": ", ":", "\t", " "]),
        talk,
        st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\u2028"]),
    ),
    max_size=12,
)


@QUICK
@given(lines.map("".join) | st.text(max_size=300))
def test_any_text_keeps_true_offsets(text: str) -> None:
    try:
        transcript = transcript_from_text(text)
    except InputError:
        return
    check(transcript)
    assert transcript.text == text or transcript.marks or all(t.speaker in transcript.text for t in transcript.turns)


@QUICK
@given(st.binary(max_size=400), st.sampled_from([*READERS, "doc", "bin"]))
def test_any_bytes_under_any_ending(tmp_path: Path, data: bytes, ending: str) -> None:
    found = read_bytes(tmp_path, f"x.{ending}", data)
    for transcript in found if isinstance(found, tuple) else ():
        check(transcript)


@QUICK
@given(data=st.data(), name=st.sampled_from(sorted([p.name for p in FIXTURES.iterdir()])))
def test_damaged_fixtures(tmp_path: Path, data: st.DataObject, name: str) -> None:
    good = (FIXTURES / name).read_bytes()
    at = data.draw(st.integers(0, len(good)))
    length = data.draw(st.integers(0, 30))
    found = read_bytes(tmp_path, name, good[:at] + data.draw(st.binary(max_size=20)) + good[at + length :])
    for transcript in found if isinstance(found, tuple) else ():
        check(transcript)


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "found").iterdir()), ids=lambda p: p.name)
def test_what_the_fuzzer_found(path: Path) -> None:
    """Inputs that once broke a reader; the ending names it."""
    try:
        drafts = reader_of(path.suffix.removeprefix("."))(path.read_bytes(), ReadConfig())
        transcripts = transcripts_of(drafts, Source(path="x", name="x", id="x"), ReadConfig(), "")
    except Unreadable:
        return
    for transcript in transcripts:
        check(transcript)


@pytest.mark.parametrize("name", sorted(BUILT))
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_files_that_are_cut_off(tmp_path: Path, name: str, part: float) -> None:
    good = BUILT[name]()
    found = read_bytes(tmp_path, name, good[: int(len(good) * part)])
    assert name.endswith(".pdf") or isinstance(found, str)


@QUICK
@given(value=st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8), lambda x: st.lists(x, max_size=4) | st.dictionaries(
    st.sampled_from(["segments", "text", "start", "end", "speaker", "words", "word", "results", "items", "alternatives", "content", "type", "monologues", "elements",
                     "value", "ts", "utterances", "channels", "transcript", "speakers", "id", "name", "audio_url", "transcription", "offsets", "from", "to"]), x, max_size=5), max_leaves=25))  # fmt: skip
def test_json_of_any_shape(value: object) -> None:
    try:
        drafts = reader_of("json")(json.dumps(value).encode(), ReadConfig())
    except Unreadable:
        return
    assert len(drafts) == 1


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty file"),
        ("blank.txt", b" \n\t\r\n", "white space"),
        ("bom.txt", b"\xff\xfe", "white space"),
        ("program.txt", b"\x7fELF\x02\x01\x01" + bytes(200), "program"),
        ("noise.txt", bytes(range(256)) * 20, "not text"),
        ("video.txt", b"\x00\x00\x00\x20ftypisom" + bytes(200), "video"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(200), "Save it as .docx"),
        ("broken.docx", b"PK\x03\x04" + b"rubbish" * 20, "broken"),
        ("renamed.docx", b"Anna: Hello?\nBen: Hi.\n", "broken"),
        ("broken.json", b'{"segments": [', "not JSON"),
        ("other.json", b'{"a": 1}', "no known recogniser"),
        ("deep.json", b"[" * 100_000, "JSON"),
        ("prose.txt", b"We met on a Tuesday and she told me about the lock.\nIt was cold.\n", "no speakers"),
        ("scan.pdf", b"%PDF-1.4\n%rubbish", "broken"),
        ("half.vtt", b"WEBVTT\n\n00:00:01.000 --> ", "no captions"),
        ("table.csv", b"a,b\n1,2\n", "no column"),
        ("page.html", b"<!doctype html><html><body><p>Welcome to our shop.</p></body></html>", "no speakers"),
    ],
)
def test_what_cannot_be_used_says_why(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    found = read_bytes(tmp_path, name, data)
    assert isinstance(found, str) and reason in found


def zip_of(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_document(xml: bytes) -> bytes:
    """A Word file with another main part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx_bytes(["Anna: Hi?"]))) as good, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bad:
        for member in good.namelist():
            bad.writestr(member, xml if member == "word/document.xml" else good.read(member))
    return buffer.getvalue()


def test_zip_bombs_are_not_unpacked(tmp_path: Path) -> None:
    bomb = with_document(b"<w:document>" + b" " * 50_000_000 + b"</w:document>")
    found = read_bytes(tmp_path, "bomb.docx", bomb)
    assert isinstance(found, str) and "max_unpacked_bytes" in found


@pytest.mark.parametrize("kind", ["docx", "odt", "xlsx"])
def test_entity_bombs_do_not_go_off(tmp_path: Path, kind: str) -> None:
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "Anna: lol "}">' for i in range(12))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><x>&a11;</x>'.encode()
    if kind == "docx":
        data = with_document(xml)
    elif kind == "odt":
        data = zip_of({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": xml})
    else:
        data = zip_of({"xl/workbook.xml": xml, "[Content_Types].xml": xml})
    assert isinstance(read_bytes(tmp_path, f"bomb.{kind}", data), str)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "Anna: " + "b" * 1_000_000,
        ("Anna: " + "b " * 200 + "\nBen: yes\n") * 2_000,
        ":" * 500_000,
        "(" * 500_000,
        "Anna " * 200_000,
        "[00:01] " * 100_000,
        "**" * 300_000,
        "\n".join("> " * 70 + "a" for _ in range(5_000)),
        "- " * 300_000,
        "00:00:01 --> " * 60_000,
        " \t" * 400_000 + "x",
        "Anna: " + "0" * 500_000 + ":",
        "\n" * 500_000 + "Anna: hi\n" * 3,
    ],
)
def test_long_lines_and_many_lines_end(text: str) -> None:
    """No regular expression may take time that grows faster than the text: each of these is a megabyte at most."""
    try:
        check(transcript_from_text(text))
    except InputError as error:
        assert error.reason


@pytest.mark.parametrize("kind", ["webvtt", "srt", "rtf", "html", "csv"])
@pytest.mark.parametrize("unit", ["1\n", "<", "<v a", "00:00:01.000 --> ", "{\\rtf1 ", '"', "\\'e9", "&amp;", "<p>", "- "])
def test_readers_end_on_repetition(kind: str, unit: str) -> None:
    head = {
        "webvtt": "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n",
        "srt": "1\n00:00:01,000 --> 00:00:02,000\n",
        "rtf": "{\\rtf1 ",
        "html": "<html><body>",
        "csv": "Speaker,Text\n",
    }
    data = (head[kind] + unit * (100_000 // len(unit))).encode()
    try:
        reader_of(kind)(data, ReadConfig())
    except Unreadable as error:
        assert str(error)


def reason_of(kind: str, data: bytes, **limits: int) -> str:
    """Why a reader does not take these bytes with these limits; empty where it does."""
    try:
        reader_of(kind)(data, ReadConfig.model_validate(limits))
    except Unreadable as error:
        return str(error)
    return ""


@pytest.mark.parametrize("kind", ["docx", "odt", "xlsx"])
def test_more_tags_than_are_allowed_are_not_parsed(kind: str) -> None:
    data = BUILT[{"docx": "free.docx", "odt": "free.odt", "xlsx": "utterances.xlsx"}[kind]]()
    assert reason_of(kind, data) == ""
    assert "read.max_tags = 10" in reason_of(kind, data, max_tags=10)


def test_more_paragraphs_than_are_allowed() -> None:
    assert "read.max_lines = 10" in reason_of("docx", docx_bytes(["Anna: a", "Ben: b"] * 8), max_lines=10)


def test_a_sheet_that_claims_to_be_huge_costs_nothing() -> None:
    """A row number and a dimension are claims: what lies between is not made, and columns beyond the limit are not read."""
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>'
        b'<row r="1"><c t="inlineStr"><is><t>Speaker</t></is></c></row><row r="1048576"><c t="inlineStr"><is><t>Anna</t></is></c></row>'
        b"</sheetData></worksheet>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes([["a"]]))) as good, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bad:
        for member in good.namelist():
            bad.writestr(member, sheet if member == "xl/worksheets/sheet1.xml" else good.read(member))
    assert "read.max_rows = 1,000" in reason_of("xlsx", buffer.getvalue(), max_rows=1_000)


@pytest.mark.parametrize(
    ("setting", "most", "expected"), [("max_interviews", 3, "a file of 4 interviews"), ("max_lines", 7, "a file of 8 questions")]
)
def test_more_interviews_than_are_allowed(tmp_path: Path, setting: str, most: int, expected: str) -> None:
    path = tmp_path / "survey.csv"
    path.write_text("id,What happened?\n" + "".join(f"R{n},I was late for work again.\n" for n in range(4)), encoding="utf-8")
    source = Source(path=str(path), name=path.name, id=path.stem)
    assert len(read_source(source, ReadConfig.model_validate({setting: most + 1}))) == 4
    with pytest.raises(InputError, match=f"{expected}.*expected at most read.{setting} = {most}.*Split the file"):
        read_source(source, ReadConfig.model_validate({setting: most}))


def test_an_interview_of_a_table_knows_its_own_speakers_alone() -> None:
    """Not those of all rows, which would take a time that grows with the square of their number."""
    table = "participant,text\n" + "".join(f"R{n},I was late again.\n" for n in range(5))
    assert [[h.speaker for h in draft.hints] for draft in reader_of("csv")(table.encode(), ReadConfig())] == [[f"R{n}"] for n in range(5)]


def test_columns_beyond_the_limit_are_not_read() -> None:
    table = ("Speaker,Text,More\n" + "Anna,What is it?,no\nBen,A lock.,no\n").encode()
    assert reason_of("csv", table, max_columns=2) == ""
    assert "no column" in reason_of("csv", table, max_columns=1)


def test_what_a_pdf_may_draw_is_bounded() -> None:
    data = BUILT["text_layer.pdf"]()
    assert reason_of("pdf", data, max_instructions=1_000) == ""
    assert "read.max_instructions = 20" in reason_of("pdf", data, max_instructions=20)


def test_forms_within_forms_are_counted_each_time() -> None:
    from benchmarks.hostile_makers import pdf

    forms = [b"/F1 Do " * 50, b"/F2 Do " * 50, b"BT /A 9 Tf (a) Tj ET"]
    assert "read.max_instructions" in reason_of("pdf", pdf(lambda _: b"/F0 Do " * 50, forms)(0), max_instructions=2_000)


def test_lists_within_lists_come_out_in_their_order() -> None:
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text", "table"))
    deep = "<text:list><text:list-item>" * 50 + "<text:p>Anna: What?</text:p>" + "</text:list-item></text:list>" * 50
    body = f"{deep}<text:p>Ben: A<text:line-break/>lock<text:tab/>it<text:s text:c='2'/>was.<text:note>no</text:note></text:p>"
    xml = f"<office:document-content{names}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    data = zip_of({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": xml.encode()})
    (draft,) = reader_of("odt")(data, ReadConfig())
    assert [(p.speaker, p.text) for p in draft.pieces] == [("Anna", "What?"), ("Ben", "A\nlock\tit  was.")]


def test_what_word_marks_as_inserted_is_said_and_what_it_marks_as_deleted_is_not() -> None:
    def run(text: str, tag: str = "t") -> str:
        return f"<w:r><w:{tag}>{text}</w:{tag}></w:r>"

    body = f"<w:p>{run('Anna: What')}<w:ins>{run(' then')}</w:ins><w:del>{run(' now', 'delText')}</w:del>{run('?')}</w:p>"
    body += f"<w:sdt><w:sdtContent><w:p>{run('Ben: A')}<w:hyperlink>{run(' lock')}</w:hyperlink><w:r><w:br/></w:r>{run('froze.')}</w:p></w:sdtContent></w:sdt>"
    xml = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    (draft,) = reader_of("docx")(with_document(xml.encode()), ReadConfig())
    assert [(p.speaker, p.text) for p in draft.pieces] == [("Anna", "What then?"), ("Ben", "A lock\nfroze.")]


def test_links_in_rich_text_are_read_as_their_words() -> None:
    """Without the expression of the parser that takes forever on many of them."""
    link = '{\\field{\\*\\fldinst{HYPERLINK "http://a.example"}}{\\fldrslt the lock}}'
    (draft,) = reader_of("rtf")(("{\\rtf1 Anna: What was it?\\par Ben: I bought " + link + " there.\\par }").encode(), ReadConfig())
    assert [(p.speaker, p.text) for p in draft.pieces] == [("Anna", "What was it?"), ("Ben", "I bought the lock there.")]
    bait = "{\\rtf1 " + '{\\field{\\*\\fldinst{HYPERLINK "' * 30_000
    assert "no speakers" in reason_of("rtf", bait.encode())
    assert "no speakers" in reason_of("rtf", ("{\\rtf1{\\fonttbl" + "\\f0" * 300_000 + "}}").encode())


def test_a_sheet_that_claims_to_be_small_is_read_to_its_end() -> None:
    from benchmarks.hostile_makers import book_of, cell

    rows = "".join(
        f"<row>{cell(who)}{cell(text)}</row>"
        for who, text in [("Speaker", "Text"), ("Anna", "What?"), ("Ben", "A lock."), ("Anna", "Why?")]
    )
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1"/><sheetData>{rows}</sheetData></worksheet>'
    (draft,) = reader_of("xlsx")(book_of(sheet.encode()), ReadConfig())
    assert [p.text for p in draft.pieces] == ["What?", "A lock.", "Why?"]
