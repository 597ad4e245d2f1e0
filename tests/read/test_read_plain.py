"""Labels in plain text: what is one, what is not, and that the text itself never changes."""

from __future__ import annotations

import pytest

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.errors import InputError
from jtbd_nlp.read import transcript_from_text


def said(text: str, **settings: object) -> list[tuple[str, str]]:
    """Speaker and words of each turn; the text must have stayed as it is."""
    transcript = transcript_from_text(text, config=ReadConfig.model_validate(settings))
    assert transcript.text == text
    return [(t.speaker, transcript.turn_text(t)) for t in transcript.turns]


TALK = "Interviewer: What happened?\nRui: I bought a mattress.\nInterviewer: And then?\nRui: I slept.\n"


@pytest.mark.parametrize(
    ("line", "speaker", "words"),
    [
        ("**Anna:** I slept.", "Anna", "I slept."),
        ("**Anna**: I slept.", "Anna", "I slept."),
        ("*Anna:* I slept.", "Anna", "I slept."),
        ("__Anna:__ I slept.", "Anna", "I slept."),
        ("- **Anna:** I slept.", "Anna", "I slept."),
        ("> Anna: I slept.", "Anna", "I slept."),
        (">> ANNA: I slept.", "ANNA", "I slept."),
        ("Anna (00:01:02): I slept.", "Anna", "I slept."),
        ("Anna [1:02]: I slept.", "Anna", "I slept."),
        ("[00:01] Anna: I slept.", "Anna", "I slept."),
        ("[00:01:02.345] Anna: I slept.", "Anna", "I slept."),
        ("00:01:02 Anna: I slept.", "Anna", "I slept."),
        ("[12] Anna: I slept.", "Anna", "I slept."),
        ("012 Anna: I slept.", "Anna", "I slept."),
        ("12. Anna: I slept.", "Anna", "I slept."),
        ("Anna: [00:01:02] I slept.", "Anna", "I slept."),
        ("Anna B.: I slept.", "Anna B", "I slept."),
        ("Dr. Anna van der Berg: I slept.", "Dr. Anna van der Berg", "I slept."),
        ("Anna (Product): I slept.", "Anna (Product)", "I slept."),
        ("Mary-Jane O’Neill: I slept.", "Mary-Jane O’Neill", "I slept."),
        ("SPEAKER_00: I slept.", "SPEAKER_00", "I slept."),
        ("Speaker 1: I slept.", "Speaker 1", "I slept."),
        ("spk_0: I slept.", "spk_0", "I slept."),
        ("P07: I slept.", "P07", "I slept."),
        ("Анна: I slept.", "Анна", "I slept."),
        ("דנה: I slept.", "דנה", "I slept."),
        ("李娜：I slept.", "李娜", "I slept."),
        ("Anna:\tI slept.", "Anna", "I slept."),
        ("Anna:I slept.", "Anna", "I slept."),
        ("Anna:\nI slept.", "Anna", "I slept."),
    ],
)
def test_forms_of_labels(line: str, speaker: str, words: str) -> None:
    other = "Interviewer: How did you sleep last night?\n"
    assert said(f"{other}{line}\n{other}{line}\n") == [("Interviewer", "How did you sleep last night?"), (speaker, words)] * 2


@pytest.mark.parametrize(
    "line",
    [
        "One thing: it was soft.",
        "Note: this was before the move.",
        "http://example.org/mattress is where I looked.",
        "So my point is this: never buy online.",
        "At 10:30 I went to bed.",
        "I told her: enough.",
        "Browsing: Firefox, mostly.",
        "Standard stuff: pillows and so on.",
    ],
)
def test_talk_with_a_colon_is_no_label(line: str) -> None:
    turns = said(TALK + line + "\nInterviewer: I see. Go on?\nRui: That is all.\n")
    assert {s for s, _ in turns} == {"Interviewer", "Rui"}
    assert turns[3] == ("Rui", "I slept.\n" + line)


def test_a_turn_goes_on_over_lines_without_a_label() -> None:
    text = "Interviewer: What happened?\nRui: I bought it.\n\nThen I waited.\r\nAnd waited.\n\nInterviewer: And?\nRui: It came."
    assert said(text)[1] == ("Rui", "I bought it.\n\nThen I waited.\r\nAnd waited.")


def test_what_stands_above_the_talk_is_nobodys() -> None:
    head = "Interview 12\nDate: 3 May\nParticipant: P12\nLocation: Leeds\n\n"
    assert said(head + TALK) == said(TALK)


def test_a_header_says_who_asks() -> None:
    text = (
        "Interviewer: Dana\nParticipant: Rui Alves\n\nDana: I was in Leeds.\nRui: What were you doing?\nDana: I was at home.\nRui: Why?\n"
    )
    transcript = transcript_from_text(text)
    assert {t.speaker: t.role for t in transcript.turns} == {"Dana": "interviewer", "Rui": "participant"}
    assert transcript.turns[0].start == text.index("I was in Leeds")


def test_someone_who_speaks_once_by_full_name() -> None:
    turns = said(TALK + "Maria Silva: He slept very well.\nInterviewer: Thanks?\n")
    assert ("Maria Silva", "He slept very well.") in turns


def test_breaks_end_a_turn_and_are_nobodys() -> None:
    turns = said("Ann Lee: What is it?\nBo Ek: A lock.\nBreak: \nsponsor words\nAnn Lee: And now?\nBo Ek: Still a lock.\nBreak: \n")
    assert [s for s, _ in turns] == ["Ann Lee", "Bo Ek"] * 2
    assert all("sponsor" not in w for _, w in turns)


def test_headings_and_time_codes_between_turns_are_nobodys() -> None:
    turns = said(
        "# Part one\n\nInterviewer: What is it?\n\n[00:05:00]\n\nRui: A lock.\n\n## Part two\n\nAnd it froze.\n\n---\n\nInterviewer: Did it?\nRui: Yes.\n"
    )
    assert turns == [
        ("Interviewer", "What is it?"),
        ("Rui", "A lock."),
        ("Rui", "And it froze."),
        ("Interviewer", "Did it?"),
        ("Rui", "Yes."),
    ]


def test_lower_case_labels_that_take_turns() -> None:
    turns = said("anna: what did you buy\nbo: a lock\nanna: and why\nbo: it froze\n")
    assert [s for s, _ in turns] == ["anna", "bo", "anna", "bo"]


def test_two_names_once_each_are_a_conversation() -> None:
    assert said("Anna: Did you sleep?\nBen: I did.\n") == [("Anna", "Did you sleep?"), ("Ben", "I did.")]


def test_questions_and_answers() -> None:
    transcript = transcript_from_text("Q: I see.\nA: Do I?\nQ: You do.\nA: Well, do I?\n")
    assert {t.speaker: t.role for t in transcript.turns} == {"Q": "interviewer", "A": "participant"}


def test_a_monologue_with_a_known_label_or_a_name_given_by_hand() -> None:
    assert said("Participant: I bought a lock. It froze.\n") == [("Participant", "I bought a lock. It froze.")]
    assert said("Rui: I bought a lock. It froze.\n", participants=("Rui",)) == [("Rui", "I bought a lock. It froze.")]
    assert said("Rui: I bought a lock and I lost my key.\nIt froze.\n") == [("Rui", "I bought a lock and I lost my key.\nIt froze.")]


def test_offsets_are_code_points() -> None:
    text = "Interviewer: 👩‍👩‍👧 e\u0301 what?\r\nRui: \u202bשלום\u202c I bought 🛏️ it.\r\nInterviewer: Why?\r\nRui: Ca\u0301 va.\r\n"
    assert said(text)[1] == ("Rui", "\u202bשלום\u202c I bought 🛏️ it.")


def test_times_of_labels_become_times_of_turns() -> None:
    transcript = transcript_from_text("[00:00:04] Anna: What?\n[00:00:09] Ben: A lock.\n[00:00:20] Anna: Why?\n[00:00:31] Ben: It froze.\n")
    assert [(t.time.start_s, t.time.end_s) for t in transcript.turns if t.time] == [(4, 9), (9, 20), (20, 31), (31, 31)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("We met on Tuesday. The lock had frozen again, she said, and that was that.\nNothing else happened.\n", "no speakers"),
        ("Summary: a lock froze.\nIt was cold.\n", "no speakers"),
        ("Meeting Notes: I asked, I wrote, and my pen froze.\n", "no speakers"),
        ("Interviewer: \nRui: \nInterviewer: \n", "nobody says anything"),
        ("", "no speakers"),
    ],
)
def test_what_is_no_interview(text: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        transcript_from_text(text)


@pytest.mark.parametrize(
    "answer",
    [
        "Das Schloss war wieder eingefroren und ich habe zwanzig Minuten am Bahnhof gestanden, weil ich nicht wusste, was ich noch machen sollte.",
        "El candado se había congelado otra vez y yo me quedé veinte minutos en la estación porque no sabía qué más podía hacer con la bici.",
        "Le cadenas était encore gelé et je suis resté vingt minutes à la gare parce que je ne savais pas ce que je pouvais faire avec le vélo.",
        "Замок снова замёрз, и я двадцать минут стоял на вокзале, потому что не знал, что ещё можно сделать с велосипедом.",
        "鍵がまた凍ってしまって、駅で二十分も立っていました。ほかに何ができるのか分からなかったのです。とても寒かったことを覚えています。",
    ],
)
def test_another_language_is_not_supported(answer: str) -> None:
    with pytest.raises(InputError, match="not supported"):
        transcript_from_text(f"Anna: {answer}\nBen: {answer}\nAnna: {answer}\n")


def test_an_interpreter_does_not_make_it_foreign() -> None:
    foreign = "El candado se había congelado otra vez y yo me quedé veinte minutos en la estación porque no sabía qué hacer."
    english = "The lock had frozen again, and he stood at the station for twenty minutes because he did not know what to do."
    transcript = transcript_from_text(
        f"Interviewer: What happened then?\nLuis: {foreign}\nInterpreter: {english}\nInterviewer: And what did you do about it?\n" * 3
    )
    assert {t.speaker: t.role for t in transcript.turns} == {"Interviewer": "interviewer", "Luis": "participant", "Interpreter": "unknown"}
    assert "other_language" in {n.code for n in transcript.notes}


def test_a_label_in_the_middle_of_a_turn() -> None:
    turns = said(
        "Interviewer: What is it?\nRui: A lock. Interviewer: And why? Rui: It froze, as Interviewer: knows.\nInterviewer: I see.\n"
    )
    assert turns[1:4] == [("Rui", "A lock."), ("Interviewer", "And why?"), ("Rui", "It froze, as Interviewer: knows.")]


def test_names_alone_above_the_talk() -> None:
    text = "Anna Lee\nWhat did you buy?\n\nBen\nA lock.\nIt froze.\n\nAnna Lee\nAnd why?\n\nBen\n0:31\nI was late.\n"
    transcript = transcript_from_text(text)
    assert transcript.text == "Anna Lee: What did you buy?\nBen: A lock. It froze.\nAnna Lee: And why?\nBen: I was late.\n"
    assert transcript.turns[3].time is not None and transcript.turns[3].time.start_s == 31


def test_header_lines_with_names_that_are_not_written_like_names() -> None:
    text = "anna.lee 0:04\nWhat did you buy?\n\nben 0:09\nA lock.\n\nanna.lee 0:11\nAnd why?\n\nben 0:14\nI bought it at 10:30\nSee you at 10:30\n"
    assert [t.speaker for t in transcript_from_text(text).turns] == ["anna.lee", "ben", "anna.lee", "ben"]
