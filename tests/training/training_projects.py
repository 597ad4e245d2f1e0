"""Small training projects: a corpus, interviews with labels of one's own, encoders of random numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

MARKET = {"stories": [{"id": f"s{i:02}", "pathway": "A" if i % 2 else "B"} for i in range(4)]}
STORY = (
    "Interviewer: Tell me about it.\n"
    "Ana: <<push P1 functional first_thought: The old one kept breaking every week>>. It was blue.\n"
    "Interviewer: And then?\n"
    "Ana: <<pull L1 emotional ongoing_use: I love how quiet the new one is>>, and <<step execute ongoing_use: I check it every morning>>.\n"
)
OWN_STORY = (
    "Interviewer: What did it cost?\n"
    "Ben: <<price: It was ninety pounds a month for the four of us>>. We talked for a while about the garden.\n"
    "Interviewer: And the start?\n"
    "Ben: <<onboarding+push functional first_use: The first week nobody could find the settings>>. <<price deciding: The discount was good>>.\n"
)
FAMILIES = ("bert", "mpnet", "roberta", "distilbert")


def corpus(folder: Path, *names: str) -> Path:
    """Markets with four stories each, below `folder`/corpus."""
    for name in names:
        stories = folder / "corpus" / name / "stories"
        stories.mkdir(parents=True)
        (stories.parent / "market.json").write_text(json.dumps(MARKET))
        for story in MARKET["stories"]:
            (stories / f"{story['id']}.txt").write_text(STORY)
    return folder / "corpus"


def own_interviews(folder: Path, n: int = 5) -> Path:
    """Transcripts coded inline with `price` and `onboarding` beside a tag."""
    folder.mkdir(parents=True)
    for i in range(n):
        (folder / f"p{i}.txt").write_text(OWN_STORY)
    return folder


def encoder(folder: Path, family: str = "bert", *, inside: str = "") -> Path:
    """A random encoder of a family, saved as sentence-transformers does: its transformer in the subfolder `inside`."""
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
    from transformers import (
        BertConfig,
        BertModel,
        DistilBertConfig,
        DistilBertModel,
        MPNetConfig,
        MPNetModel,
        RobertaConfig,
        RobertaModel,
    )

    size: dict[str, Any] = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    size |= {"vocab_size": 2100, "max_position_embeddings": 300}
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"] if family in ("bert", "distilbert") else ["<s>", "<pad>", "</s>", "<unk>"]
    if family == "roberta":
        tokenizer = Tokenizer(models.BPE())
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        tokenizer.decoder = decoders.ByteLevel()
        trainer: Any = trainers.BpeTrainer(
            vocab_size=700, special_tokens=special, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
        )
    else:
        tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]" if family != "mpnet" else "<unk>"))
        tokenizer.normalizer = normalizers.BertNormalizer()
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        trainer = trainers.WordPieceTrainer(
            vocab_size=1100, special_tokens=[*special, *(["[CLS]", "[SEP]"] if family == "mpnet" else [])], show_progress=False
        )
    tokenizer.train_from_iterator([STORY, OWN_STORY], trainer)
    first, last = ("[CLS]", "[SEP]") if family in ("bert", "distilbert") else ("<s>", "</s>")
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{first} $A {last}", special_tokens=[(name, tokenizer.token_to_id(name)) for name in (first, last)]
    )
    model = {
        "bert": lambda: BertModel(BertConfig(**size)),
        "mpnet": lambda: MPNetModel(MPNetConfig(**size)),
        "roberta": lambda: RobertaModel(RobertaConfig(**size, type_vocab_size=1)),
        "distilbert": lambda: DistilBertModel(
            DistilBertConfig(dim=16, n_layers=1, n_heads=2, hidden_dim=32, vocab_size=2100, max_position_embeddings=300)
        ),
    }[family]()
    place = folder / inside
    model.save_pretrained(place)
    tokenizer.save(str(place / "tokenizer.json"))
    if inside:
        (folder / "modules.json").write_text(
            json.dumps([{"idx": 0, "name": "0", "path": inside, "type": "sentence_transformers.models.Transformer"}])
        )
    return folder


def recipe(folder: Path, *lines: str) -> Path:
    """A recipe for these, quick to run."""
    path = folder / "recipe.toml"
    path.write_text('out = "out"\nencoder = "encoder"\nepochs = 2\nbatch_windows = 2\nhidden = 16\nthreads = 1\n' + "\n".join(lines) + "\n")
    return path
