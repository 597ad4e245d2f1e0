"""How many spoiled outputs `jtbd verify` refuses, and how many untouched ones it accepts.

usage: python benchmarks/tampering.py OUT [--bytes 1000] [--forged 500] [--untouched 100 --interviews FOLDER...] [--seed 0] [--json FILE]

OUT is a folder that `jtbd run` wrote; copies of it are spoiled in two ways. `bytes`: one byte of one file is changed, added or taken away.
`forged`: one span, quote, id, reference, count or transcript is changed to something that is not so, and the manifest is rewritten to fit.
`untouched`: so many outputs are written, each over other interviews of the FOLDERs, from two to twelve of them, whole or their beginnings,
every fifth with stand-ins for names, with the lexicon tagger and the hashing embedder, and none may be refused.
Exit code 1 where a spoiled one got through or an untouched one was refused.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jtbd_nlp.verify import verify
from jtbd_nlp.verify.claims import evidence_in


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--bytes", type=int, default=1000)
    parser.add_argument("--forged", type=int, default=500)
    parser.add_argument("--untouched", type=int, default=0)
    parser.add_argument("--interviews", type=Path, nargs="+", default=[])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, default=None, help="file for the figures")
    args = parser.parse_args()
    rng = random.Random(args.seed)
    figures: dict[str, Any] = {}
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(args.out, Path(place) / "out"))
        first = verify(folder)
        if not first.ok:
            sys.exit(f"{args.out} is refused as it is: {first.findings[0].file}: {first.findings[0].what}")
        through = [f"byte: {what}" for _ in range(args.bytes) if (what := spoil_a_byte(folder, rng))]
        figures["one byte changed"] = {"tried": args.bytes, "refused": args.bytes - len(through)}
        forged = [forge(folder, rng) for _ in range(args.forged)]
        tried = dict(sorted(Counter(kind for kind, _ in forged).items()))
        figures["forged, manifest rewritten"] = {
            "tried": len(forged),
            "refused": sum(not accepted for _, accepted in forged),
            "kinds": tried,
        }
        wrong += [*through, *(f"forged: {kind}" for kind, accepted in forged if accepted)]
        if not verify(folder).ok:
            wrong.append("refused when everything was put back")
        outputs = untouched(args.untouched, args.interviews, Path(place), rng)
        figures["untouched"] = {"tried": len(outputs), "accepted": sum(o["accepted"] for o in outputs), "outputs": outputs}
        wrong += [f"untouched: {o}" for o in outputs if not o["accepted"]]
    for what, row in figures.items():
        print(f"{what}: " + ", ".join(f"{name} {value}" for name, value in row.items() if isinstance(value, int)))
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print("\n".join(wrong))
    sys.exit(bool(wrong))


def untouched(count: int, folders: list[Path], place: Path, rng: random.Random) -> list[dict[str, Any]]:
    """Write outputs and check each; what each was made of, and whether it was accepted."""
    if not count:
        return []
    from jtbd_nlp import load
    from jtbd_nlp.config import Config, EmbedConfig, TagConfig

    interviews = sorted(p for folder in folders for p in folder.rglob("*.txt"))
    pipeline = load(Config(tag=TagConfig(model=Path("lexicon")), embed=EmbedConfig(model="hashing")))
    done = []
    for number in range(count):
        given, out, key = place / f"in{number}", place / f"out{number}", place / f"key{number}.json" if number % 5 == 4 else None
        given.mkdir()
        lines = rng.choice([8, 16, 32, 10_000])
        for path in rng.sample(interviews, min(len(interviews), rng.randint(2, 12 if lines < 10_000 else 4))):
            words = path.read_text(encoding="utf-8").splitlines(keepends=True)[:lines]
            (given / f"{path.parent.parent.name}__{path.name}").write_text("".join(words), encoding="utf-8")
        analysis = pipeline.run(given, key=key)
        analysis.save(out)
        found = verify(out)
        counts = {name: len(getattr(analysis, name)) for name in ("transcripts", "statements", "themes", "outcomes", "jobs", "pathways")}
        done.append(
            {"pseudonymised": key is not None, **counts, "accepted": found.ok, "findings": [f"{f.file}: {f.what}" for f in found.findings]}
        )
        shutil.rmtree(out)
    return done


def spoil_a_byte(folder: Path, rng: random.Random) -> str:
    """Change a byte, check, and put it back; what was changed, where the change was accepted."""
    path = rng.choice(sorted(p for p in folder.rglob("*") if p.is_file()))
    whole = path.read_bytes()
    at = rng.randrange(len(whole))
    how = rng.choice(["changed", "changed", "changed", "added", "taken away"])
    middle = {"changed": bytes([whole[at] ^ rng.randrange(1, 256)]), "added": bytes([rng.randrange(256), whole[at]]), "taken away": b""}[
        how
    ]
    path.write_bytes(whole[:at] + middle + whole[at + 1 :])
    accepted = verify(folder).ok
    path.write_bytes(whole)
    return f"{path.name} {at} {how}" if accepted else ""


class Output:
    """The data of an output, to be changed."""

    def __init__(self, folder: Path) -> None:
        self.analysis = json.loads((folder / "analysis.json").read_text(encoding="utf-8"))
        self.rows = [json.loads(line) for line in (folder / "statements.jsonl").read_text(encoding="utf-8").splitlines()]
        self.said = {row["id"]: row["transcript"] for row in self.rows}

    def write(self, folder: Path) -> None:
        (folder / "analysis.json").write_text(json.dumps(self.analysis, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        lines = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in self.rows)
        (folder / "statements.jsonl").write_text(lines, encoding="utf-8")


def forge(folder: Path, rng: random.Random) -> tuple[str, bool]:
    """Change something, rewrite the manifest, check, and put it all back; what was changed, and whether it was accepted."""
    kept = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    kind = rng.choice(["a transcript", *FORGERIES])
    if kind == "a transcript":
        path = rng.choice(sorted((folder / "transcripts").iterdir()))
        text = path.read_text(encoding="utf-8")
        at = rng.randrange(len(text))
        path.write_bytes((text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]).encode("utf-8"))
    else:
        output = Output(folder)
        if not FORGERIES[kind](output, rng):
            return forge(folder, rng)
        output.write(folder)
    reseal(folder)
    accepted = verify(folder).ok
    for path, content in kept.items():
        path.write_bytes(content)
    return kind, accepted


def reseal(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "manifest.json")
    manifest["files"] = [{"name": p.relative_to(folder).as_posix(), "sha256": hashlib.sha256(p.read_bytes()).hexdigest()} for p in files]
    for seal in ("", None):
        manifest["seal"] = seal if seal is not None else hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
        (folder / "manifest.json").write_bytes((json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def move(record: dict[str, Any], rng: random.Random) -> bool:
    """Another span."""
    way = rng.choice([("start",), ("end",), ("start", "end")])
    step = rng.choice([-3, -2, -1, 1, 2, 3])
    for name in way:
        record[name] += step
    return True


def reword(record: dict[str, Any], name: str, rng: random.Random) -> bool:
    """Another letter."""
    text = record[name]
    at = rng.randrange(len(text))
    record[name] = text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]
    return True


def rename(record: dict[str, Any], rng: random.Random) -> bool:
    """Another id of the same form."""
    at = rng.randrange(2, len(record["id"]))
    record["id"] = record["id"][:at] + ("0" if record["id"][at] != "0" else "1") + record["id"][at + 1 :]
    return True


def swap(names: list[str], others: list[str], rng: random.Random) -> bool:
    """One of some ids becomes another that exists and is not among them."""
    free = [name for name in others if name not in names]
    if not names or not free:
        return False
    names[rng.randrange(len(names))] = rng.choice(free)
    return True


def any_evidence(output: Output, rng: random.Random) -> dict[str, Any]:
    return rng.choice(list(evidence_in(output.analysis)))


def any_named(output: Output, rng: random.Random) -> dict[str, Any]:
    return rng.choice([record for kind in ("themes", "outcomes", "jobs", "pathways") for record in output.analysis[kind]])


def strange_theme(output: Output, kind: str, rng: random.Random) -> bool:
    """A job or a pathway names a theme that none of its stories says."""
    groups = [group for group in output.analysis[kind] if group["themes"]]
    if not groups:
        return False
    group = rng.choice(groups)
    strange = [t["id"] for t in output.analysis["themes"] if not {output.said[at] for at in t["statements"]} & set(group["stories"])]
    return swap(group["themes"], strange or ["t_000000000000"], rng)


def strange_job(output: Output, rng: random.Random) -> bool:
    """A pathway serves a job that shares fewer of its stories."""
    if not output.analysis["pathways"]:
        return False
    pathway = rng.choice(output.analysis["pathways"])
    shared = {job["id"]: len(set(job["stories"]) & set(pathway["stories"])) for job in output.analysis["jobs"]}
    pathway["job"] = rng.choice([name for name, count in shared.items() if count < max(shared.values())] or ["j_000000000000"])
    return True


def one_more(record: dict[str, Any], name: str) -> bool:
    record[name] += 1
    return True


def of(output: Output, kind: str, rng: random.Random) -> dict[str, Any]:
    return rng.choice(output.analysis[kind] or [{}])


def ids(output: Output, kind: str) -> list[str]:
    return [record["id"] for record in output.analysis[kind]]


FORGERIES: dict[str, Callable[[Output, random.Random], bool]] = {
    "a statement's span": lambda o, r: move(r.choice(o.rows), r),
    "a statement's text": lambda o, r: reword(r.choice(o.rows), "text", r),
    "a statement's id": lambda o, r: rename(r.choice(o.rows), r),
    "a statement's turn": lambda o, r: one_more(r.choice(o.rows), "turn"),
    "a statement is gone": lambda o, r: bool(o.rows.pop(r.randrange(len(o.rows)))),
    "a quote's span": lambda o, r: move(any_evidence(o, r), r),
    "a quote": lambda o, r: reword(any_evidence(o, r), "quote", r),
    "a quote's statement": lambda o, r: (
        (e := any_evidence(o, r)).update(statement=r.choice([s for s in o.said if s != e["statement"]])) or True
    ),
    "a quote's sha256": lambda o, r: reword(any_evidence(o, r), "sha256", r),
    "an id": lambda o, r: rename(any_named(o, r), r),
    "a theme's statements": lambda o, r: swap(of(o, "themes", r)["statements"], list(o.said), r),
    "a theme's exemplars": lambda o, r: swap((t := of(o, "themes", r))["exemplars"], [s for s in o.said if s not in t["statements"]], r),
    "a theme's support": lambda o, r: one_more(of(o, "themes", r)["support"], "k"),
    "an unclustered statement": lambda o, r: swap(r.choice(list(o.analysis["unclustered"].values())), list(o.said), r),
    "an outcome's statement": lambda o, r: (
        bool(o.analysis["outcomes"])
        and ((x := of(o, "outcomes", r)).update(statement=r.choice([s for s in o.said if s != x["statement"]])) or True)
    ),
    "a story's outcomes": lambda o, r: swap(of(o, "stories", r)["outcomes"], ids(o, "outcomes"), r),
    "a story's themes": lambda o, r: swap(of(o, "stories", r)["themes"], ids(o, "themes"), r),
    "a story's forces": lambda o, r: one_more(of(o, "stories", r)["balance"], r.choice(["push", "pull", "anxiety", "habit"])),
    "a job's stories": lambda o, r: bool(o.analysis["jobs"]) and swap(of(o, "jobs", r)["stories"], list(set(o.said.values())), r),
    "a job's outcomes": lambda o, r: bool(o.analysis["jobs"]) and swap(of(o, "jobs", r)["outcomes"], ids(o, "outcomes"), r),
    "a job's themes": lambda o, r: strange_theme(o, "jobs", r),
    "a job's support": lambda o, r: bool(o.analysis["jobs"]) and one_more(of(o, "jobs", r)["support"], "k"),
    "a pathway's stories": lambda o, r: (
        bool(o.analysis["pathways"]) and swap(of(o, "pathways", r)["stories"], list(set(o.said.values())), r)
    ),
    "a pathway's themes": lambda o, r: strange_theme(o, "pathways", r),
    "a pathway's job": strange_job,
}


if __name__ == "__main__":
    main()
