"""A small coded study for synthesis tests, from the bundled format of coded stories."""

from __future__ import annotations

from jtbd_nlp.schema import Dimension, Phase, Stage, Statement, Tag, Transcript, Turn, statement_id


def interview(name: str, lines: list[tuple[str, str]]) -> Transcript:
    """A transcript of (speaker, words); `Interviewer` asks."""
    turns: list[Turn] = []
    text = ""
    for speaker, words in lines:
        start = len(text) + len(speaker) + 2
        text += f"{speaker}: {words}\n"
        turns.append(
            Turn(
                index=len(turns),
                speaker=speaker,
                role="interviewer" if speaker == "Interviewer" else "participant",
                start=start,
                end=start + len(words),
            )
        )
    return Transcript(id=name, text=text, turns=tuple(turns))


def coded(
    transcript: Transcript,
    words: str,
    *tags: Tag,
    stage: Stage = "none",
    dimension: Dimension | None = None,
    phase: Phase | None = None,
    p: float = 1.0,
) -> Statement:
    """`words` of a transcript as a statement."""
    start = transcript.text.index(words)
    turn = next(t for t in transcript.turns if t.start <= start < t.end)
    return Statement(
        id=statement_id(transcript.id, start, start + len(words)),
        transcript=transcript.id,
        turn=turn.index,
        speaker=turn.speaker,
        start=start,
        end=start + len(words),
        text=words,
        tags=dict.fromkeys(tags, p),
        stage=stage,
        dimension=dimension,
        phase=phase,
    )


class Study:
    """Four invented interviews, two of which go one way and two another."""

    def __init__(self) -> None:
        one = interview(
            "a1",
            [
                ("Interviewer", "How did you come to use Pacelog?"),
                (
                    "Ada",
                    "I'm a nurse on a surgical ward. These days I look at Pacelog before I leave. Before that I wrote my hours on a paper sheet every Friday.",
                ),
                (
                    "Ada",
                    "One month I lost the paper sheet and they paid me for half of it. I bought Pacelog because it had to work on my phone.",
                ),
                ("Ada", "I just wanted to close the month without staying late. I was afraid I would press the wrong button."),
            ],
        )
        two = interview(
            "a2",
            [
                ("Interviewer", "What happened?"),
                (
                    "Ben",
                    "I run a bakery with six people. We kept the hours on a paper sheet by the oven. The paper sheet got wet and nobody could read the hours.",
                ),
                ("Ben", "I want that nobody waits for their money because of me. Pacelog shows me the hours of the week on one page."),
                ("Ben", "I was worried that the girls would feel watched."),
            ],
        )
        three = interview(
            "b1",
            [
                ("Interviewer", "Tell me about the old provider."),
                ("Cleo", "I manage payroll at a hotel. The provider raised the price twice in a year. I cancelled the provider in May."),
                ("Cleo", "It costs more now but a person picks up the phone. We'd been with them for nine years, you don't just leave."),
                ("Cleo", "To know the price of next year."),
            ],
        )
        four = interview(
            "b2",
            [
                ("Interviewer", "And you?"),
                (
                    "Dov",
                    "I'm a bookkeeper. The provider wanted more money for the same thing. I rang and there was no number to ring any more.",
                ),
                ("Dov", "A woman called me back within the hour. I don't want to be taken for an idiot. They should add a dark mode."),
            ],
        )
        self.transcripts = (one, two, three, four)
        self.statements = (
            coded(one, "I'm a nurse on a surgical ward", "context"),
            coded(one, "These days I look at Pacelog before I leave", "step", stage="ongoing_use", phase="confirm"),
            coded(one, "I wrote my hours on a paper sheet every Friday", "step", stage="first_thought", phase="execute"),
            coded(
                one,
                "One month I lost the paper sheet and they paid me for half of it",
                "push",
                stage="first_thought",
                dimension="functional",
            ),
            coded(one, "I bought Pacelog because it had to work on my phone", "hire", stage="deciding"),
            coded(one, "I just wanted to close the month without staying late", "outcome", dimension="functional"),
            coded(one, "I was afraid I would press the wrong button", "anxiety", stage="deciding", dimension="emotional"),
            coded(two, "I run a bakery with six people", "context"),
            coded(two, "The paper sheet got wet and nobody could read the hours", "push", stage="first_thought", dimension="functional"),
            coded(two, "I want that nobody waits for their money because of me", "outcome", dimension="social"),
            coded(two, "Pacelog shows me the hours of the week on one page", "pull", stage="ongoing_use", dimension="functional"),
            coded(two, "I was worried that the girls would feel watched", "anxiety", stage="deciding", dimension="social"),
            coded(three, "I manage payroll at a hotel", "context"),
            coded(three, "The provider raised the price twice in a year", "push", stage="first_thought", dimension="functional"),
            coded(three, "I cancelled the provider in May", "fire", stage="deciding"),
            coded(three, "It costs more now but a person picks up the phone", "tradeoff", stage="ongoing_use"),
            coded(three, "We'd been with them for nine years, you don't just leave", "habit", stage="first_thought", dimension="social"),
            coded(three, "To know the price of next year", "outcome", dimension="functional"),
            coded(four, "The provider wanted more money for the same thing", "push", stage="first_thought", dimension="functional"),
            coded(four, "A woman called me back within the hour", "pull", stage="deciding", dimension="functional"),
            coded(four, "I don't want to be taken for an idiot", "outcome", dimension="social"),
            coded(four, "They should add a dark mode", "solution"),
        )
