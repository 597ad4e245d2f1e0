"""Inputs of about a given size that are made to keep a reader busy: reader -> name -> what makes one."""

from __future__ import annotations

from typing import Final

from benchmarks.hostile_makers import SHEET, Maker, book_of, cell, cues, docx, nested, nested_json, odt, over, pdf, stamp, words, xlsx

TEXT: Final[dict[str, Maker]] = {
    "one line": over("a"),
    "one turn": over("b ", "Anna: "),
    "turns of one word": over("Anna: a\nBen: b\n"),
    "a label over and over in a line": over("Anna: ", "Ben: x\nAnna: y\n"),
    "labels in mid-turn": over("yes. Anna: no. Ben: ", "Ben: x\nAnna: y\n"),
    "a label a line, each another": over("Name{n}: a\n"),
    "full names, each another": over("Anna B{n}: a\n"),
    "names on lines of their own": over("Anna Lee\nyes\n\nBen Oak\nno\n\n"),
    "headers with times": over("Anna Lee  0:01\nyes\n\nBen Oak  0:02\nno\n\n"),
    "headers of a chat": over("00:00:01 From Anna to Everyone:\n"),
    "colons": over(":"),
    "brackets": over("("),
    "stars": over("**"),
    "quotes of quotes": over("> " * 70 + "a\n"),
    "ranges of times": over("00:00:01 --> "),
    "spaces": over(" \t", tail="x"),
    "empty lines": over("\n", tail="Anna: hi\n" * 3),
    "line ends of all kinds": over("a\r\n\v\f\u2028\x85"),
    "a question without end": over("so and but ", "Anna: ", " what?\nBen: I do\n"),
    "questions": over("Anna: If we would you, don't you, what would?\nBen: I do.\n"),
    "wishes without end": over("if we ", "Anna: ", "?\nBen: I do.\n"),
    "foreign turns": over(
        "Anna: el candado se había congelado otra vez y yo me quedé veinte minutos\nBen: the of and to in it is was for\n"
    ),
    "combining marks": over("e\u0301\u0302\u0303", "Anna: "),
    "a heading over and over": over("Transcript\nAnna: a\n"),
}
_LABELLED: Final = {
    "one caption": "a " * 400_000,
    "labels": "Anna: a",
    "labels, each another": "Name{n}: a",
    "the line before again": "a\na",
}
_WEBVTT, _SRT, _SBV = ("WEBVTT\n\n", "{a} --> {b}\n"), ("", "{n}\n{c} --> {d}\n"), ("", "{a},{b}\n")


def captions(head: str, form: str) -> dict[str, Maker]:
    made = {name: cues(text, head, form) for name, text in _LABELLED.items()}
    begin = head + form.format(n=1, a=stamp(0), b=stamp(1), c=stamp(0, ","), d=stamp(1, ","))
    baits = {
        "tags that open": "<",
        "voices that open": "<v a",
        "voices": "<v Anna>a",
        "references": "&amp;",
        "arrows": "00:00:01.000 --> ",
        "lines": "a\n",
    }
    return {**made, **{name: over(unit, begin) for name, unit in baits.items()}}


_P: Final = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
_TP: Final = "<text:p>{}</text:p>"
INPUTS: Final[dict[str, dict[str, Maker]]] = {
    "text": TEXT,
    "markdown": {name: TEXT[name] for name in ("turns of one word", "stars", "quotes of quotes", "a label over and over in a line")}
    | {"headings": over("# a\n"), "labels with stars": over("**Anna:** a\n\n**Ben:** b\n\n"), "lists": over("- " * 50 + "a\n")},
    "webvtt": captions(*_WEBVTT) | {"notes": over("NOTE a\n\n", "WEBVTT\n\n"), "styles": over("STYLE\n::cue {\n", "WEBVTT\n\n")},
    "srt": captions(*_SRT),
    "sbv": captions(*_SBV),
    "docx": {
        "empty paragraphs": docx("<w:p/>"),
        "turns": docx(_P.format("Anna: a") + _P.format("Ben: b")),
        "one paragraph of many runs": docx("<w:r><w:t>a</w:t></w:r>", "<w:p>", "</w:p>"),
        "line breaks": docx("<w:br/>", "<w:p><w:r>", "</w:r></w:p>"),
        "tables in tables": docx("", "<w:tbl><w:tr><w:tc>" * 4_000 + _P.format("Anna: a") + "</w:tc></w:tr></w:tbl>" * 4_000),
        "a row of many cells": docx("<w:tc>" + _P.format("a") + "</w:tc>", "<w:tbl><w:tr>", "</w:tr></w:tbl>"),
        "controls in controls": docx("", "<w:sdt><w:sdtContent>" * 100 + _P.format("Anna: a") + "</w:sdtContent></w:sdt>" * 100),
        "deletions": docx("<w:del><w:r><w:delText>a</w:delText></w:r></w:del>", "<w:p>", "</w:p>"),
        "text that unpacks to 60 MB": docx("a", "<w:p><w:r><w:t>", "</w:t></w:r></w:p>"),
        "paragraphs, as many as are allowed": docx(_P.format("Anna: a") + _P.format("Ben: b"), most=4_000_000),
    },
    "odt": {
        "empty paragraphs": odt("<text:p/>"),
        "turns": odt(_TP.format("Anna: a") + _TP.format("Ben: b")),
        "spans": odt("<text:span>a</text:span>", "<text:p>", "</text:p>"),
        "spaces": odt('<text:s text:c="99"/>', "<text:p>", "</text:p>"),
        "lists in lists": odt("", "<text:list><text:list-item>" * 5_000 + "</text:list-item></text:list>" * 5_000),
        "paragraphs deep in lists": odt(_TP.format("Anna: a"), "<text:list><text:list-item>" * 95, "</text:list-item></text:list>" * 95),
        "rows": odt(
            "<table:table-row><table:table-cell>" + _TP.format("a") + "</table:table-cell></table:table-row>",
            "<table:table>",
            "</table:table>",
        ),
        "text that unpacks to 60 MB": odt("a", "<text:p>", "</text:p>"),
        "paragraphs, as many as are allowed": odt(_TP.format("Anna: a") + _TP.format("Ben: b"), most=2_300_000),
    },
    "xlsx": {
        "rows": xlsx(f"<row>{cell('Anna')}{cell('a')}</row>", f"<row>{cell('Speaker')}{cell('Text')}</row>"),
        "rows, as many as are allowed": xlsx(
            f"<row>{cell('Anna')}{cell('a')}</row>", f"<row>{cell('Speaker')}{cell('Text')}</row>", most=6_000_000
        ),
        "a sheet that claims to be huge": xlsx("", f"<row>{cell('Speaker')}</row>", dimension="A1:XFD1048576"),
        "a row that claims to be far down": xlsx(
            "", f'<row r="1">{cell("Speaker")}</row><row r="1048576">{cell("a")}</row>', dimension="A1:XFD1048576"
        ),
        "empty cells": xlsx("<c/>", "<row>", "</row>"),
        "empty cells, as many as are allowed": xlsx("<c/>", "<row>", "</row>", most=3_900_000),
        "cells of one row": xlsx(cell("a b c d e"), "<row>", "</row>"),
        "cells": xlsx(f"<row>{cell('a b c d e') * 20}</row>", most=5_000_000),
        "cells, as many as are allowed": xlsx(f"<row>{cell('a b c d e') * 20}</row>", most=2_300_000),
        "rows of one cell, as many as are allowed": xlsx(f"<row>{cell('a b c d e')}</row>", most=1_130_000),
        "shared strings": lambda size: book_of(
            f"<worksheet {SHEET}><sheetData><row><c t='s'><v>0</v></c></row></sheetData></worksheet>".encode(),
            f"<sst {SHEET}>{'<si><t>a</t></si>' * int(0.37 * size)}</sst>".encode(),
        ),
        "a string that unpacks to 60 MB": xlsx("a", "<row><c t='inlineStr'><is><t>", "</t></is></c></row>"),
        "formulas": xlsx("<c><f>A1+A1</f><v>1</v></c>", "<row>", "</row>"),
    },
    "rtf": {
        "groups that open": over("{", "{\\rtf1 "),
        "groups": nested("{\\b ", "}", "Anna: a", "{\\rtf1 ", "}"),
        "bytes": over("\\'e9", "{\\rtf1 Anna: ", "}"),
        "characters": over("\\u8364?", "{\\rtf1 Anna: ", "}"),
        "paragraphs": over("Anna: a\\par Ben: b\\par ", "{\\rtf1 ", "}"),
        "words": over("\\b", "{\\rtf1 ", "}"),
        "pictures that open": over("{\\pict ", "{\\rtf1 "),
        "pictures": over("{\\pict 00}", "{\\rtf1 ", "}"),
        "links that open": over('{\\field{\\*\\fldinst{HYPERLINK "', "{\\rtf1 "),
        "fonts": over("{\\f0\\fnil\\fcharset0 A;}", "{\\rtf1{\\fonttbl", "}}"),
        "links on one line": over('{\\field{\\*\\fldinst{HYPERLINK "a"}}{\\fldrslt a}}', "{\\rtf1 ", "}"),
        "fonts without an end": over("\\f0", "{\\rtf1{\\fonttbl", "}}"),
        "tables of fonts that open": over("{\\fonttbl{\\f0", "{\\rtf1 "),
        "long arguments": over("1", "{\\rtf1\\u", " }"),
        "stars": over("{\\*", "{\\rtf1 "),
        "rows": over("a\\cell\\row ", "{\\rtf1 ", "}"),
    },
    "html": {
        "tags that open": over("<", "<html><body>"),
        "paragraphs": over("<p>Anna: a<p>Ben: b", "<html><body>"),
        "blocks in blocks": nested("<div>", "</div>", "Anna: a", "<html><body>"),
        "tables in tables": nested("<table><tr><td>", "</td></tr></table>", "Anna: a", "<html><body>"),
        "rows": over("<tr><td>Anna<td>a", "<html><body><table>"),
        "cells of one row": over("<td>a", "<html><body><table><tr>"),
        "references": over("&amp;", "<html><body>"),
        "comments that open": over("<!--", "<html><body>"),
        "attributes": over(" a{n}=b", "<html><body><p"),
        "line breaks": over("<br>", "<html><body>"),
        "scripts": over("<script>a</script>", "<html><body>"),
    },
    "pdf": {
        "much text": pdf(lambda size: b"BT /A 9 Tf " + b"(Anna: a) Tj T* " * (size * 4) + b"ET"),
        "spaces": pdf(lambda size: b" " * (size * 15)),
        "text in small pieces": pdf(lambda size: b"BT /A 9 Tf " + b"(a) Tj 1 0 Td " * (size // 8) + b"ET"),
        "arrays": pdf(lambda size: b"BT /A 9 Tf [" + b"(a) 9 " * size + b"] TJ ET"),
        "arrays in arrays": pdf(lambda size: b"[" * (size // 2) + b"]" * (size // 2)),
        "forms within forms": pdf(
            lambda _: b"/F0 Do " * 10, [f"/F{i + 1} Do ".encode() * 10 for i in range(9)] + [b"BT /A 9 Tf (a) Tj ET"]
        ),
        "a form drawn over and over": pdf(lambda size: b"/F0 Do " * (size // 10), [b"BT /A 9 Tf (a) Tj ET"]),
        "a heavy form on every page": pdf(lambda _: b"/F0 Do ", [b"BT /A 9 Tf " + b"(a) Tj " * 20_000 + b"ET"], 1_500),
        "pages": pdf(lambda _: b"BT /A 9 Tf (Anna: a) Tj ET", pages=1_900),
        "more pages": pdf(lambda _: b"", pages=6_000),
        "states": pdf(lambda size: b"q " * (size * 4)),
        "objects": lambda size: (
            b"%PDF-1.4\n" + b"".join(f"{n} 0 obj\n<<>>\nendobj\n".encode() for n in range(size // 26)) + b"trailer << /Root 1 0 R >>"
        ),
        "wrong pointers": lambda size: b"%PDF-1.4\n" + b"startxref\n1\n%%EOF\n" * (size // 18),
    },
    "json": {
        "lists in lists": nested_json,
        "segments": over('{"text":"a","start":1,"end":2},', '{"segments":[', '{"text":"b"}]}'),
        "segments of speakers": over('{"speaker":"A{n}","text":"a"},', '{"segments":[', '{"text":"b"}]}'),
        "words": words,
        "words of one segment": over(
            '{"word":"a","speaker":"A"},{"word":"a","speaker":"B"},', '{"segments":[{"text":"a","words":[', '{"word":"b"}]}]}'
        ),
        "a long number": over("1", '{"segments":[{"text":"a","start":', "}]}"),
        "a long string": over("a ", '[{"speaker":"A","text":"', '"}]'),
        "escapes": over("\\ud83d", '[{"speaker":"A","text":"', '"}]'),
        "keys": over('"k{n}":1,', "{", '"a":1}'),
        "one key over and over": over('"segments":[],', "{", '"a":1}'),
    },
    "csv": {
        "turns": over("Anna,a\n", "Speaker,Text\n"),
        "columns": over("a b c d e,", "", "\n" + "a b c d e," * 1_000 + "\n"),
        "respondents": over("R{n},I was late for work again.\n", "id,What happened?\n"),
        "respondents, as many as are allowed": lambda size: over("R{n},I was late for work yet again.....\n", "id,What happened?\n")(
            int(0.8 * size)
        ),
        "highlights, each another's": over("R{n},late again\n", "participant,text\n"),
        "highlights, as many as are allowed": lambda size: over("R{n},I was late for work again, and he saw it\n", "participant,text\n")(
            int(0.95 * size)
        ),
        "one respondent over and over": over("R,I was late again.\n", "id,What happened?\n"),
        "quotes that open": over('"', "Speaker,Text\n"),
        "quotes": over('""', 'Speaker,Text\nAnna,"', '"\n'),
        "separators": over(",;\t|", "Speaker,Text\n"),
        "lines": over("\n", "Speaker,Text\nAnna,a"),
        "columns without talk": over(",", "a,b\n1,2\n"),
    },
}
