"""Trains the autoencoder on crops of the pictures."""

import time
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKL
from torch import nn
from torch.nn import functional

from checkpoint import Journal, save_atomically
from codec import load_codec, psnr, to_tensor
from pictures import Pictures

CROP = 64
KL_WEIGHT = 1e-6
GRADIENT_WEIGHT = 0.5
ANCHOR_WEIGHT = 1.0
ANCHOR_NOISE = 0.1
JOINT_FROM = 0.6
WARM_UP = 100
SAVE_EVERY_MINUTES = 4.0


def make_vae(channels):
    """8x down, a third of a million parameters a side; few channels where the picture is large."""
    return AutoencoderKL(
        in_channels=3,
        out_channels=3,
        latent_channels=channels,
        block_out_channels=(8, 16, 32, 64),
        layers_per_block=1,
        norm_num_groups=4,
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        sample_size=128,
        scaling_factor=1.0,
    ).to(memory_format=torch.channels_last)


def crops(rgb, count):
    """Random crops at latent-cell positions, half of them mirrored, as pictures in -1..1."""
    size = rgb.shape[1]
    out = np.empty((count, CROP, CROP, 3), np.uint8)
    places = np.random.randint(0, (size - CROP) // 8 + 1, (count, 2)) * 8
    for i, (index, (y, x)) in enumerate(zip(np.random.randint(0, len(rgb), count), places)):
        piece = rgb[index, y : y + CROP, x : x + CROP]
        out[i] = piece[:, ::-1] if np.random.random() < 0.5 else piece
    return to_tensor(out)


def edges(pictures):
    """Differences of neighbours, across and down."""
    return pictures.diff(dim=3), pictures.diff(dim=2)


def likeness(rebuilt, pictures):
    """Absolute error, squared error and the error of the edges."""
    loss = (rebuilt - pictures).abs().mean() + 2 * (rebuilt - pictures).square().mean()
    for ours, true in zip(edges(rebuilt), edges(pictures)):
        loss = loss + GRADIENT_WEIGHT * (ours - true).abs().mean()
    return loss


def free_loss(vae, pictures):
    """The loss where latents may become what they like: likeness and a little KL. With the PSNR in dB."""
    spread = vae.encode(pictures).latent_dist
    rebuilt = vae.decode(spread.sample()).sample
    return likeness(rebuilt, pictures) + KL_WEIGHT * spread.kl().mean(), psnr(rebuilt.detach(), pictures)


def anchored_loss(vae, pictures, anchor, joint):
    """The loss where latents are another autoencoder's: the encoder learns them, the decoder learns to decode
    them, a little disturbed as a U-Net's are. When `joint`, the second half of the batch goes through both."""
    with torch.no_grad():
        latents = anchor.encode(pictures)
    means = vae.encode(pictures).latent_dist.mean
    off = means - latents
    loss = ANCHOR_WEIGHT * (off.square().mean() + anchor.decode(off).sub(anchor.decode(off * 0)).square().mean())
    noisy = latents + torch.rand(len(latents), 1, 1, 1) * ANCHOR_NOISE * torch.randn_like(latents)
    half = len(latents) // 2
    given = torch.cat([noisy[:half], means[half:]]) if joint else noisy
    rebuilt = vae.decode(given).sample
    return loss + likeness(rebuilt, pictures), psnr(rebuilt.detach()[half:], pictures[half:])


def fix_spread(vae):
    """Makes the latents' spread nothing to speak of (log variance -20), whatever the picture."""
    logarithms = slice(vae.config.latent_channels, None)
    with torch.no_grad():
        vae.quant_conv.weight[logarithms] = 0
        vae.quant_conv.bias[logarithms] = -20


@torch.no_grad()
def measured_scaling(vae, rgb):
    """One over the latents' standard deviation."""
    latents = [vae.encode(to_tensor(np.asarray(rgb[i : i + 25]))).latent_dist.mode() for i in range(0, 200, 25)]
    return 1 / torch.cat(latents).std().item()


def fit_vae(run, raw, minutes, rate=2e-3, batch=16, resume=False, anchor=None):
    """Trains until the run has lasted `minutes` in all; leaves a `vae` folder in the run's folder. With
    `anchor`, the folder of another autoencoder, latents are that one's, so that a U-Net trained on them
    goes on working."""
    run = Path(run)
    pictures = Pictures.open(raw).refuse_held_out()
    anchored = load_codec(anchor) if anchor else None
    vae = make_vae(anchored.channels if anchored else 8)
    optimiser = torch.optim.AdamW(vae.parameters(), lr=rate, betas=(0.9, 0.99), weight_decay=0.0)
    checkpoint, spent, iteration = run / "vae.pt", 0.0, 0
    if resume and checkpoint.exists():
        state = torch.load(checkpoint)
        vae.load_state_dict(state["vae"])
        optimiser.load_state_dict(state["optimiser"])
        spent, iteration = state["minutes"], state["iteration"]
    torch.manual_seed(iteration + 1)
    np.random.seed(iteration + 1)
    journal, saved, noted, first = Journal(run, spent), time.monotonic(), [], iteration
    while journal.minutes() < minutes:
        share = max(0.0, journal.minutes() / minutes - 0.6) / 0.4
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1.0, (iteration - first + 1) / WARM_UP) * (1 - 0.97 * share)
        batch_of = crops(pictures.rgb, batch).contiguous(memory_format=torch.channels_last)
        joint = journal.minutes() > JOINT_FROM * minutes
        loss, quality = anchored_loss(vae, batch_of, anchored, joint) if anchored else free_loss(vae, batch_of)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(vae.parameters(), 1.0)
        optimiser.step()
        iteration += 1
        noted.append((loss.item(), quality))
        if iteration % 25 == 0:
            mean = np.mean(noted, 0)
            journal.note(iteration=iteration, loss=round(float(mean[0]), 4), psnr=round(float(mean[1]), 2))
            noted.clear()
        if time.monotonic() - saved > SAVE_EVERY_MINUTES * 60 or journal.minutes() >= minutes:
            state = {"vae": vae.state_dict(), "optimiser": optimiser.state_dict()}
            save_atomically({**state, "minutes": journal.minutes(), "iteration": iteration}, checkpoint)
            saved = time.monotonic()
    if anchored:
        fix_spread(vae)
    vae.register_to_config(scaling_factor=1.0 if anchored else measured_scaling(vae.eval(), pictures.rgb))
    vae.save_pretrained(run / "vae")
