"""The latents of all pictures and their mirror images, made once before the U-Net trains."""

from pathlib import Path

import numpy as np
import torch

from codec import to_tensor

BATCH = 250


@torch.no_grad()
def cached_latents(pictures, codec, file):
    """float16 latents [2 count, channels, h / 8, w / 8], mirror images in the second half; kept in `file`."""
    count, size = pictures.rgb.shape[:2]
    shape = (2 * count, codec.channels, size // 8, size // 8)
    if Path(file).exists():
        kept = np.load(file, mmap_mode="r")
        if kept.shape != shape:
            raise ValueError(f"{file} has shape {kept.shape}, these pictures need {shape}: delete it")
        return kept
    part = Path(f"{file}.part.npy")
    out = np.lib.format.open_memmap(part, "w+", np.float16, shape)
    for start in range(0, count, BATCH):
        rgb = np.asarray(pictures.rgb[start : start + BATCH])
        out[start : start + len(rgb)] = codec.encode(to_tensor(rgb)).numpy()
        out[count + start : count + start + len(rgb)] = codec.encode(to_tensor(rgb[:, :, ::-1])).numpy()
    out.flush()
    part.rename(file)
    return np.load(file, mmap_mode="r")
