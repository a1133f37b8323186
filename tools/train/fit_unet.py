"""Trains the U-Net and the text encoder together on cached latents."""

import math
import random
import time
from pathlib import Path

import torch
from torch import nn

from checkpoint import Journal, save_atomically
from codec import load_codec
from latents import cached_latents
from lessons import noun_loss, part_loss, part_shares, watch_decoder
from network import make_text_encoder, make_unet, start_from
from noise_schedule import alphas_cumprod, draw_timesteps, min_snr_weight
from pictures import Pictures
from words import token_ids, varied

WARM_UP = 100
DECAY_FROM = 0.5
SAVE_EVERY_MINUTES = 4.0
NOUN_WEIGHT = 0.03
PART_WEIGHT = 0.06


class Training:
    """Networks, their averages and the optimiser; what a checkpoint holds."""

    def __init__(self, channels, rate):
        self.unet, self.text = make_unet(channels), make_text_encoder()
        self.self_layers, self.text_layers = watch_decoder(self.unet)
        self.parameters = [*self.unet.parameters(), *self.text.parameters()]
        self.average = [p.detach().clone() for p in self.parameters]
        self.optimiser = torch.optim.AdamW(self.parameters, lr=rate, betas=(0.9, 0.99), weight_decay=0.01)
        self.iteration = 0

    def begin_from(self, pack):
        """Starts from the weights of an older pack."""
        with torch.no_grad():
            left = start_from(self.unet, self.text, pack)
        print("fresh:", ", ".join(left) or "nothing", flush=True)
        self.average = [p.detach().clone() for p in self.parameters]

    def update_average(self):
        """Exponential moving average, quicker at first."""
        decay = min(0.998, (1 + self.iteration) / (10 + self.iteration))
        with torch.no_grad():
            torch._foreach_lerp_(self.average, self.parameters, 1 - decay)

    def state(self, minutes):
        """All that a later sitting needs."""
        return {
            "unet": self.unet.state_dict(),
            "text": self.text.state_dict(),
            "average": self.average,
            "optimiser": self.optimiser.state_dict(),
            "iteration": self.iteration,
            "minutes": minutes,
        }

    def load(self, state):
        """Goes on from a checkpoint; returns the minutes already trained."""
        self.unet.load_state_dict(state["unet"])
        self.text.load_state_dict(state["text"])
        self.average = state["average"]
        self.optimiser.load_state_dict(state["optimiser"])
        self.iteration = state["iteration"]
        return state["minutes"]

    def use_average(self):
        """Puts the averaged weights into the networks (for export and scoring)."""
        with torch.no_grad():
            for parameter, mean in zip(self.parameters, self.average):
                parameter.copy_(mean)


def learning_rate(peak, minutes, total, since_start):
    """Warm-up at every start, a plateau, then a cosine down to a fiftieth at the end of the run."""
    warm = min(1.0, (since_start + 1) / WARM_UP)
    share = min(1.0, max(0.0, (minutes / total - DECAY_FROM) / (1 - DECAY_FROM)))
    return peak * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * share)))


def loss_of(training, latents, captions, shares, alphas):
    """Min-SNR weighted epsilon error of a batch plus what its part maps teach; and the plain parts of it."""
    # The second half of the batch is as noisy as the first: pairs that the part lesson compares.
    timesteps = draw_timesteps(len(latents) // 2).repeat(2)
    noise = torch.randn_like(latents)
    alpha = alphas[timesteps].view(-1, 1, 1, 1)
    noisy = alpha.sqrt() * latents + (1 - alpha).sqrt() * noise
    ids = torch.tensor([token_ids(varied(caption)) for caption in captions])
    states = training.text(input_ids=ids).last_hidden_state
    predicted = training.unet(noisy.contiguous(memory_format=torch.channels_last), timesteps, states, return_dict=False)[0]
    error = (predicted - noise).square()
    noun, part = noun_loss(training.text_layers, shares, ids), part_loss(training.self_layers, shares)
    loss = (error * min_snr_weight(alpha)).mean() + NOUN_WEIGHT * noun + PART_WEIGHT * part
    return loss, (loss.item(), error.mean().item(), noun.item(), part.item())


def fit_unet(run, raw, vae, minutes, rate=1e-3, batch=32, resume=False, begin=None):
    """Trains until the run has lasted `minutes` in all; leaves `unet.pt` in the run's folder."""
    run = Path(run)
    pictures = Pictures.open(raw).refuse_held_out()
    codec = load_codec(vae)
    latents = cached_latents(pictures, codec, run / "latents.npy")
    count = len(pictures.captions)
    alphas = alphas_cumprod()
    training = Training(codec.channels, rate)
    checkpoint = run / "unet.pt"
    spent = 0.0
    if resume and checkpoint.exists():
        spent = training.load(torch.load(checkpoint))
    elif begin:
        training.begin_from(begin)
    torch.manual_seed(training.iteration + 1)
    random.seed(training.iteration + 1)
    journal, saved, errors, first = Journal(run, spent), time.monotonic(), [], training.iteration
    while journal.minutes() < minutes:
        for group in training.optimiser.param_groups:
            group["lr"] = learning_rate(rate, journal.minutes(), minutes, training.iteration - first)
        chosen = torch.randint(0, len(latents), (batch,)).numpy()
        clean = torch.from_numpy(latents[chosen]).float()
        captions = [pictures.captions[i % count] for i in chosen]
        loss, errors_now = loss_of(training, clean, captions, part_shares(pictures, chosen), alphas)
        training.optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(training.parameters, 1.0)
        training.optimiser.step()
        training.iteration += 1
        training.update_average()
        errors.append(errors_now)
        if training.iteration % 25 == 0:
            mean = torch.tensor(errors).mean(0)
            named = dict(zip(("loss", "eps_mse", "noun", "part"), (round(float(value), 4) for value in mean)))
            journal.note(iteration=training.iteration, **named)
            errors.clear()
        if time.monotonic() - saved > SAVE_EVERY_MINUTES * 60:
            save_atomically(training.state(journal.minutes()), checkpoint)
            saved = time.monotonic()
    save_atomically(training.state(journal.minutes()), checkpoint)
