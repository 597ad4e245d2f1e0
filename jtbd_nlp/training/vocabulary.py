"""A tokenizer with fewer entries. Vectors of words are a third of a small tagger, and most of them are of words that nobody says in an interview."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Sequence
from typing import Any

from jtbd_nlp.errors import ConfigError


def check(tokenizer: Any) -> None:
    """Whether the tokenizer can be cut: known before hours of fitting.

    Raises:
        ConfigError: it is of another kind than WordPiece.
    """
    kind = json.loads(tokenizer.to_str())["model"]["type"]
    if kind != "WordPiece":
        raise ConfigError(f"Got vocabulary with a tokenizer of the kind {kind}; only WordPiece can be cut. Leave vocabulary out.")


def cut(tokenizer: Any, network: Any, texts: Iterable[str], common: int) -> tuple[Any, Any]:
    """Tokenizer and network with the entries that `entries` keeps; both are copies."""
    kept = entries(tokenizer, texts, common)
    return cut_tokenizer(tokenizer, kept), cut_network(network, kept)


def entries(tokenizer: Any, texts: Iterable[str], common: int) -> list[int]:
    """Which entries of a WordPiece vocabulary to keep, in order.

    Those that the texts are made of, the first `common` (these vocabularies list entries by frequency), the special ones, and all single characters, of
    which any other word can still be made.
    """
    told = json.loads(tokenizer.to_str())
    prefix = told["model"]["continuing_subword_prefix"]
    kept = {number for text in texts for number in tokenizer.encode(text, add_special_tokens=False).ids}
    kept |= {added["id"] for added in told["added_tokens"]}
    for entry, number in told["model"]["vocab"].items():
        if (
            entry == told["model"]["unk_token"]
            or len(entry.removeprefix(prefix)) == 1
            or (number < common and not entry.startswith("[unused"))
        ):
            kept.add(number)
    return sorted(kept)


def cut_tokenizer(tokenizer: Any, kept: Sequence[int]) -> Any:
    """The tokenizer with these entries alone, numbered anew in their order; it opens and closes a text as before."""
    from tokenizers import Tokenizer, processors

    told = json.loads(tokenizer.to_str())
    place = {old: new for new, old in enumerate(kept)}
    told["model"]["vocab"] = {entry: place[number] for entry, number in told["model"]["vocab"].items() if number in place}
    told["added_tokens"] = [{**added, "id": place[added["id"]]} for added in told["added_tokens"]]
    told["post_processor"] = None
    out = Tokenizer.from_str(json.dumps(told))
    edges = tokenizer.encode("").tokens
    if len(edges) == 2:
        first, last = edges
        out.post_processor = processors.TemplateProcessing(
            single=f"{first} $A {last}", special_tokens=[(name, out.token_to_id(name)) for name in dict.fromkeys(edges)]
        )
    return out


def cut_network(network: Any, kept: Sequence[int]) -> Any:
    """A copy of the network with the vectors of these entries alone."""
    import torch

    out = copy.deepcopy(network)
    rows = out.encoder.get_input_embeddings().weight[list(kept)].detach().clone()
    fewer = torch.nn.Embedding(*rows.shape)
    fewer.weight = torch.nn.Parameter(rows, requires_grad=False)
    out.encoder.set_input_embeddings(fewer)
    return out
