"""Builds an analysis by hand from stories coded inline, with the planted themes and pathways: what the report is designed against."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

from jtbd_nlp.schema import (
    DIMENSIONED,
    DIMENSIONS,
    FORCES,
    PHASES,
    STAGES,
    Alternative,
    AnalysisRecord,
    Balance,
    Event,
    Job,
    JobPhase,
    JobStatement,
    JobStory,
    Outcome,
    Pathway,
    Problem,
    Quoted,
    Quoter,
    Saturation,
    SaturationPoint,
    Statement,
    Story,
    Structure,
    Support,
    Theme,
    TimeRange,
    Transcript,
    Turn,
    content_id,
    statement_id,
    theme_id,
)

#: a market of the coded corpora, written for this project
STUDY = Path(__file__).resolve().parents[2] / "models" / "corpora" / "sleep"
#: a few of its stories: one with times, three pathways
FEW = ("s01", "s02", "s04", "s07")
_MARK = re.compile(r"<<([^:<>]*):\s*([^<>]*)>>")


def coded_transcript(name: str, marked: str, timed: bool = False) -> tuple[Transcript, list[tuple[Statement, str]]]:
    """The plain transcript of a story with inline marks, and its statements, each with its planted theme ('' where it has none)."""
    plain, spans, at = "", [], 0
    for mark in _MARK.finditer(marked):
        plain += marked[at : mark.start()]
        spans.append((len(plain), len(plain) + len(mark.group(2)), mark.group(1).split()))
        plain += mark.group(2)
        at = mark.end()
    plain += marked[at:]
    turns: list[Turn] = []
    start = 0
    labels = re.findall(r"^([^:\n]+): ", plain, flags=re.MULTILINE)
    participant = next(label for label in (*labels[1:], labels[0]) if label != labels[0] or len(set(labels)) == 1)
    for line in plain.split("\n"):
        speaker, colon, said = line.partition(": ")
        if colon:
            index, seconds = len(turns), 31.0 * len(turns)
            begin = start + len(speaker) + 2
            role = "participant" if speaker == participant else "interviewer"
            time = TimeRange(start_s=seconds, end_s=seconds + 30) if timed else None
            turns.append(Turn(index=index, speaker=speaker, role=role, start=begin, end=begin + len(said), time=time))
        start += len(line) + 1
    transcript = Transcript(id=name, text=plain, turns=tuple(turns), source=f"{name}.txt")
    out = []
    for a, b, head in spans:
        turn = next(t for t in turns if t.start <= a < t.end)
        rest = head[1:]
        when = transcript.time_of(a, b)
        statement = Statement(
            id=statement_id(name, a, b), transcript=name, turn=turn.index, speaker=turn.speaker, start=a, end=b, text=plain[a:b],
            tags=dict.fromkeys(head[0].split("+"), 0.9),  # type: ignore[misc]
            dimension=next((w for w in rest if w in DIMENSIONS), None),  # type: ignore[arg-type]
            stage=next((w for w in rest if w in STAGES), None),  # type: ignore[arg-type]
            phase=next((w for w in rest if w in PHASES), None),  # type: ignore[arg-type]
            time=(when.start_s, when.end_s) if when else None,
        )  # fmt: skip
        out.append((statement, next((w for w in rest if w not in (*DIMENSIONS, *STAGES, *PHASES)), "")))
    return transcript, out


class _Builder:
    def __init__(self, market: dict, coded: list[tuple[Transcript, list[tuple[Statement, str]]]], grouped: bool) -> None:
        self.market, self.grouped = market, grouped
        self.transcripts = tuple(t for t, _ in coded)
        self.statements = [s for _, rows in coded for s, _ in rows]
        self.quoter = Quoter.over(self.transcripts)
        members: dict[str, list[Statement]] = defaultdict(list)
        for _, rows in coded:
            for statement, planted in rows:
                if planted in market["themes"] and market["themes"][planted]["tag"] in statement.tags:
                    members[planted].append(statement)
        self.themes = [self._theme(code, rows) for code, rows in sorted(members.items()) if len(rows) > 1]
        home = {s: (t.tag, t.id) for t in self.themes for s in t.statements}
        self.statements = [s.model_copy(update={"themes": dict([home[s.id]])}) if s.id in home else s for s in self.statements]
        self.by_story = {t.id: [s for s in self.statements if s.transcript == t.id] for t in self.transcripts}
        self.outcomes = [self._outcome(s) for s in self.statements if "outcome" in s.tags]
        self.n = len(self.transcripts)

    def _theme(self, code: str, rows: list[Statement]) -> Theme:
        ids = tuple(sorted(s.id for s in rows))
        tag = self.market["themes"][code]["tag"]
        heard = len({s.transcript for s in rows})
        return Theme(
            id=theme_id(tag, ids), tag=tag, title=self.market["themes"][code]["text"], title_evidence=(self.quoter.evidence(rows[0]),),
            statements=ids, exemplars=tuple(s.id for s in rows[:3]), support=Support(k=heard, n=len(self.transcripts)),
            stability=round(0.4 + 0.05 * min(12, len(rows)), 2), dimension=rows[0].dimension,
            stage=Counter(s.stage or "none" for s in rows).most_common(1)[0][0],
        )  # fmt: skip

    def _outcome(self, s: Statement) -> Outcome:
        words = s.text.split()
        evidence = self.quoter.evidence(s)
        common = {"id": content_id("o", (s.id,)), "statement": s.id, "transcript": s.transcript, "evidence": evidence}
        if s.dimension == "functional" and len(words) > 6:
            slot = Quoted(text=" ".join(words[-4:]).strip(".,"), evidence=(evidence,))
            return Outcome(
                form="functional", text=f"Minimize the time it takes to {slot.text}", direction=Quoted(text="Minimize", evidence=(evidence,)),
                metric=Quoted(text="the time it takes to", evidence=(evidence,)), object_of_control=slot, lint=("vague_metric",), **common,
            )  # fmt: skip
        return Outcome(form="quote", text=s.text, **common)

    def said(self, rows: list[Statement], tag: str, stage: str | None = None) -> tuple[Quoted, ...]:
        return tuple(self.quoter.quoted(s) for s in rows if tag in s.tags and (stage is None or s.stage == stage))

    def _as_quoted(self, text: str, rows: list[Statement]) -> Quoted:
        return Quoted(text=text, evidence=tuple(self.quoter.evidence(s) for s in rows[:1]))

    def story(self, t: Transcript) -> Story:
        rows, meta = self.by_story[t.id], next(m for m in self.market["stories"] if m["id"] == t.id)
        order = sorted(range(len(rows)), key=lambda i: (STAGES.index(rows[i].stage or "none"), i))
        counts = {force: sum(force in s.tags for s in rows) for force in FORCES}
        total = sum(counts.values())
        score = (counts["push"] + counts["pull"] - counts["anxiety"] - counts["habit"]) / total if total else 0.0
        hired = [s for s in rows if "hire" in s.tags or "pull" in s.tags]
        fired = [s for s in rows if "fire" in s.tags or "push" in s.tags]
        return Story(
            transcript=t.id, title=meta["interviewee"].split(",")[0] + ": " + meta["job"],
            executor=self._as_quoted(meta["executor"], [s for s in rows if "context" in s.tags] or rows),
            context=self.said(rows, "context"), hired=(self._as_quoted(meta["hired"], hired),) if meta["hired"] else (),
            fired=tuple(self._as_quoted(text, fired) for text in meta["fired"]), considered=self.said(rows, "fire", "active_looking"),
            before=self._as_quoted(meta["from"], fired), after=self._as_quoted(meta["to"], hired[-1:]),
            stages=tuple(stage for stage in STAGES[:-1] if any(s.stage == stage for s in rows)),
            timeline=tuple(
                Event(stage=rows[i].stage or "none", tags=tuple(rows[i].tags), statement=rows[i].id, told=i, evidence=self.quoter.evidence(rows[i]))
                for i in order
            ),
            struggling_moments=self.said(rows, "push", "first_thought"), hire_criteria=self.said(rows, "hire"),
            fire_criteria=self.said(rows, "fire"), tradeoffs=self.said(rows, "tradeoff"), solutions=self.said(rows, "solution"),
            balance=Balance(**counts, score=score, tipped_by=self.said(rows, "hire", "deciding")),
            outcomes=tuple(o.id for o in self.outcomes if o.transcript == t.id),
            themes=tuple(x.id for x in self.themes if any(s.id in x.statements for s in rows)),
        )  # fmt: skip

    def groups(self) -> tuple[list[Job], list[Pathway]]:
        jobs, pathways = [], []
        for code, plan in sorted(self.market["pathways"].items()):
            told = tuple(sorted(m["id"] for m in self.market["stories"] if m["pathway"] == code and m["id"] in self.by_story))
            if not told:
                continue
            rows = [s for name in told for s in self.by_story[name]]
            meta = [m for m in self.market["stories"] if m["id"] in told]
            themes = [t for t in self.themes if sum(s.transcript in told for s in rows if s.id in t.statements) > 0]
            themes.sort(key=lambda t: (STAGES.index(t.stage), t.id))
            support = Support(k=len(told), n=len(self.transcripts))
            evidence = tuple(self.quoter.evidence(s) for s in rows[:6])
            first = self.said(rows, "push")[:1]
            wish = self.said(rows, "outcome")
            job = Job(
                id=content_id("j", told), title=meta[0]["job"], support=support, stories=told, evidence=evidence, stability=0.71,
                statement=JobStatement(
                    text=meta[0]["job"].capitalize(), verb=self._as_quoted(meta[0]["job"].split()[0], rows),
                    object=self._as_quoted(" ".join(meta[0]["job"].split()[1:4]), rows),
                ),
                story=JobStory(text=plan["job"], when=first[0] if first else None, want=wish[0] if wish else None, so_that=wish[1] if len(wish) > 1 else None),
                functional=tuple(self.quoter.quoted(s) for s in rows if s.dimension == "functional" and "outcome" in s.tags),
                emotional=tuple(self.quoter.quoted(s) for s in rows if s.dimension == "emotional" and {"outcome", "pull"} & set(s.tags)),
                social=tuple(self.quoter.quoted(s) for s in rows if s.dimension == "social" and {"outcome", "pull"} & set(s.tags)),
                outcomes=tuple(o.id for o in self.outcomes if o.transcript in told),
                map=tuple(
                    JobPhase(phase=phase, steps=tuple(self.quoter.quoted(s) for s in rows if s.phase == phase and "step" in s.tags)) for phase in PHASES
                ),
                alternatives=tuple(
                    [Alternative(name=m["hired"], hired=1, evidence=(self.quoter.evidence(self.by_story[m["id"]][0]),)) for m in meta if m["hired"]]
                    + [Alternative(name=f, fired=1, evidence=(self.quoter.evidence(self.by_story[m["id"]][1]),)) for m in meta for f in m["fired"]]
                ),
                themes=tuple(t.id for t in themes if t.tag in ("outcome", "pull")),
            )  # fmt: skip
            jobs.append(job)
            pathways.append(
                Pathway(
                    id=content_id("p", told), title=plan["name"], job=job.id, stories=told, support=support, themes=tuple(t.id for t in themes),
                    hire_criteria=self.said(rows, "hire"), fire_criteria=self.said(rows, "fire"), tradeoffs=self.said(rows, "tradeoff"),
                    before=tuple(self._as_quoted(m["from"], self.by_story[m["id"]]) for m in meta),
                    after=tuple(self._as_quoted(m["to"], self.by_story[m["id"]]) for m in meta),
                    account=tuple(self.said(rows, tag)[0] for tag in ("push", "habit", "anxiety", "pull", "hire") if self.said(rows, tag)),
                    evidence=evidence, stability=0.64,
                )
            )  # fmt: skip
        return jobs, pathways

    def record(self) -> AnalysisRecord:
        jobs, pathways = self.groups() if self.grouped else ([], [])
        clustered = {s for t in self.themes for s in t.statements}
        heard = len(self.themes)
        curve = tuple(SaturationPoint(interviews=i, themes=heard * (1 - 0.6**i)) for i in range(1, self.n + 1))
        verdict = "groups" if self.grouped else "too_few"
        reason = f"The {self.n} stories fall into {len(pathways)} groups; random stories would hardly ever." if self.grouped else (
            f"{self.n} stories are too few to say that they fall into groups; 6 are needed."
        )  # fmt: skip
        structure = Structure(verdict=verdict, reason=reason, p_value=0.01 if self.grouped else None, n=self.n, k=len(pathways))
        return AnalysisRecord(
            title="Better nights", transcripts=self.transcripts, statements=tuple(self.statements), themes=tuple(sorted(self.themes, key=lambda t: t.id)),
            unclustered={tag: tuple(sorted(s.id for s in self.statements if tag in s.tags and s.id not in clustered)) for tag in DIMENSIONED},
            outcomes=tuple(sorted(self.outcomes, key=lambda o: o.id)), stories=tuple(self.story(t) for t in self.transcripts),
            jobs=tuple(sorted(jobs, key=lambda j: j.id)), pathways=tuple(sorted(pathways, key=lambda p: p.id)),
            structure=structure, job_structure=structure,
            saturation=Saturation(curve=curve, heard=heard, unheard=3.4, unheard_low=1.0, unheard_high=9.8, advice="Two or three more interviews are likely to bring new themes."),
            problems=(Problem(source="broken.docx", reason="not a Word file"),),
        )  # fmt: skip


def study(folder: Path = STUDY, *, grouped: bool = True, names: tuple[str, ...] | None = None) -> AnalysisRecord:
    """Coded stories of a folder (`market.json`, `stories/sNN.txt`), all of them or those named, as a whole analysis. `s03` and `s04` carry times."""
    market = json.loads((folder / "market.json").read_text(encoding="utf-8"))
    paths = sorted(folder.glob("stories/s*.txt"))
    coded = [
        coded_transcript(p.stem, p.read_text(encoding="utf-8"), timed=p.stem in ("s03", "s04"))
        for p in paths
        if names is None or p.stem in names
    ]
    return _Builder(market, coded, grouped).record()


def from_text(marked: dict[str, str], *, grouped: bool = False) -> AnalysisRecord:
    """Stories given as text with inline marks, without planted themes unless two share a code such as P1."""
    tags = {"P": "push", "L": "pull", "A": "anxiety", "H": "habit", "O": "outcome"}
    codes = sorted(
        {w for text in marked.values() for m in _MARK.finditer(text) for w in m.group(1).split() if re.fullmatch(r"[PLAHO]\d", w)}
    )
    blank = {
        "interviewee": "X",
        "executor": "someone",
        "job": "do it",
        "hired": "a thing",
        "fired": ["b"],
        "from": "c",
        "to": "d",
        "pathway": "A",
    }
    market = {
        "themes": {c: {"tag": tags[c[0]], "text": f"Theme {c}"} for c in codes},
        "pathways": {"A": {"name": "A way", "job": "When, I want, so that"}},
        "stories": [{**blank, "id": name, "interviewee": name} for name in sorted(marked)],
    }
    return _Builder(market, [coded_transcript(name, marked[name]) for name in sorted(marked)], grouped).record()


def with_more(analysis: AnalysisRecord) -> AnalysisRecord:
    """The analysis with a note, a solution and a step tied to a product (restated as its first word) in its first job, and in its first story an event between two stages."""
    job, story = analysis.jobs[0], analysis.stories[0]
    at = next(i for i, phase in enumerate(job.map) if phase.steps)
    step = job.map[at].steps[0].evidence[0]
    begin = step.model_copy(update={"end": step.start + len(step.quote.split()[0]), "quote": step.quote.split()[0]})
    restated = Quoted(text=begin.quote, evidence=(begin,))
    tied = job.map[at].model_copy(update={"product_steps": (str(step.statement),), "restated": (restated,)})
    asked = Quoted(text="a button", evidence=job.map[at].steps[0].evidence)
    changed = job.model_copy(
        update={"note": "Made of all stories.", "solutions": (asked,), "map": (*job.map[:at], tied, *job.map[at + 1 :])}
    )
    said = story.timeline[1].evidence
    when = said.model_copy(update={"end": said.start + len(said.quote.split()[0]), "quote": said.quote.split()[0]})
    between = story.timeline[1].model_copy(update={"stage": "none", "when": when})
    told = story.model_copy(update={"timeline": (story.timeline[0], between, *story.timeline[2:])})
    return analysis.model_copy(update={"jobs": (changed, *analysis.jobs[1:]), "stories": (told, *analysis.stories[1:])})
