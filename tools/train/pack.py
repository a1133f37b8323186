"""Writes a pack: a diffusers folder with fp16 safetensors."""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file

from codec import load_codec
from fit_unet import Training
from network import UNET_FILE
from noise_schedule import SCHEDULER_CONFIG
from words import TOKENIZER_CONFIG, tokenizer_json

# What Stable Diffusion 1.x configs say and readers rely on; bookkeeping of the libraries is left out.
LEFT_OUT = (
    "_name_or_path",
    "_diffusers_version",
    "_use_default_values",
    "transformers_version",
    "_attn_implementation",
    "dtype",
    "torch_dtype",
    "id2label",
    "label2id",
    "return_dict",
    "output_hidden_states",
    "output_attentions",
    "chunk_size_feed_forward",
    "is_encoder_decoder",
)


# How self-segmentation finds the animals in these networks: parts to look for, and the least score of the noun.
MASK = {"clusters": 12, "threshold": 0.8}


def _write_json(file, value):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, indent=2) + "\n")


def _halves(state, file):
    file.parent.mkdir(parents=True, exist_ok=True)
    # `contiguous` alone keeps the channels-last strides, which safetensors cannot store.
    save_file({k: v.detach().half().contiguous(memory_format=torch.contiguous_format) for k, v in state.items()}, file)


def _config(values):
    return {k: list(v) if isinstance(v, tuple) else v for k, v in values.items() if k not in LEFT_OUT and v is not None}


def export(run, vae, out):
    """Writes the run's averaged networks with the given autoencoder to the folder `out`."""
    out, codec = Path(out), load_codec(vae)
    training = Training(codec.channels, 1e-3)
    training.load(torch.load(Path(run) / "unet.pt"))
    training.use_average()
    _halves(training.unet.state_dict(), out / "unet" / UNET_FILE)
    _write_json(out / "unet" / "config.json", _config({"_class_name": "UNet2DConditionModel", **training.unet.config}))
    text = training.text.state_dict()
    named = {k if k.startswith("text_model.") else f"text_model.{k}": v for k, v in text.items() if "position_ids" not in k}
    _halves(named, out / "text_encoder" / "model.safetensors")
    described = {**_config(training.text.config.to_dict()), "architectures": ["CLIPTextModel"], "model_type": "clip_text_model"}
    _write_json(out / "text_encoder" / "config.json", described)
    (out / "tokenizer").mkdir(parents=True, exist_ok=True)
    (out / "tokenizer" / "tokenizer.json").write_text(tokenizer_json() + "\n")
    _write_json(out / "tokenizer" / "tokenizer_config.json", TOKENIZER_CONFIG)
    _write_json(out / "scheduler" / "scheduler_config.json", SCHEDULER_CONFIG)
    write_vae(codec, out / "vae")
    _write_json(out / "crossweave.json", {"mask": MASK})
    _write_json(
        out / "model_index.json",
        {
            "_class_name": "StableDiffusionPipeline",
            "unet": ["diffusers", "UNet2DConditionModel"],
            "vae": ["diffusers", "AutoencoderKL"],
            "text_encoder": ["transformers", "CLIPTextModel"],
            "tokenizer": ["transformers", "PreTrainedTokenizerFast"],
            "scheduler": ["diffusers", "DDIMScheduler"],
        },
    )


def write_vae(codec, folder):
    """Writes an autoencoder as the `vae` folder of a pack."""
    _halves(codec.model.state_dict(), folder / UNET_FILE)
    _write_json(folder / "config.json", _config({"_class_name": "AutoencoderKL", **codec.model.config}))
