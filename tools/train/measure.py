"""Numbers of a pack: epsilon errors on held-out and on trained pictures, and the autoencoder's PSNR."""

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import load_file

from codec import load_codec, psnr, to_tensor
from network import UNET_FILE, make_text_encoder, make_unet
from noise_schedule import alphas_cumprod
from pictures import HELD_OUT_FROM, Pictures

TIMESTEPS = (50, 200, 400, 600)
BATCH = 25


def load_networks(pack, channels):
    """U-Net and text encoder of a pack, and the words it knows."""
    unet, text = make_unet(channels), make_text_encoder()
    unet.load_state_dict({k: v.float() for k, v in load_file(Path(pack) / "unet" / UNET_FILE).items()})
    saved = {k: v.float() for k, v in load_file(Path(pack) / "text_encoder" / "model.safetensors").items()}
    words = json.loads((Path(pack) / "tokenizer" / "tokenizer.json").read_text())["model"]["vocab"]
    own = text.state_dict()
    with torch.no_grad():
        for name, value in own.items():
            source = saved.get(name, saved.get(f"text_model.{name}"))
            value[: len(source)].copy_(source)
    return unet.eval(), text.eval(), words


def ids_of(caption, words, length=12):
    """Token ids; an animal that the pack has no word for is "an animal"."""
    known = [word if word in words else "animal" for word in caption.split()]
    row = [1] + [words[word] for word in known] + [2]
    return row + [2] * (length - len(row))


@torch.no_grad()
def eps_errors(unet, text, words, codec, pictures, count):
    """Mean squared epsilon error at each timestep, noise seeded by the picture's place."""
    alphas, sums = alphas_cumprod(), dict.fromkeys(TIMESTEPS, 0.0)
    for start in range(0, count, BATCH):
        latents = codec.encode(to_tensor(pictures.rgb[start : start + BATCH]))
        noise = torch.randn(latents.shape, generator=torch.Generator().manual_seed(start))
        ids = torch.tensor([ids_of(c, words) for c in pictures.captions[start : start + BATCH]])
        states = text(input_ids=ids).last_hidden_state
        for t in TIMESTEPS:
            noisy = alphas[t].sqrt() * latents + (1 - alphas[t]).sqrt() * noise
            error = unet(noisy, t, states, return_dict=False)[0] - noise
            sums[t] += error.square().mean().item() * len(latents) / count
    return {str(t): round(value, 4) for t, value in sums.items()}


def main():
    """Prints the numbers as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", required=True)
    parser.add_argument("--train", default="runs/train.raw")
    parser.add_argument("--held-out", default="runs/held-out.raw")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    codec = load_codec(Path(given.pack) / "vae")
    unet, text, words = load_networks(given.pack, codec.channels)
    held_out = Pictures.open(given.held_out)
    if held_out.first_seed < HELD_OUT_FROM:
        raise SystemExit(f"{given.held_out} starts at seed {held_out.first_seed}: these may have been trained on")
    sample = to_tensor(held_out.rgb[: given.count])
    rebuilt = torch.cat([codec.decode(codec.encode(sample[i : i + BATCH])) for i in range(0, len(sample), BATCH)])
    report = {"pictures": given.count, "vae_psnr_db": round(psnr(rebuilt.clamp(-1, 1), sample), 2)}
    for name, pictures in (("held_out", held_out), ("train", Pictures.open(given.train))):
        report[f"eps_mse_{name}"] = eps_errors(unet, text, words, codec, pictures, given.count)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
