"""What an analysis claims of its interviews, held against them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from jtbd_nlp.verify.ground import ANALYSIS, STATEMENTS, Check, content_id, span, whole

FORCES = ("push", "pull", "anxiety", "habit")
EVIDENCE = {"transcript", "sha256", "start", "end", "quote"}


def evidence_in(record: Any) -> Iterator[dict[str, Any]]:
    """Every evidence below a record, however deep."""
    left = [record]
    while left:
        value = left.pop()
        if isinstance(value, dict) and value.keys() >= EVIDENCE:
            yield value
        elif isinstance(value, dict | list):
            left.extend(value.values() if isinstance(value, dict) else value)


def check_evidence(check: Check, analysis: dict[str, Any]) -> None:
    """Every quote, wherever it stands in the analysis, is where it says it is."""
    for value in sorted(evidence_in(analysis), key=lambda e: str(e["transcript"])):
        with check.reading(ANALYSIS, "an evidence"):
            name, (start, end) = value["transcript"], span(value)
            where = f"evidence {name!r} [{start}:{end}]"
            stands, changed = check.text(name)[start:end] == value["quote"] != "", check.changed.get(name)
            if changed is not None and not stands:
                changed.quotes.add((start, end))
            else:
                check.expect(stands, ANALYSIS, f"{where}: the quote does not stand there")
            of_text = value["sha256"] == check.sha256[name] or (changed is not None and value["sha256"] == changed.analysed)
            check.expect(of_text, ANALYSIS, f"{where}: is of another text")
            if value["statement"] is not None:
                of = check.statements[value["statement"]]
                inside = of["transcript"] == name and of["start"] <= start and end <= of["end"]
                check.expect(inside, ANALYSIS, f"{where}: is not in statement {of['id']}")


def check_themes(check: Check, analysis: dict[str, Any]) -> None:
    """Themes have the statements that say so, and are heard in as many interviews as they say."""
    _unique(check, "themes", (theme["id"] for theme in analysis["themes"]))
    for theme in analysis["themes"]:
        with check.reading(ANALYSIS, "a theme"):
            where, tag, members = f"theme {theme['id']}", theme["tag"], theme["statements"]
            rows = [check.statements[member] for member in members]
            heard = len({row["transcript"] for row in rows})
            knows = all(row["themes"].get(tag) == theme["id"] and tag in row["tags"] for row in rows)
            check.expect(
                theme["id"] == content_id("t", tag, *sorted(members)), ANALYSIS, f"{where}: the id does not follow from its statements"
            )
            check.expect(members == sorted(set(members)), ANALYSIS, f"{where}: statements repeat or are not sorted")
            check.expect(knows, ANALYSIS, f"{where}: a statement does not say that it is in it")
            check.expect(set(theme["exemplars"]) <= set(members), ANALYSIS, f"{where}: an exemplar is not one of its statements")
            titled = {value["statement"] for value in theme["title_evidence"]}
            check.expect(titled <= set(members), ANALYSIS, f"{where}: its title is from a statement of others")
            _support(check, where, theme, heard)


def check_unclustered(check: Check, analysis: dict[str, Any]) -> None:
    """Under each of its tags a statement is in one theme or listed as being in none."""
    member = {(name, theme["tag"]): theme["id"] for theme in analysis["themes"] for name in theme["statements"]}
    loose = {(name, tag) for tag, names in analysis["unclustered"].items() for name in names}
    for name, tag in sorted(loose):
        check.expect(tag in check.statements[name]["tags"], ANALYSIS, f"unclustered {name}: has no tag {tag}")
    for name, row in check.statements.items():
        check.expect(
            all(member.get((name, tag)) == theme for tag, theme in row["themes"].items()),
            STATEMENTS,
            f"{name}: names a theme that it is not in",
        )
        for tag in row["tags"]:
            places = ((name, tag) in member) + ((name, tag) in loose)
            check.expect(places == 1, ANALYSIS, f"{name}: as {tag} it must be in one theme or be listed as unclustered")


def check_outcomes(check: Check, analysis: dict[str, Any]) -> None:
    """Outcomes are of the statements that they name."""
    _unique(check, "outcomes", (outcome["id"] for outcome in analysis["outcomes"]))
    for outcome in analysis["outcomes"]:
        with check.reading(ANALYSIS, "an outcome"):
            where, of = f"outcome {outcome['id']}", check.statements[outcome["statement"]]
            check.expect(
                outcome["id"] == content_id("o", of["id"], outcome["text"]),
                ANALYSIS,
                f"{where}: the id does not follow from its statement and text",
            )
            fits = outcome["transcript"] == of["transcript"] and outcome["evidence"]["statement"] == of["id"]
            check.expect(fits, ANALYSIS, f"{where}: is not of the statement that it names")


def check_stories(check: Check, analysis: dict[str, Any]) -> None:
    """Stories are of the interviews, tell what is theirs, and count it right."""
    outcomes = {outcome["id"]: outcome["transcript"] for outcome in analysis["outcomes"]}
    told = [story["transcript"] for story in analysis["stories"]]
    check.expect(told == list(check.sha256), ANALYSIS, "the stories are not one for each transcript, in their order")
    for story in analysis["stories"]:
        with check.reading(ANALYSIS, "a story"):
            name = story["transcript"]
            where, own = f"story {name!r}", {at: check.statements[at] for at in check.said[name]}
            events = sorted(story["timeline"], key=lambda event: whole(event["told"]))
            order = [own[event["statement"]]["start"] for event in events]
            named = all(event["evidence"]["statement"] == event["statement"] for event in events)
            check.expect(order == sorted(set(order)) and named, ANALYSIS, f"{where}: the timeline does not fit its statements")
            counts = [sum(force in row["tags"] for row in own.values()) for force in FORCES]
            push, pull, anxiety, habit = counts
            score = (push + pull - anxiety - habit) / (sum(counts) or 1)
            right = [story["balance"][force] for force in FORCES] == counts and math.isclose(story["balance"]["score"], score, abs_tol=1e-3)
            check.expect(right, ANALYSIS, f"{where}: the forces are counted wrong")
            check.expect(
                _same(story["outcomes"], (at for at, of in outcomes.items() if of == name)), ANALYSIS, f"{where}: its outcomes are others"
            )
            heard = {theme for row in own.values() for theme in row["themes"].values()}
            check.expect(_same(story["themes"], heard), ANALYSIS, f"{where}: its themes are others")
            check.expect({value["transcript"] for value in evidence_in(story)} <= {name}, ANALYSIS, f"{where}: quotes another interview")


def check_groups(check: Check, analysis: dict[str, Any]) -> None:
    """Jobs and pathways are of the stories, and name what these tell."""
    outcomes = {outcome["id"]: outcome["transcript"] for outcome in analysis["outcomes"]}
    said = {theme["id"]: {check.statements[at]["transcript"] for at in theme["statements"]} for theme in analysis["themes"]}
    jobs = {job["id"]: set(job["stories"]) for job in analysis["jobs"]}
    for kind, letter in (("jobs", "j"), ("pathways", "p")):
        _unique(check, kind, (group["id"] for group in analysis[kind]))
        for group in analysis[kind]:
            with check.reading(ANALYSIS, f"one of the {kind}"):
                where, stories, inside = f"{kind[:-1]} {group['id']}", group["stories"], set(group["stories"])
                check.expect(stories == sorted(inside), ANALYSIS, f"{where}: stories repeat or are not sorted")
                check.expect(inside and inside <= check.sha256.keys(), ANALYSIS, f"{where}: names a story that is not there")
                follows = group["id"] == content_id(letter, *sorted(stories))
                check.expect(follows, ANALYSIS, f"{where}: the id does not follow from its stories")
                _support(check, where, group, len(stories))
                _unique(check, f"{where}: themes", group["themes"])
                check.expect(all(said[theme] & inside for theme in group["themes"]), ANALYSIS, f"{where}: names a theme of others")
                check.expect(
                    {value["transcript"] for value in evidence_in(group)} <= inside, ANALYSIS, f"{where}: quotes a story of others"
                )
    for job in analysis["jobs"]:
        with check.reading(ANALYSIS, "a job"):
            where, own = f"job {job['id']}", [at for at, of in outcomes.items() if of in jobs[job["id"]]]
            check.expect(_same(job["outcomes"], own), ANALYSIS, f"{where}: its outcomes are others")
            mapped = [outcome for phase in job["map"] for outcome in phase["outcomes"]]
            check.expect(set(mapped) <= set(own), ANALYSIS, f"{where}: its map names an outcome of others")
            for phase in job["map"]:
                steps = {value["statement"] for value in evidence_in(phase["steps"])}
                tied = set(phase["product_steps"])
                without = {value["statement"] for value in evidence_in(phase.get("restated", []))}
                check.expect(without <= tied <= steps, ANALYSIS, f"{where}: its map marks or restates a step that is not there")
            check.expect(set(job["related"]) <= jobs.keys() - {job["id"]}, ANALYSIS, f"{where}: is related to a job that is not there")
            for other in job["alternatives"]:
                most, heard = (
                    max(counts := [other[role] for role in ("hired", "fired", "considered")]),
                    {e["transcript"] for e in other["evidence"]},
                )
                check.expect(most <= len(heard) <= sum(counts), ANALYSIS, f"{where}: an alternative is counted wrong")
    for pathway in analysis["pathways"]:
        with check.reading(ANALYSIS, "a pathway"):
            inside = set(pathway["stories"])
            counted = [{"k": len(said[theme] & inside), "n": len(inside)} for theme in pathway["themes"]]
            told = pathway.get("theme_support", counted)
            check.expect(told == counted, ANALYSIS, f"pathway {pathway['id']}: a theme's support is counted wrong")
            shared = {job: len(stories & set(pathway["stories"])) for job, stories in jobs.items()}
            check.expect(shared[pathway["job"]] == max(shared.values()), ANALYSIS, f"pathway {pathway['id']}: serves another job")
    _unique(check, "stories in pathways", (story for pathway in analysis["pathways"] for story in pathway["stories"]))


def check_counts(check: Check, analysis: dict[str, Any]) -> None:
    """What is said of the study as a whole fits what it holds."""
    told = len({row["transcript"] for row in check.statements.values() if row["tags"]})
    for name in ("structure", "job_structure"):
        if analysis[name] is not None:
            found = analysis[name]
            check.expect(found["n"] == told, ANALYSIS, f"{name}: stories are counted wrong")
            check.expect(found["verdict"] == "groups" or found["k"] == 0, ANALYSIS, f"{name}: counts groups without claiming any")
    if analysis["structure"] is not None:
        check.expect(len(analysis["pathways"]) <= analysis["structure"]["k"], ANALYSIS, "there are pathways that no structure claims")
    if analysis["saturation"] is not None:
        heard, alone = analysis["saturation"]["heard"], analysis["saturation"].get("alone", 0)
        loose = len({(tag, check.statements[name]["text"]) for tag, names in analysis["unclustered"].items() for name in names})
        check.expect(heard - whole(alone) == len(analysis["themes"]) and alone <= loose, ANALYSIS, "saturation: themes are counted wrong")


def _support(check: Check, where: str, record: dict[str, Any], k: int) -> None:
    check.expect(record["support"] == {"k": k, "n": len(check.sha256)}, ANALYSIS, f"{where}: support is counted wrong")


def _same(named: list[str], wanted: Iterable[str]) -> bool:
    """Whether a list names each of these once, in whatever order."""
    return sorted(named) == sorted(wanted)


def _unique(check: Check, what: str, ids: Iterable[str]) -> None:
    for name, count in Counter(ids).items():
        check.expect(count == 1, ANALYSIS, f"{what}: {name} is there {count} times")
