"""Reads what `npm run creatures -- --raw FILE` writes: pictures, part maps and captions."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

HELD_OUT_FROM = 1_000_000


@dataclass(frozen=True)
class Pictures:
    """rgb: [count, size, size, 3] bytes, parts: [count, size, size] labels, captions and part names."""

    rgb: np.ndarray
    parts: np.ndarray
    captions: list
    part_names: list
    first_seed: int

    @staticmethod
    def open(file):
        """Maps a raw file into memory; raises ValueError when file and description disagree."""
        about = json.loads(Path(f"{file}.json").read_text())
        count, size = about["count"], about["size"]
        packed = np.memmap(file, np.uint8, "r")
        if packed.size != count * size * size * 4:
            raise ValueError(f"{file} holds {packed.size} bytes, its description says {count} pictures of {size} px")
        packed = packed.reshape(count, size * size * 4)
        rgb = packed[:, : size * size * 3].reshape(count, size, size, 3)
        parts = packed[:, size * size * 3 :].reshape(count, size, size)
        return Pictures(rgb, parts, about["captions"], about["parts"], about["seed"])

    def refuse_held_out(self):
        """Raises ValueError when any picture belongs to the seeds that are never trained on."""
        if self.first_seed + len(self.captions) > HELD_OUT_FROM:
            raise ValueError(f"seeds from {HELD_OUT_FROM} up are held out and never trained on")
        return self
