"""What the generator's part maps teach the attention layers: where the noun is, and which parts are alike."""

import numpy as np
import torch
from torch.nn import functional

from words import IDS, LENGTH

NOUNS = {IDS[word] for word in IDS if word not in {"<pad>", "<bos>", "<eos>", "a", "an", "photo", "of", "on", "grass", "sand", "snow", "mud"}}
SKY, GROUND = 0, 1
LEAST = 1e-4


class Watched:
    """Attention as diffusers computes it, with its queries and keys kept: [batch, heads, places, width]."""

    def __call__(self, attn, hidden_states, encoder_hidden_states=None, attention_mask=None, temb=None):
        context = hidden_states if encoder_hidden_states is None else encoder_hidden_states
        split = lambda x: x.unflatten(-1, (attn.heads, -1)).transpose(1, 2)
        self.query, self.key, value = split(attn.to_q(hidden_states)), split(attn.to_k(context)), split(attn.to_v(context))
        mixed = functional.scaled_dot_product_attention(self.query, self.key, value, attn_mask=attention_mask)
        return attn.to_out[1](attn.to_out[0](mixed.transpose(1, 2).flatten(2)))


def watch_decoder(unet):
    """Watches the decoder's attention; returns its self-attention and its text attention layers."""
    layers = [(name, module) for name, module in unet.named_modules() if name.startswith("up_blocks") and name[-5:] in ("attn1", "attn2")]
    for _, module in layers:
        module.set_processor(Watched())
    pick = lambda kind: [module.processor for name, module in layers if name.endswith(kind)]
    return pick("attn1"), pick("attn2")


def part_shares(pictures, chosen, cell=8):
    """Share of every part in each latent cell, [batch, parts, h, w]; indices beyond the count are mirror images."""
    count, kinds = len(pictures.captions), len(pictures.part_names)
    maps = np.stack([pictures.parts[i % count][:, :: -1 if i >= count else 1] for i in chosen])
    shares = functional.one_hot(torch.from_numpy(maps.astype(np.int64)), kinds).permute(0, 3, 1, 2).float()
    return functional.avg_pool2d(shares, cell)


def at_places(shares, places):
    """The shares at an attention layer's own scale, [batch, places, parts]."""
    factor = round((shares[0, 0].numel() / places) ** 0.5)
    return functional.avg_pool2d(shares, factor).flatten(2).transpose(1, 2)


def noun_loss(text_layers, shares, ids):
    """Cross entropy of the text attention's share on the noun against the share of animal in each cell."""
    is_noun = torch.tensor([[int(token) in NOUNS for token in row] for row in ids.tolist()])
    rows = is_noun.any(1).nonzero().flatten()
    if len(rows) == 0:
        return torch.zeros(())
    losses = []
    for layer in text_layers:
        query, key = layer.query[rows], layer.key[rows]
        weights = (query @ key.transpose(-1, -2) * query.shape[-1] ** -0.5).softmax(-1).mean(1)
        found = (weights * is_noun[rows, None, :LENGTH]).sum(-1).clamp(LEAST, 1 - LEAST)
        background = at_places(shares[rows], query.shape[2])[..., [SKY, GROUND]].sum(-1).clamp(0, 1)
        losses.append(functional.binary_cross_entropy(found, 1 - background))
    return torch.stack(losses).mean()


def part_loss(self_layers, shares):
    """Cross entropy of where the first half's queries look in the second half's keys: at the same parts, where there are any.
    The halves are pairs of pictures at one noise level."""
    losses = []
    for layer in self_layers:
        half = len(layer.query) // 2
        parts = at_places(shares, layer.query.shape[2])
        for ours, theirs in ((slice(0, half), slice(half, None)), (slice(half, None), slice(0, half))):
            query, key = layer.query[ours], layer.key[theirs]
            weights = (query @ key.transpose(-1, -2) * query.shape[-1] ** -0.5).softmax(-1).mean(1)
            found = weights @ parts[theirs]
            wanted = parts[ours] * (parts[theirs].amax(1, keepdim=True) > 0.3)
            losses.append(-(wanted * found.clamp_min(LEAST).log()).sum() / wanted.sum().clamp_min(1))
    return torch.stack(losses).mean()
