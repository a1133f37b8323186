"""Checkpoints that are whole or not there, and a log with its loss curve."""

import csv
import os
import time
from pathlib import Path

import torch


def save_atomically(state, file):
    """Writes beside the file and renames, so that a stopped run never leaves half a checkpoint."""
    part = Path(f"{file}.part")
    torch.save(state, part)
    os.replace(part, file)


class Journal:
    """Prints lines and appends them to `curve.csv`; counts the minutes of all sittings of a run."""

    def __init__(self, folder, spent=0.0):
        self.file = Path(folder) / "curve.csv"
        self.start = time.monotonic() - spent * 60
        self.fresh = not self.file.exists()

    def minutes(self):
        """Minutes trained so far, earlier sittings included."""
        return (time.monotonic() - self.start) / 60

    def note(self, **values):
        """One row: iteration first, then what is measured."""
        row = {"minutes": round(self.minutes(), 2), **values}
        with self.file.open("a", newline="") as handle:
            writer = csv.DictWriter(handle, row.keys())
            if self.fresh:
                writer.writeheader()
                self.fresh = False
            writer.writerow(row)
        print("  ".join(f"{k} {v}" for k, v in row.items()), flush=True)
