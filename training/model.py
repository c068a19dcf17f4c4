"""The encoder in torch: multilingual-e5-small as its packed weights are, with a linear head for each layer of labels and one for sentence vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

# Chosen on the development sets: more forgets, less overfits.
_DROPOUT = 0.1


class Layer(nn.Module):
    """One layer of BERT: attention and a network of two steps, each added to its input and normalised."""

    def __init__(self, width: int, inner: int, heads: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.attention_in = nn.Linear(width, 3 * width)
        self.attention_out = nn.Linear(width, width)
        self.attention_norm = nn.LayerNorm(width, eps=epsilon)
        self.inner_in = nn.Linear(width, inner)
        self.inner_out = nn.Linear(inner, width)
        self.inner_norm = nn.LayerNorm(width, eps=epsilon)
        self.dropout = nn.Dropout(_DROPOUT)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """`hidden` (batch, length, width); `mask` (batch, 1, 1, length), 0 where there is a piece and very negative elsewhere."""
        batch, length, width = hidden.shape
        query, key, value = self.attention_in(hidden).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        if self.training:
            seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask.to(query.dtype))
        else:  # the plain form, which the exporter of onnx knows how to fuse
            seen = torch.softmax(query @ key.transpose(-1, -2) * (width // self.heads) ** -0.5 + mask, -1) @ value
        seen = self.attention_out(seen.transpose(1, 2).reshape(batch, length, width))
        hidden = self.attention_norm(hidden + self.dropout(seen))
        return self.inner_norm(hidden + self.dropout(self.inner_out(functional.gelu(self.inner_in(hidden)))))


class Encoder(nn.Module):
    """Vectors of pieces to hidden states. The table of piece vectors is no part of it: it stays as it was packed."""

    def __init__(self, *, layers: int, width: int, inner: int, heads: int, positions: int, epsilon: float) -> None:
        super().__init__()
        self.position = nn.Parameter(torch.zeros(positions, width))
        self.kind = nn.Parameter(torch.zeros(width))
        self.norm = nn.LayerNorm(width, eps=epsilon)
        self.layers = nn.ModuleList(Layer(width, inner, heads, epsilon) for _ in range(layers))
        self.dropout = nn.Dropout(_DROPOUT)

    def forward(self, vectors: Tensor, present: Tensor) -> Tensor:
        """`vectors` (batch, length, width) of pieces, `present` (batch, length) 1 or 0; gives hidden states of the same shape."""
        hidden = self.dropout(self.norm(vectors + self.position[: vectors.shape[1]] + self.kind))
        mask = ((1.0 - present.to(hidden.dtype)) * -1e4)[:, None, None, :]
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return hidden


class Reader(nn.Module):
    """The encoder with its heads: `labels` maps a layer's name to its number of labels."""

    def __init__(self, encoder: Encoder, width: int, labels: Mapping[str, int]) -> None:
        super().__init__()
        self.encoder = encoder
        self.names = tuple(labels)
        self.sizes = tuple(labels.values())
        self.head = nn.Linear(width, sum(self.sizes))
        self.vector = nn.Linear(width, width)
        self.dropout = nn.Dropout(_DROPOUT)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        nn.init.eye_(self.vector.weight)
        nn.init.zeros_(self.vector.bias)

    def forward(self, vectors: Tensor, present: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of all labels side by side (batch, length, sum of sizes), and a sentence vector of length 1 (batch, width)."""
        hidden = self.encoder(vectors, present)
        return self.head(self.dropout(hidden)), pooled(self.vector(hidden), present)


def pooled(hidden: Tensor, present: Tensor) -> Tensor:
    """The mean over the pieces that are there, brought to length 1."""
    weight = present.to(hidden.dtype)[..., None]
    return functional.normalize((hidden * weight).sum(1) / weight.sum(1).clamp(min=1), dim=-1)


def filled(encoder: Encoder, tensors: Mapping[str, np.ndarray], width: int, inner: int) -> Encoder:
    """The encoder with the packed weights, by the file's names of tensors (`l0.q.w` …)."""

    def weight(name: str, *shape: int) -> Tensor:
        return torch.from_numpy(np.ascontiguousarray(tensors[name].reshape(*shape)).copy())

    state = {
        "position": weight("emb.pos", -1, width),
        "kind": weight("emb.type", -1, width)[0],
        "norm.weight": weight("emb.ln.w", width),
        "norm.bias": weight("emb.ln.b", width),
    }
    for number in range(len(encoder.layers)):
        given = {
            "attention_in.weight": torch.cat([weight(f"l{number}.{part}.w", width, width) for part in "qkv"]),
            "attention_in.bias": torch.cat([weight(f"l{number}.{part}.b", width) for part in "qkv"]),
            "attention_out.weight": weight(f"l{number}.ao.w", width, width),
            "attention_out.bias": weight(f"l{number}.ao.b", width),
            "inner_in.weight": weight(f"l{number}.fi.w", inner, width),
            "inner_in.bias": weight(f"l{number}.fi.b", inner),
            "inner_out.weight": weight(f"l{number}.fo.w", width, inner),
            "inner_out.bias": weight(f"l{number}.fo.b", width),
        }
        for mine, theirs in (("attention_norm", "aln"), ("inner_norm", "oln")):
            given |= {f"{mine}.weight": weight(f"l{number}.{theirs}.w", width), f"{mine}.bias": weight(f"l{number}.{theirs}.b", width)}
        state |= {f"layers.{number}.{name}": value for name, value in given.items()}
    encoder.load_state_dict(state)
    return encoder


def mask_of(lengths: Sequence[int], longest: int) -> Tensor:
    """1 for the pieces of each sequence, 0 behind them: (batch, longest)."""
    return (torch.arange(longest)[None] < torch.tensor(lengths)[:, None]).long()
