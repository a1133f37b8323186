"""What diffusers computes on a checkpoint: text states, one U-Net forward, one decoded latent.

    python tools/parity/checkpoint_forward.py MODEL NAME

MODEL is a folder in the layout of diffusers, or a .safetensors file in the original layout beside whose folder (--configs) the
configs lie. NAME.json and NAME.bin are written in the format of the recorded tensors, for tools/weights/forward.ts --recorded.
"""

import argparse
import gc
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextModel

from recording import write_recording


def load(kind, model, configs, folder):
    if model.is_file():
        return kind.from_single_file(str(model), config=str(configs), subfolder=folder, torch_dtype=torch.float32)
    return kind.from_pretrained(str(model / folder), torch_dtype=torch.float32)


def text_states(model, configs, tokens):
    source = configs if model.is_file() else model
    encoder = CLIPTextModel.from_pretrained(str(source / "text_encoder"), dtype=torch.float32)
    return encoder(torch.tensor(tokens).long()[None]).last_hidden_state


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("name")
    parser.add_argument("--configs", type=Path)
    parser.add_argument("--side", type=int, default=64)
    options = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(2)
    tokens = np.array([49406, 320, 1125, 539, 320, 4102] + 71 * [49407], np.int32)
    with torch.no_grad():
        text = text_states(options.model, options.configs, tokens)
        gc.collect()
        unet = load(UNet2DConditionModel, options.model, options.configs, "unet")
        sample = torch.randn(1, unet.config.in_channels, options.side, options.side)
        noise = unet(sample, 471, text).sample
        del unet
        gc.collect()
        vae = load(AutoencoderKL, options.model, options.configs, "vae")
        decoded = vae.decode(sample / vae.config.scaling_factor).sample
    arrays = {"tokens": tokens, "sample": sample, "text": text, "noise": noise, "decoded": decoded}
    write_recording(options.name, {key: np.asarray(value) for key, value in arrays.items()})
    print({key: [float(np.abs(np.asarray(value)).max())] for key, value in arrays.items()})


main()
