"""What tiny diffusion pipelines are put together from: tokenizers, text encoders, a VAE, all with random weights.

And what is asked of them: a shot, and a clip of it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bookfilm_nb.model import Shot
from bookfilm_nb.providers import ClipOrder

if TYPE_CHECKING:
    from pathlib import Path

SHOT = Shot(
    id="s01h01", scene="s01", portions=(), size="wide", move="static", planned_s=2.0, seed=3,
    prompt='Wide shot, eye level. Exterior, sea shore "The shore", dusk, storm, autumn. Mood: tense.',
)  # fmt: skip
SLOT = ClipOrder(SHOT, seconds=0.5, width=640, height=360)
LETTERS = [chr(n) for n in range(33, 127)]
LONGEST = 512
"""Tokens that the text encoders take. A token is a letter here, so a prompt is far longer than for the real ones."""


def clip_tokenizer(folder: Path) -> Any:
    from transformers import CLIPTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    words = ["!", *LETTERS[1:], *(f"{letter}</w>" for letter in LETTERS), "<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({word: n for n, word in enumerate(words)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    return CLIPTokenizer.from_pretrained(folder, model_max_length=LONGEST)


def t5_tokenizer() -> Any:
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import T5TokenizerFast

    vocab = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -1.0), *((letter, -2.0) for letter in LETTERS)]
    tokenizer = Tokenizer(models.Unigram(vocab, unk_id=2))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return T5TokenizerFast(tokenizer_object=tokenizer, extra_ids=0, model_max_length=LONGEST)


def letters() -> Any:
    """A tokenizer of no model's own that knows letters."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    special = {"pad_token": "<pad>", "unk_token": "<unk>"}
    known = {word: n for n, word in enumerate([*special.values(), *LETTERS])}
    tokenizer = Tokenizer(models.WordLevel(known, special["unk_token"]))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special)


def pairs(text: str, size: int, special: list[str]) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Vocabulary and merges of a tokenizer that knows letters, and has learned from a text to write it in fewer."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

    learner = Tokenizer(models.BPE())
    learner.normalizer = normalizers.Replace(" ", "▁")
    learner.pre_tokenizer = pre_tokenizers.Split("▁", "merged_with_previous")
    trainer = trainers.BpeTrainer(
        vocab_size=size, special_tokens=special, initial_alphabet=LETTERS, show_progress=False, min_frequency=1
    )
    learner.train_from_iterator([text], trainer)
    learned = json.loads(learner.to_str())["model"]
    return learned["vocab"], [(first, second) for first, second in learned["merges"]]


def clip_text(kind: str = "CLIPTextModel") -> Any:
    import transformers

    config = transformers.CLIPTextConfig(
        hidden_size=32, intermediate_size=37, num_attention_heads=4, num_hidden_layers=2, vocab_size=200,
        bos_token_id=188, eos_token_id=189, projection_dim=32, max_position_embeddings=LONGEST,
    )  # fmt: skip
    return getattr(transformers, kind)(config).eval()


def t5(kind: str = "T5EncoderModel") -> Any:
    import transformers

    config_kind = transformers.UMT5Config if kind.startswith("UMT5") else transformers.T5Config
    config = config_kind(
        vocab_size=len(LETTERS) + 8, d_model=32, d_kv=8, d_ff=37, num_layers=2, num_heads=4, pad_token_id=0,
    )  # fmt: skip
    return getattr(transformers, kind)(config).eval()


def vae(blocks: tuple[int, ...] = (32, 64), groups: int = 32, channels: int = 4, **more: Any) -> Any:
    from diffusers import AutoencoderKL

    return AutoencoderKL(
        block_out_channels=blocks, in_channels=3, out_channels=3, latent_channels=channels, norm_num_groups=groups,
        down_block_types=["DownEncoderBlock2D"] * len(blocks), up_block_types=["UpDecoderBlock2D"] * len(blocks),
        sample_size=32, **more,
    )  # fmt: skip


def ddim() -> Any:
    from diffusers import DDIMScheduler

    return DDIMScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="linear", clip_sample=False, steps_offset=1)


def saved(make: Any, folder: Path) -> Path:
    """The pipeline with weights from a fixed seed, saved as its users would have it."""
    import torch

    torch.manual_seed(7)
    where = folder / make.__name__
    make(folder).save_pretrained(where, safe_serialization=True)
    (where / "README.md").write_text("---\nlicense: apache-2.0\ntags: [tiny]\n---\n# Tiny\n")
    return where
