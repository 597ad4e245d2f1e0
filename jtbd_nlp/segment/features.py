"""What is known of each joint between two tokens of a parsed text: the input of the model of joints.

A *joint* is the place before a token, where the text may be cut. Its features are the punctuation and words around it,
the tags on both sides, the clauses that the parser starts or ends there, how many dependency arcs cross it, and how long
the sentence is on both sides of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "expl", "csubj", "csubjpass"})
FINITE: Final = frozenset({"VBD", "VBP", "VBZ", "MD"})
CLAUSES: Final = frozenset({"conj", "advcl", "ccomp", "parataxis", "relcl", "acl", "xcomp", "pcomp", "csubj"})
CONJUNCTIONS: Final = frozenset({"and", "but", "so", "or", "then", "yet"})
#: words that say something about a joint by themselves: closed classes and the small change of talk
SMALL: Final = frozenset(
    """
    and but so or because cause cos which who that when if then although though while whereas where as since until before after
    what how why to not no yes yeah well oh okay ok um uh er like just really actually anyway now also even still maybe probably
    i we you he she it they this there these those my our your his her their let's i'm it's that's there's don't the a an in on
    at with for of from by about into over out up know mean think guess say said
    """.split()
)


def joint_features(doc: Doc) -> list[list[str]]:
    """Features of the joint before each token, as names; the first token has none.

    `doc` needs tags, parts of speech and dependencies.
    """
    found = _clauses(doc)
    if not found:
        return found
    found[0] = []
    crossing, words = _crossing(doc), word_counts(doc)
    starts = [token.i for token in doc if token.is_sent_start]
    starts = starts if starts[:1] == [0] else [0, *starts]
    starts.append(len(doc))
    at = 0
    for i in range(1, len(doc)):
        while starts[at + 1] <= i:
            at += 1
        here, first, end = found[i], starts[at], starts[at + 1]
        before = doc[i - 1].text if doc[i - 1].is_punct else "w"
        if i == first:
            here += ["sentence", f"sentence after {before}"]
            first = starts[at - 1]
        here.append(f"after {before}")
        _around(doc, i, here)
        left, right = words[i] - words[first], words[end] - words[i]
        here += [
            f"crossed {min(crossing[i], 5)}",
            f"left {min(left, 12) // 2}",
            f"right {min(right, 12) // 2}",
            f"long {min(left + right, 48) // 6}",
        ]
    return found


def word_counts(doc: Doc) -> list[int]:
    """Words before each token, and in all: n + 1 numbers. A token that starts with a letter or digit counts as one."""
    counts = [0]
    for token in doc:
        counts.append(counts[-1] + token.text[:1].isalnum())
    return counts


def _around(doc: Doc, i: int, here: list[str]) -> None:
    """Add the tags and the words on both sides of the joint before token `i`."""
    before, token = doc[i - 1], doc[i]
    after = doc[i + 1] if i + 1 < len(doc) else None
    word, last = token.lower_, before.lower_
    following = after.lower_ if after is not None else ""
    if before.text == ",":
        here.append(f", {word if word in SMALL else token.pos_}")
        if word in CONJUNCTIONS:
            here.append(f", {word} {after.pos_ if after is not None else ''}")
    here += [f"tag {token.tag_}", f"tag-1 {before.tag_}", f"pos {before.pos_} {token.pos_}"]
    if after is not None:
        here.append(f"tag+1 {after.tag_}")
    if i > 1:
        here.append(f"word-2 {doc[i - 2].lower_}")
    here += [f"word {word}", f"word-1 {last}", f"word+1 {following}"]
    if last in SMALL or word in SMALL:
        here.append(f"words {last} {word}")
    if word in SMALL and following in SMALL:
        here.append(f"words+1 {word} {following}")


def _clauses(doc: Doc) -> list[list[str]]:
    """For each token, the clauses that start before it or end before it."""
    found: list[list[str]] = [[] for _ in doc]
    for token in doc:
        if token.pos_ not in ("VERB", "AUX") or token.dep_ not in CLAUSES:
            continue
        kind = f"{token.dep_}{'<' if token.i < token.head.i else '>'}{'S' if _has_subject(token) else ''}{'F' if _is_finite(token) else ''}"
        start, end = token.left_edge.i, token.right_edge.i + 1
        while token.dep_ == "conj" and start > 0 and doc[start - 1].lower_ in CONJUNCTIONS:
            start -= 1
        found[start].append(f"starts {kind}")
        if start > 0 and doc[start - 1].text == ",":
            found[start].append(f"starts {kind} ,")
        close = end
        while close < len(doc) and doc[close].text in (",", ";", ":"):
            close += 1
        if close < len(doc):
            found[close].append(f"ends {kind}")
            if close > end:
                found[close].append(f"ends {kind} ,")
    return found


def _crossing(doc: Doc) -> list[int]:
    """Dependency arcs over the joint before each token, punctuation left out."""
    change = [0] * (len(doc) + 1)
    for token in doc:
        if token.dep_ != "punct":
            low, high = min(token.i, token.head.i), max(token.i, token.head.i)
            change[low + 1] += 1
            change[high + 1] -= 1
    total, crossing = 0, []
    for step in change[: len(doc)]:
        total += step
        crossing.append(total)
    return crossing


def _has_subject(token: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in token.children)


def _is_finite(token: Token) -> bool:
    return token.tag_ in FINITE or any(child.tag_ in FINITE for child in token.children if child.dep_ in ("aux", "auxpass"))
