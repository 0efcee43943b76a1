#!/usr/bin/env python3
"""Opens model files with the safetensors package and prints what is in them.

usage: check-safetensors.py FILE...

Needs the Python packages safetensors and numpy. Exits with 1 if a file cannot be opened or one of
its tensors is not what the file's own header says.
"""

import json
import struct
import sys

import numpy
from safetensors.numpy import load_file


def header_of(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        return json.loads(file.read(length))


def check(path):
    header = header_of(path)
    metadata = header.pop("__metadata__", {})
    tensors = load_file(path)
    print(f"{path}: {len(tensors)} tensors, metadata {sorted(metadata)}")
    for name, tensor in tensors.items():
        entry = header.pop(name)
        if list(tensor.shape) != entry["shape"]:
            raise ValueError(f"tensor {name!r}: shape {tensor.shape}, header {entry['shape']}")
        if tensor.dtype.kind == "f" and not numpy.isfinite(tensor).all():
            print(f"  {name!r} holds values that are not finite")
        print(f"  {name!r} {entry['dtype']} ({tensor.dtype}) {list(tensor.shape)}")
    if header:
        raise ValueError(f"tensors {sorted(header)} were not read")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    failed = False
    for path in sys.argv[1:]:
        try:
            check(path)
        except Exception as error:
            print(f"{path}: {type(error).__name__}: {error}", file=sys.stderr)
            failed = True
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
