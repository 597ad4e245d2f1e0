"""Words that announce a name: "my name is", "works for", "lives in"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from jtbd_nlp.privacy.lexicon import FUNCTION, NEVER, Lexicon, Rank
from jtbd_nlp.privacy.records import Found, Kind
from jtbd_nlp.privacy.words import Word, adjacent

_RELATIVES: Final = (
    "wife|husband|brother|sister|boss|manager|supervisor|colleague|co-worker|coworker|friend|mate|son|daughter|neighbou?r|partner|cousin|uncle|aunt|auntie|"
    "assistant|accountant|lawyer|solicitor|therapist|nurse|dentist|vet|girlfriend|boyfriend|father|mother|grandmother|grandfather|nephew|niece|"
    "flatmate|roommate|landlord|landlady|teacher|director|consultant|advisor|adviser|rep|agent|plumber|doctor|gp|dog|cat|kid|baby|little one|"
    "brother-in-law|sister-in-law|mother-in-law|father-in-law|ex|team lead|lead|bookkeeper|carer|trainer|coach"
)
_THINGS: Final = (
    "company|firm|startup|start-up|business|agency|charity|school|shop|store|place|app|tool|outfit|practice|clinic|bakery|brand|provider|supplier|vendor|"
    "employer|bank|brokerage|studio|restaurant|cafe|product|programme|program|software|platform|service|club|organi[sz]ation"
)


@dataclass(frozen=True, slots=True)
class _Cue:
    """What announces a name; `sure`: even an ordinary word after it is one; `most`: how many words it may have;
    `rare`: where there are no capitals, a rare word after it is one."""

    kind: Kind
    sure: bool
    most: int
    rare: bool
    pattern: re.Pattern[str]


def _cue(kind: Kind, sure: bool, most: int, pattern: str, *, rare: bool = False) -> _Cue:
    return _Cue(kind, sure, most, rare, re.compile(rf"\b(?:{pattern})[,:]?\s+(?=[^\W\d_])", re.IGNORECASE))


_CUES: Final = (
    _cue(
        "person",
        True,
        3,
        r"my (?:full |real |own )?name(?: is|['’]s)|(?:his|her|their|whose|the|full|last|first|middle|maiden|family) ?(?:full )?(?:sur)?name(?: is| was|['’]s)|surname(?: is|['’]s)|name is",
    ),
    _cue("person", True, 2, r"mr\.?|mrs\.?|ms\.?|miss|mister|missus|professor|prof\.?|dr\.?"),
    _cue(
        "person",
        True,
        2,
        rf"(?:{_RELATIVES}|guy|man|woman|lady|girl|boy|bloke|chap|person|somebody|someone|somebody|kid|child|one)(?:['’]s| is| was|,)? (?:called|named)",
    ),
    _cue(
        "person",
        False,
        3,
        r"i['’]m|i am|this is|that was|that is|that['’]s|it['’]s|it was|call me|called me|known as|speaking (?:to|with)|hi|hello|hey|dear|thanks|thank you|cheers|bye|sorry|okay|ok|right|so|well",
    ),
    _cue(
        "person",
        False,
        3,
        r"(?:said|spoke|talked|speak|talk|spoken|wrote|reported|reports|report|went|goes|listened|introduced|passed(?: it)?|handed(?: it)?|email(?:ed)?|sent(?: it)?|message[ds]?|complained|belongs?) (?:on )?(?:to|with)",
        rare=True,
    ),
    _cue(
        "person",
        False,
        3,
        r"told|asked|ask|tell|rang|ring|emailed|met|meet|texted|messaged|phoned|contact|contacted|see|saw|with|and|by|from|thank|married|interviewed|interviewing|hired|trust|called|call|remember|know|then|when|because|that|until|like",
    ),
    _cue("person", False, 3, rf"(?:my|our|his|her|their|the|a|an old|new|old|husband|best|old) (?:{_RELATIVES})", rare=True),
    _cue(
        "organisation",
        True,
        3,
        rf"(?:{_THINGS})(?: was| is|['’]s)?,? (?:called|named|is|known as)|(?:it['’]s|is|was|they['’]re|are|which is|we['’]re) (?:called|named)",
    ),
    _cue(
        "organisation",
        False,
        4,
        r"(?:work|works|worked|working|job|role|started|start|contract|contracting|interned|shift|shifts) (?:for|at|with|over at)|employed (?:by|at)|joined|join|joining|hired by|left|leaving|client of|customer of|clients? (?:is|was|like)|bank(?:ing)? with|switched (?:to|from|over to)|switch to|moved (?:over )?(?:to|from)|invoices? from|accounts? (?:at|with)|insured with|signed up (?:to|with|for)|use|used|using|tried|try|bought|ordered (?:it )?from|competitor|bought by|owned by|run by|quote from|demo (?:of|with|from)|over at|at|for|from|into",
    ),
    _cue(
        "organisation",
        False,
        4,
        r"(?:work|works|worked|working) (?:for|at)|employed (?:by|at)|joined|hired by|customer of|bank(?:ing)? with",
        rare=True,
    ),
    _cue(
        "place",
        False,
        3,
        r"(?:live|lives|lived|living|based|born|grew up|raised|moved|move|moving|relocated|settled|office|offices|flat|house|branch|school|drive|drove|driving|trip|way|commute|train|trains|bus|flew|fly|stayed?|staying|studied|warehouse|depot|place|out|over|back|up|down|originally|now|here|home|store|shop|site|clinic|hospital) (?:in|to|near|from|outside|at|around|into|of|for|through)",
        rare=True,
    ),
    _cue("place", False, 3, r"in|near|outside|to|towards|around|via"),
)
_AFTER: Final = re.compile(
    r"(?<=\w)(?: here| speaking|,? (?:said|says|told|asked|rang|called|thinks|thought|reckons|mentioned))\b", re.IGNORECASE
)
_HARD: Final = frozenset("ltd limited inc incorporated gmbh llc llp plc corp corporation pty".split())
_SOFT: Final = frozenset(
    """logistics solutions systems consulting consultants partners bakery insurance bank group holdings university college hospital clinic
    academy school foods foundation trust associates accountants accounting software technologies technology labs media studios studio
    industries energy council church motors robotics pharma pharmacy dental legal architects ventures capital analytics digital networks
    interiors outfitters brewery brewing homes roofing plumbing electrical couriers freight textiles ceramics wealth mutual""".split()
)
_JOINED: Final = (["joined"], ["called"], ["named"])
_EMPLOYED: Final = [["employed", "by"], *([verb, at] for verb in ("work", "worked", "works", "working") for at in ("for", "at"))]
_STOP: Final = FUNCTION | NEVER


def cued(text: str, words: list[Word], lexicon: Lexicon) -> list[Found]:
    """Names by the words before or after them, whatever their case."""
    starts = {w.start: i for i, w in enumerate(words)}
    found: list[Found] = []
    for cue in _CUES:
        for m in cue.pattern.finditer(text):
            at = starts.get(m.end())
            if at is None:
                continue
            last = _name(text, words, at, cue, lexicon)
            if last is not None:
                found.append(Found(words[at].start, words[last].end, cue.kind, 12 if cue.sure or cue.rare else 2))
    ends = {w.end: i for i, w in enumerate(words)}
    for m in _AFTER.finditer(text):
        at = ends.get(m.start())
        if at is not None and words[at].caseless and _odd(words[at], lexicon):
            found.append(Found(words[at].start, words[at].end, "person"))
    return found + _companies(text, words, lexicon)


def _odd(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word after a cue is more likely a name than a word."""
    if word.low in _STOP or len(word.low) < 2:
        return False
    rank = lexicon.rank(word.low)
    return (
        rank == Rank.NAME or (word.capital and not word.initial) or (word.caseless and rank == Rank.DOUBTFUL and word.low in lexicon.given)
    )


def _name(text: str, words: list[Word], at: int, cue: _Cue, lexicon: Lexicon) -> int | None:
    """Last word of the name that begins at `at`; None where there is none."""
    first = words[at]
    rare = cue.rare and first.caseless and lexicon.rank(first.low) == Rank.DOUBTFUL and first.low not in _STOP
    listed = cue.sure and first.capital and not first.initial and first.low in lexicon.given and first.low not in NEVER
    if not (_odd(first, lexicon) or rare or listed or (cue.sure and first.low not in _STOP and (first.caseless or first.capital))):
        return None
    last = at
    while last + 1 < len(words) and last + 1 - at < cue.most:
        word = words[last + 1]
        if not adjacent(text, words[last], word) or word.low in _STOP:
            break
        named = _odd(word, lexicon) or (lexicon.rank(word.low) < Rank.ORDINARY and first.caseless)
        surname = cue.kind == "person" and first.caseless and word.low in lexicon.surnames and last == at
        both = cue.sure and first.caseless and cue.kind == "organisation" and lexicon.rank(first.low) == Rank.ORDINARY
        if not (named or surname or both):
            break
        last += 1
    return last


def _companies(text: str, words: list[Word], lexicon: Lexicon) -> list[Found]:
    """Names that end as those of companies do."""
    found = []
    for i, word in enumerate(words):
        hard = word.low in _HARD
        if not hard and word.low not in _SOFT:
            continue
        first = i
        while first > 0 and i - first < 3 and adjacent(text, words[first - 1], words[first]):
            before = words[first - 1]
            if before.low in _STOP and before.low not in ("and",):
                break
            if not (before.capital or hard or lexicon.rank(before.low) < Rank.ORDINARY or (before.caseless and _called(words, first - 1))):
                break
            first -= 1
        if first < i and (
            hard or word.capital or any(lexicon.rank(w.low) < Rank.ORDINARY or w.capital for w in words[first:i]) or _called(words, first)
        ):
            found.append(Found(words[first].start, word.end, "organisation"))
    return found


def _called(words: list[Word], at: int) -> bool:
    """Whether a name without a capital is announced as an employer's by the words right before it or before the word before it."""
    before = [w.low for w in words[max(0, at - 3) : at]]
    return before[-1:] in _JOINED or before[-2:] in _EMPLOYED or before[:2] in _EMPLOYED
