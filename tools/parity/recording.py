"""Writes arrays in the format of the recorded tensors: NAME.json tells where each lies in NAME.bin."""

import json
from pathlib import Path

import numpy as np

TYPES = {"float32": "f32", "int32": "i32", "uint8": "u8"}


def write_recording(name, arrays, meta=None):
    """Writes NAME.json and NAME.bin; every array begins at a multiple of 16 bytes."""
    index, blob = {}, bytearray()
    for key, array in arrays.items():
        array = np.ascontiguousarray(array)
        blob.extend(b"\0" * (-len(blob) % 16))
        index[key] = {
            "dtype": TYPES[array.dtype.name],
            "shape": list(array.shape),
            "offset": len(blob),
            "nbytes": array.nbytes,
        }
        blob.extend(array.tobytes())
    Path(f"{name}.bin").write_bytes(blob)
    Path(f"{name}.json").write_text(json.dumps({**(meta or {}), "arrays": index}, indent=1) + "\n")
