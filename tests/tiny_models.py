"""Chat models of a few hundred kilobytes, made on the spot: what `transformers serve` serves in test_text_serve.py.

They are run by the server's own Python, which has torch and transformers::

    python tests/tiny_models.py FOLDER          # FOLDER becomes HF_HOME of the server

``tiny/says`` and ``tiny/picks`` reply what their weights were set to say: every token has one successor, so they need
no training. ``tiny/mends`` says rubbish first and mends it when asked again, ``tiny/rubbish`` has random weights, and
``tiny/short`` can hold few tokens, so that a longer prompt breaks it.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

SAYS = '{"title": "Лампа on the rock", "scenes": [1, 2, 31]}'
BROKEN = 'Here you are: {"title": 7}'
PICKED = tuple(range(0, 108, 4))
PICKS = '{"picks": [' + ", ".join(f'{{"sentence": {n}, "worth": 5}}' for n in PICKED) + "]}"
RUBBISH_SEED = 20261122
SHORT = 64
"""Tokens that ``tiny/short`` holds; a token is a byte."""

_ASKED, _AGAIN, _END = "<|assistant|>", "<|again|>", "<|end|>"
_TEMPLATE = (
    "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}" + _END + "{% endfor %}"
    "{% if add_generation_prompt %}{% if messages | length > 2 %}" + _AGAIN + "{% else %}" + _ASKED + "{% endif %}"
    "{% endif %}"
)


def pieces(text: str, *, known: frozenset[str] = frozenset(), length: int = 6) -> list[str]:
    """The text in pieces of about ``length`` characters, no two of them alike, none of them known."""
    found: list[str] = []
    start = 0
    while start < len(text):
        end = start + length
        while end < len(text) and (text[start:end] in found or text[start:end] in known):
            end += 1
        found.append(text[start:end])
        start = end
    if found.count(found[-1]) > 1 or found[-1] in known:
        found[-2:] = ["".join(found[-2:])]
    return found


def write_models(home: Path) -> None:
    """All the models, laid out as a Hugging Face cache, so that the server lists them and loads them by name."""
    import torch

    torch.manual_seed(RUBBISH_SEED)
    for name, model, tokenizer in _models():
        revision = f"{len(name):040x}"
        cache = home / "hub" / f"models--tiny--{name}"
        (cache / "refs").mkdir(parents=True)
        (cache / "refs" / "main").write_text(revision, "utf-8")
        model.eval().save_pretrained(cache / "snapshots" / revision)
        tokenizer.save_pretrained(cache / "snapshots" / revision)


def _models() -> Iterator[tuple[str, Any, Any]]:
    from transformers import GPT2Config, GPT2LMHeadModel

    yield "says", *_saying(SAYS, SAYS)
    yield "picks", *_saying(PICKS, PICKS)
    yield "mends", *_saying(BROKEN, SAYS)
    plain = _tokenizer([])
    yield "rubbish", _llama(plain, hidden=32), plain
    config = GPT2Config(
        vocab_size=len(plain), n_positions=SHORT, n_embd=32, n_layer=1, n_head=1, **_ends(plain), pad_token_id=None
    )
    yield "short", GPT2LMHeadModel(config), plain


def _tokenizer(extra: list[str]) -> Any:
    """A token is a byte, or one of the extra pieces."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokens = Tokenizer(models.BPE(vocab={byte: i for i, byte in enumerate(alphabet)}, merges=[]))
    tokens.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokens.decoder = decoders.ByteLevel()
    tokens.add_special_tokens([_ASKED, _AGAIN, _END, "<|system|>", "<|user|>"])
    tokens.add_tokens([AddedToken(piece, normalized=False) for piece in extra])
    return PreTrainedTokenizerFast(tokenizer_object=tokens, eos_token=_END, chat_template=_TEMPLATE)


def _ends(tokenizer: Any) -> dict[str, int]:
    return {"bos_token_id": tokenizer.eos_token_id, "eos_token_id": tokenizer.eos_token_id}


def _llama(tokenizer: Any, *, hidden: int) -> Any:
    from transformers import LlamaConfig, LlamaForCausalLM

    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=hidden,
        intermediate_size=16,
        num_hidden_layers=1,
        num_attention_heads=1,
        max_position_embeddings=65536,
        tie_word_embeddings=False,
        **_ends(tokenizer),
    )
    return LlamaForCausalLM(config)


def _saying(first: str, again: str) -> tuple[Any, Any]:
    """A model in which every token has one successor: attention and the perceptron add nothing."""
    import torch

    one = pieces(first)
    other = pieces(again, known=frozenset(one))
    tokenizer = _tokenizer([*one, *other])
    size = len(tokenizer) + len(tokenizer) % 2
    model = _llama(tokenizer, hidden=size)
    with torch.no_grad():
        layer = model.model.layers[0]
        layer.self_attn.o_proj.weight.zero_()
        layer.mlp.down_proj.weight.zero_()
        model.model.embed_tokens.weight.copy_(torch.eye(len(tokenizer), size))
        model.lm_head.weight.zero_()
        for opening, told in ((_ASKED, one), (_AGAIN, other)):
            chain = tokenizer.convert_tokens_to_ids([opening, *told, _END])
            for token, following in pairwise(chain):
                model.lm_head.weight[following, token] = 1.0
    return model, tokenizer


if __name__ == "__main__":
    write_models(Path(sys.argv[1]))
