"""Trains the embedded model: `python train.py unet --run runs/NAME --minutes N [--resume]`; see README.md."""

import argparse
from pathlib import Path

import torch


def arguments():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=["vae", "unet", "export"])
    parser.add_argument("--run", required=True, help="folder of the run: checkpoints, curve, latents")
    parser.add_argument("--raw", default="runs/train.raw", help="what `npm run creatures -- --raw` wrote")
    parser.add_argument("--minutes", type=float, default=60, help="length of the run, all sittings together")
    parser.add_argument("--resume", action="store_true", help="go on from the run's checkpoint")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--vae", help="unet, export: folder of the autoencoder whose latents are used")
    parser.add_argument("--begin", help="unet: pack whose weights to start from")
    parser.add_argument("--rate", type=float, help="peak learning rate")
    parser.add_argument("--batch", type=int, help="pictures a step")
    parser.add_argument("--out", help="export: folder of the pack")
    return parser.parse_args()


def main():
    """Runs one stage."""
    given = arguments()
    torch.set_num_threads(given.threads)
    torch.set_flush_denormal(True)
    Path(given.run).mkdir(parents=True, exist_ok=True)
    options = {k: v for k, v in (("rate", given.rate), ("batch", given.batch)) if v is not None}
    if given.stage == "vae":
        from fit_vae import fit_vae

        fit_vae(given.run, given.raw, given.minutes, resume=given.resume, anchor=given.vae, **options)
    elif given.stage == "unet":
        from fit_unet import fit_unet

        fit_unet(given.run, given.raw, given.vae, given.minutes, resume=given.resume, begin=given.begin, **options)
    else:
        from pack import export

        export(given.run, given.vae, given.out)


if __name__ == "__main__":
    main()
