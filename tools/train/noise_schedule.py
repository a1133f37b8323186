"""Stable Diffusion's noise schedule, and how training weighs it."""

import torch

STEPS = 1000
# The official preset starts at t = 671; what lies above is only needed when pictures are drawn from noise.
WORKING_RANGE = 720
WORKING_SHARE = 0.92
SCHEDULER_CONFIG = {
    "_class_name": "DDIMScheduler",
    "num_train_timesteps": STEPS,
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "prediction_type": "epsilon",
    "steps_offset": 1,
    "set_alpha_to_one": False,
    "clip_sample": False,
    "timestep_spacing": "leading",
}


def alphas_cumprod():
    """The share of the picture's variance left at each of the 1000 timesteps."""
    root = torch.linspace(0.00085**0.5, 0.012**0.5, STEPS, dtype=torch.float64)
    return torch.cumprod(1 - root.square(), 0).float()


def draw_timesteps(count):
    """Timesteps over all of 0..999, mostly from the working range."""
    low = torch.randint(0, WORKING_RANGE, (count,))
    high = torch.randint(WORKING_RANGE, STEPS, (count,))
    return torch.where(torch.rand(count) < WORKING_SHARE, low, high)


def min_snr_weight(alpha, gamma=5.0):
    """Weight of an epsilon error under the min-SNR rule (Hang et al. 2023)."""
    snr = alpha / (1 - alpha)
    return snr.clamp(max=gamma) / snr
