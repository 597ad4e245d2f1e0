"""The interview that every fixture holds, and fixtures of formats that are not text, built after the layouts of the tools that write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read import Source, read_source
from jtbd_nlp.schema import Transcript

FIXTURES = Path(__file__).parent / "fixtures"
ASKER, TELLER = "Dana Whitfield", "Tomás Okafor"


@dataclass(frozen=True)
class Said:
    speaker: str
    text: str
    start_s: float
    end_s: float


STUDY = (
    Said(ASKER, "Thanks for taking the time. When did you first think about a new bike lock?", 4.0, 10.5),
    Said(TELLER, "It was in March. My old lock froze, and I stood there at the station for twenty minutes.", 11.0, 18.5),
    Said(ASKER, "What did you do then?", 19.0, 20.5),
    Said(TELLER, "I called my brother. I felt silly, honestly. 🚲 After that I began to look at locks online every evening.", 21.0, 29.0),
    Said(ASKER, "And what made you choose this one?", 30.0, 32.0),
    Said(TELLER, "It opens with my phone, so I don’t need a key in the cold. I was worried about the battery, though.", 33.0, 41.0),
)


def read_one(path: Path, config: ReadConfig | None = None) -> Transcript:
    (transcript,) = read_source(source_of(path), config or ReadConfig())
    return transcript


def source_of(path: Path) -> Source:
    return Source(path=str(path), name=path.name, id=path.stem)


def docx_bytes(paragraphs: Sequence[str], table: Sequence[Sequence[str]] = ()) -> bytes:
    import docx

    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        grid = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def short(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def teams_docx() -> bytes:
    """A turn is one paragraph: an empty line, name and time, the words, all with line breaks between."""
    head = ["Interview 7-20240312_100214-Meeting Recording", "March 12, 2024, 10:02AM", "0m 41s", f"\n{ASKER} started transcription\n"]
    return docx_bytes([*head, *(f"\n{s.speaker}   {short(s.start_s)}\n{s.text}" for s in STUDY), f"\n{ASKER} stopped transcription\n"])


def teams_old_docx() -> bytes:
    """The older layout: a paragraph with a range of times, the name and the words."""
    return docx_bytes([f"0:0:{s.start_s:.1f} --> 0:0:{s.end_s:.1f}\n{s.speaker}\n{s.text}" for s in STUDY])


def meet_docx() -> bytes:
    """Google Meet with notes: the notes come first, then a heading, time codes between paragraphs, and the tool's own words at the end."""
    notes = [
        "📝 Notes",
        "Mar 12, 2024",
        "Interview 7",
        "Summary",
        "Next step: Tomás sends a photo of the lock.",
        "Details",
        "Lock: froze in March.",
    ]
    said = [f"{s.speaker}: {s.text}" for s in STUDY]
    talk = ["00:00:00", *said[:3], "00:00:20", *said[3:], "Meeting ended after 00:00:41 👋"]
    footer = (
        "This editable transcript was computer generated and might contain errors. People can also change the text after it was created."
    )
    return docx_bytes([*notes, "📖 Transcript", "Mar 12, 2024", "Interview 7 - Transcript", *talk, footer])


def otter_docx() -> bytes:
    head = [
        "Interview with Tomás",
        "Tue, Mar 12, 2024 10:02AM • 0:41",
        "SUMMARY KEYWORDS",
        "lock, bike, key",
        "SPEAKERS",
        f"{ASKER}, {TELLER}",
    ]
    body = [p for s in STUDY for p in (f"{s.speaker}  00:{int(s.start_s):02d}", s.text)]
    return docx_bytes([*head, *body])


def rev_docx() -> bytes:
    return docx_bytes([p for s in STUDY for p in (f"{s.speaker} (00:{int(s.start_s):02d}):", s.text, "")])


def free_docx() -> bytes:
    return docx_bytes(["Interview 7: bike locks", "", *(f"{s.speaker}: {s.text}" for s in STUDY)])


def table_docx() -> bytes:
    return docx_bytes(["Interview 7"], [(f"00:00:{int(s.start_s):02d}", s.speaker, s.text) for s in STUDY])


def odt_bytes() -> bytes:
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text", "table"))
    lines = "".join(f"<text:p><text:span>{escape(s.speaker)}:</text:span><text:s/>{escape(s.text)}</text:p>" for s in STUDY)
    body = f"<office:body><office:text><text:h>Interview 7</text:h>{lines}</office:text></office:body>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml", f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}>{body}</office:document-content>'
        )
    return buffer.getvalue()


def pdf_bytes(lines: Sequence[str]) -> bytes:
    """A PDF of one page with a text layer, written by hand: cp1252 text, one line after the other."""
    shown = b" ".join(b"(" + _pdf_text(line) + b") Tj T*" for line in lines)
    stream = b"BT /F1 10 Tf 14 TL 40 780 Td " + shown + b" ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length " + str(len(stream)).encode() + b" >>\nstream\n" + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += str(number).encode() + b" 0 obj\n" + content + b"\nendobj\n"
    table = b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    start = str(len(out)).encode()
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n" + start + b"\n%%EOF\n"


def _pdf_text(line: str) -> bytes:
    data = line.replace(" 🚲", "").encode("cp1252")
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def study_pdf() -> bytes:
    """Lines as a page breaks them: a turn goes on over the next line."""
    lines = ["Interview 7", ""]
    for said in STUDY:
        words = said.text.split()
        half = len(words) // 2
        lines += [f"{said.speaker}: {' '.join(words[:half])}", " ".join(words[half:])]
    return pdf_bytes(lines)


def xlsx_bytes(rows: Sequence[Sequence[object]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def utterances_xlsx() -> bytes:
    return xlsx_bytes([("Speaker", "Start", "Text"), *((s.speaker, s.start_s, s.text) for s in STUDY)])


#: file name -> bytes, for the formats that are not text
BUILT = {
    "teams.docx": teams_docx,
    "teams_old.docx": teams_old_docx,
    "meet.docx": meet_docx,
    "otter.docx": otter_docx,
    "rev.docx": rev_docx,
    "free.docx": free_docx,
    "table.docx": table_docx,
    "free.odt": odt_bytes,
    "text_layer.pdf": study_pdf,
    "utterances.xlsx": utterances_xlsx,
}
