"""Pictures to latents and back: diffusers' AutoencoderKL, or the linear patch transform of the first versions, which later ones keep to."""

import json
from pathlib import Path

import torch
from diffusers import AutoencoderKL
from safetensors.torch import load_file
from torch.nn import functional


class PatchCodec:
    """One convolution of 8x8 with stride 8, and its transpose: latents have unit variance already."""

    scaling = 1.0

    def __init__(self, folder):
        self.config = json.loads((Path(folder) / "config.json").read_text())
        self.weights = {k: v.float() for k, v in load_file(Path(folder) / "diffusion_pytorch_model.safetensors").items()}
        self.channels = self.config["latent_channels"]

    def encode(self, pictures):
        """[n, 3, h, w] in -1..1 to scaled latents [n, channels, h / 8, w / 8]."""
        return functional.conv2d(pictures, self.weights["encoder.weight"], self.weights["encoder.bias"], stride=8)

    def decode(self, latents):
        """Scaled latents to pictures in -1..1."""
        flat = functional.conv_transpose2d(latents, self.weights["decoder.weight"], stride=8)
        return flat + self.weights["decoder.bias_map"].repeat(1, latents.shape[2], latents.shape[3])


class KlCodec:
    """AutoencoderKL with its scaling factor."""

    def __init__(self, folder):
        self.model = AutoencoderKL.from_pretrained(folder, torch_dtype=torch.float32).eval()
        self.scaling = self.model.config.scaling_factor
        self.channels = self.model.config.latent_channels

    @torch.no_grad()
    def encode(self, pictures):
        """[n, 3, h, w] in -1..1 to scaled latents (the distribution's mode) [n, channels, h / 8, w / 8]."""
        return self.model.encode(pictures).latent_dist.mode() * self.scaling

    @torch.no_grad()
    def decode(self, latents):
        """Scaled latents to pictures in -1..1."""
        return self.model.decode(latents / self.scaling).sample


def load_codec(folder):
    """The autoencoder in a `vae` folder, whichever of the two it is."""
    name = json.loads((Path(folder) / "config.json").read_text())["_class_name"]
    return PatchCodec(folder) if name == "PatchAutoencoder" else KlCodec(folder)


def to_tensor(rgb):
    """Bytes [n, h, w, 3] to pictures [n, 3, h, w] in -1..1."""
    return torch.from_numpy(rgb.copy()).permute(0, 3, 1, 2).float() / 127.5 - 1


def to_bytes(pictures):
    """Pictures in -1..1 to bytes [n, h, w, 3]."""
    return ((pictures.clamp(-1, 1) + 1) * 127.5).round().byte().permute(0, 2, 3, 1).contiguous().numpy()


def psnr(pictures, others):
    """Peak signal-to-noise ratio in dB of pictures in -1..1."""
    return float(-10 * torch.log10(((pictures - others) / 2).square().mean()))
