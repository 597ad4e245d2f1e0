"""What cannot be used says what was got, what is allowed, and what to do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from jtbd_nlp import read
from jtbd_nlp.read.pieces import Unreadable, over_limit, refusal

ROOM = Path(read.__file__).parent
#: the three parts of a message and how many of the arguments hold them
PARTS = {"Unreadable": 3, "refusal": 3, "over_limit": 4}
#: what a sentence that tells somebody to do something begins with
ORDERS = {
    "Check",
    "Correct",
    "Export",
    "Add",
    "Name",
    "Split",
    "Save",
    "Translate",
    "Have",
    "Leave",
    "Mend",
    "Rename",
    "Open",
    "Unpack",
    "Take",
}


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every place of this room at which a refusal is written."""
    for path in sorted(ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PARTS:
                yield f"{path.relative_to(ROOM)}:{node.lineno}", node


CALLS = list(calls())


@pytest.mark.parametrize("call", [node for _, node in CALLS], ids=[place for place, _ in CALLS])
def test_every_refusal_has_its_three_parts(call: ast.Call) -> None:
    assert isinstance(call.func, ast.Name)
    given = call.args[0].value.elts if isinstance(call.args[0], ast.Starred) and isinstance(call.args[0].value, ast.Tuple) else call.args
    assert len(given) == PARTS[call.func.id] and not call.keywords
    if call.func.id != "over_limit" and isinstance(given[2], ast.Constant):
        order = given[2].value
        assert order.split()[0] in ORDERS and not order.endswith(".")


def test_what_is_told_in_tables_of_reasons_is_an_order_too() -> None:
    from jtbd_nlp.read import sniff

    assert {do.split()[0] for _, _, do in sniff._MAGIC} <= ORDERS


def test_how_a_refusal_reads() -> None:
    assert refusal("an empty file", "a transcript", "Leave it out") == "an empty file; expected a transcript. Leave it out."
    assert str(Unreadable("a", "b", "Check c")) == "a; expected b. Check c."
    assert str(over_limit("a PDF of 3,000 pages", "max_pages", 2000, "pages")) == (
        "a PDF of 3,000 pages; expected at most read.max_pages = 2,000 pages. Split the file, or raise the limit in the config."
    )


def test_no_reason_is_given_in_another_way() -> None:
    """A Problem's reason in this room is a refusal or the name of one."""
    for path in sorted(ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem":
                (reason,) = (k.value for k in node.keywords if k.arg == "reason")
                assert not isinstance(reason, ast.Constant | ast.JoinedStr), f"{path.name}:{node.lineno}"


def test_every_reason_that_tests_see_has_the_form(tmp_path: Path) -> None:
    form = re.compile(r"[^;]+; expected [^.].*\. [A-Z][^.]*\.$", re.DOTALL)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "talk.mp3").write_bytes(b"ID3")
    (tmp_path / "prose.txt").write_text("It was cold that day.\n")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    found = read.discover([tmp_path, tmp_path / "absent"])
    reasons = [p.reason for p in found.problems] + [c.problem for c in read.check_sources(found.sources)]
    assert len(reasons) == 5
    for reason in reasons:
        assert reason and form.match(reason)
