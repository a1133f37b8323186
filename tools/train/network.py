"""The networks, in the shapes that diffusers and transformers load."""

from pathlib import Path

import torch
from diffusers import UNet2DConditionModel
from safetensors.torch import load_file
from transformers import CLIPTextConfig, CLIPTextModel

from words import BOS, EOS, LENGTH, WORDS

TEXT_WIDTH = 64
UNET_FILE = "diffusion_pytorch_model.safetensors"


def make_unet(channels, widths=(64, 96), heads=4):
    """A U-Net for 16x16 latents: a plain encoder, attention in the middle and, as in Stable Diffusion, in
    the decoder at the latent's own scale and half of it."""
    return UNet2DConditionModel(
        sample_size=16,
        in_channels=channels,
        out_channels=channels,
        block_out_channels=widths,
        layers_per_block=1,
        down_block_types=("DownBlock2D",) * 2,
        up_block_types=("CrossAttnUpBlock2D",) * 2,
        cross_attention_dim=TEXT_WIDTH,
        attention_head_dim=heads,
        norm_num_groups=8,
    ).to(memory_format=torch.channels_last)


def make_text_encoder():
    """One causal transformer layer over whole words."""
    return CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(WORDS),
            hidden_size=TEXT_WIDTH,
            intermediate_size=4 * TEXT_WIDTH,
            num_hidden_layers=1,
            num_attention_heads=2,
            max_position_embeddings=LENGTH,
            hidden_act="quick_gelu",
            bos_token_id=BOS,
            eos_token_id=EOS,
            pad_token_id=EOS,
        )
    )


def start_from(unet, text_encoder, pack):
    """Takes every weight of an older pack that fits; new words and changed shapes keep their fresh values.
    Returns the names of what was not taken."""
    left = []
    for network, file in (
        (unet, Path(pack) / "unet" / UNET_FILE),
        (text_encoder, Path(pack) / "text_encoder" / "model.safetensors"),
    ):
        old = load_file(file)
        own = network.state_dict()
        prefix = "" if any(k in own for k in old) else "text_model."
        for name, value in own.items():
            source = old.get(name, old.get(prefix + name, old.get(name.removeprefix("text_model."))))
            if source is None:
                left.append(name)
            elif source.shape == value.shape:
                value.copy_(source.float())
            elif source.dim() == 2 and source.shape[1:] == value.shape[1:] and "token_embedding" in name:
                value[: len(source)].copy_(source.float())
                value[len(source) :].copy_(source.float().mean(0) + 0.1 * torch.randn_like(value[len(source) :]))
            else:
                left.append(name)
    return left
