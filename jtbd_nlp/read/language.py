"""Whether talk is in English, by its commonest words: small, exact, and the same on every machine. Short talk counts as English."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from jtbd_nlp.schema import Note

#: Function words; those shared by two languages are in both lists and decide nothing.
_COMMON: Final = {
    "en": "the and to of a i it that you in was is for on my but so have we they with not this be at just what do did had me like as or if "
    "can there know when would really about get out up from because how yeah your one all think then were are been don't it's that's i'm",
    "de": "der die das und ich ist nicht ein eine es wir sie zu mit auf für war dann aber auch haben wie noch wenn dass den von im so oder mir mich "
    "man schon hat kann sind als da ja nein mal habe uns wurde einen einem sehr nur bei",
    "fr": "le la les de des et je est pas un une que qui il elle nous vous on dans pour avec ce mais sur au du en c'est ça j'ai plus tout était "
    "donc comme très alors oui non parce quand fait avait mon même être ou",
    "es": "el la los las de que y en un una es no se lo por con para como pero yo me muy más mi era porque cuando todo si está sí fue había al del "
    "esto eso nos también hay tengo entonces pues algo",
    "it": "il la che di e un una non è per con sono mi ma come ho più del della lo le si ci anche era perché quando questo quello molto io poi "
    "abbiamo sì cosa ero gli dei nel alla tutto",
    "pt": "o a os as de que e um uma não é eu para com por mais mas como se no na do da em foi muito meu minha porque quando isso ele ela tem "
    "também já então você estava ao dos gente",
    "nl": "de het een en van ik is niet dat die in op te met voor zijn maar was er ook als we je dan wel heb nog aan om naar had dit toen "
    "heel geen mijn omdat ze hebben kan moet",
    "sv": "och det att i jag är en som på inte för med har den av var så vi till om man men ett de kan hade när från då mycket också eller",
    "da": "og det at i jeg er en som på ikke for med har den af var så vi til om man men et de kan havde når fra da meget også eller der",
    "pl": "i w nie to się na że z jest do jak ale co tak mi po dla za bardzo było już tylko ja mnie był czy od który bo przez jako są",
    "tr": "bir ve bu için çok ben de da ne gibi daha ama var o sonra kadar olarak değil şey mi her en",
    "fi": "ja on ei se että oli niin en mutta kun minä olen ne sitten myös tai jos hän me kuin mitä ole",
    "ro": "și de a la nu în o un că pe cu mai este am dar ce sunt să din care pentru când foarte fost",
    "id": "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena ada sudah bisa kita",
}  # fmt: skip
_LISTS: Final = {code: frozenset(words.split()) for code, words in _COMMON.items()}
_CODES: Final = {w: tuple(code for code in _LISTS if w in _LISTS[code]) for w in sorted(frozenset().union(*_LISTS.values()))}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
#: Below this many words nothing is refused.
_MIN_WORDS: Final = 25
_MAX_WORDS: Final = 20_000
#: Characters of one turn that are looked at: more than the words above have.
_MAX_LOOKED_AT: Final = 400_000
_MIN_LETTERS: Final = 40
#: Turns of fewer words are not judged alone, nor more than so many of the turns that have few English words.
_MIN_TURN: Final = 12
_MAX_LOOKED: Final = 200
#: English talk has this share of common English words and more; no other language's talk comes near it.
_ENGLISH: Final = 0.2
_NAMES: Final = {"english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt", "dutch": "nl"}


@dataclass(frozen=True, slots=True)
class Language:
    """`code`: ISO 639-1, or the name of a script where that is all that is known."""

    code: str
    supported: bool


def language_of(turns: Sequence[str], declared: str | None = None) -> Language:
    """The language of an interview.

    Args:
        turns: what was said.
        declared: what the file says of itself; talk of 25 words and more speaks for itself.
    """
    words = _words_of(turns)
    script = _script(words)
    if script != "LATIN":
        return Language(script.title(), False)
    if len(words) < _MIN_WORDS:
        code = _NAMES.get((declared or "en").lower(), (declared or "en").lower().replace("_", "-").split("-")[0])
        return Language(code, code in {"en", "auto", "und", ""} or not words)
    english = sum(map(_LISTS["en"].__contains__, words)) / len(words)
    if english >= _ENGLISH:
        return Language("en", True)
    counts = Counter(code for w in words for code in _CODES.get(w, ()))
    best = max(sorted(_LISTS), key=lambda c: counts[c])
    share = counts[best] / len(words)
    if best == "en" or share < 0.12:
        return Language("en", True)
    return Language(best, share < english * 1.5)


def _words_of(turns: Sequence[str]) -> list[str]:
    """The words of an interview, 20,000 at most, in lower case and with straight apostrophes."""
    words: list[str] = []
    for turn in turns:
        words += _WORD.findall(turn[:_MAX_LOOKED_AT].lower().replace("’", "'"))
        if len(words) >= _MAX_WORDS:
            break
    return words[:_MAX_WORDS]


def language_note(turns: Sequence[str]) -> Note | None:
    """A note where some longer turns of an English interview are in another language (an interpreter, a quotation)."""
    foreign = looked = 0
    for turn in turns:
        if len(turn) < 2 * _MIN_TURN - 1:
            continue
        words = [m.group().lower() for m in islice(_WORD.finditer(turn), 200)]
        if len(words) < _MIN_TURN or sum(w in _LISTS["en"] for w in words) >= _ENGLISH * len(words):
            continue
        looked += 1
        if looked > _MAX_LOOKED:
            break
        # Said three times, so that a short turn is long enough to be judged.
        foreign += not language_of([" ".join(words)] * 3).supported
    if not foreign:
        return None
    return Note(code="other_language", message=f"{foreign} turn(s) seem not to be in English; they are kept but cannot be coded well")


def _script(words: Sequence[str]) -> str:
    """The script of most letters, by the first word of their Unicode names; LATIN where there are too few letters to tell."""
    if "".join(words[:2_000]).isascii():
        return "LATIN"
    letters = Counter(c for w in words[:2_000] for c in w[:2_000])
    scripts: Counter[str] = Counter()
    for letter, count in letters.items():
        scripts[unicodedata.name(letter, "LATIN").split()[0]] += count
    total, latin = sum(scripts.values()), scripts.pop("LATIN", 0)
    if total < _MIN_LETTERS or latin * 2 >= total:
        return "LATIN"
    return min(scripts, key=lambda s: (-scripts[s], s))
