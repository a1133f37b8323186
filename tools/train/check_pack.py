"""Loads a pack with diffusers and transformers as they are and runs it once; fails when anything is missing."""

import sys
from pathlib import Path

import torch
from diffusers import DDIMScheduler, UNet2DConditionModel
from safetensors import safe_open
from transformers import CLIPTextModel, PreTrainedTokenizerFast

from codec import KlCodec

LARGEST_PACK_BYTES = 20_000_000


def main(pack):
    """Raises AssertionError with what is wrong."""
    pack = Path(pack)
    unet, notes = UNet2DConditionModel.from_pretrained(pack / "unet", output_loading_info=True, low_cpu_mem_usage=False)
    assert not notes["missing_keys"] and not notes["unexpected_keys"], notes
    text, notes = CLIPTextModel.from_pretrained(pack / "text_encoder", output_loading_info=True)
    assert not notes["missing_keys"] and not notes["unexpected_keys"], notes
    tokenizer = PreTrainedTokenizerFast.from_pretrained(pack / "tokenizer")
    scheduler = DDIMScheduler.from_pretrained(pack / "scheduler")
    scheduler.set_timesteps(100)
    codec = KlCodec(pack / "vae")
    ids = tokenizer("a photo of an animal", padding="max_length", return_tensors="pt").input_ids
    with torch.no_grad():
        states = text(input_ids=ids).last_hidden_state.float()
        latents = codec.encode(torch.zeros(1, 3, 128, 128))
        noise = unet.float()(latents, 501, states, return_dict=False)[0]
        picture = codec.decode(scheduler.step(noise, 501, latents).prev_sample)
    assert noise.shape == latents.shape and torch.isfinite(picture).all(), "the networks do not fit together"
    files = list(pack.rglob("*"))
    assert sum(f.stat().st_size for f in files if f.is_file()) <= LARGEST_PACK_BYTES, "the pack is larger than 20 MB"
    for file in pack.rglob("*.safetensors"):
        with safe_open(file, "pt") as tensors:
            kinds = {tensors.get_slice(key).get_dtype() for key in tensors.keys()}
        assert kinds == {"F16"}, f"{file} holds {kinds}"
    print(f"{pack} loads unchanged")


if __name__ == "__main__":
    main(sys.argv[1])
