"""How a peer talks with the side-by-side benchmark.

    python PEER_peer.py --version                 one line: {"version": "2.15.0"} or {"missing": "why"}
    python PEER_peer.py NAME THREADS              prepares the work of that name, answers {"ready": true};
                                                  then, for each line SECONDS on standard input, works
                                                  about that long and answers
                                                  {"tokens_per_second": 41234.5, "peak_bytes": 312000000}

The names are those of `refrain benchmark`; in music's, the frames are what tokens are elsewhere. Answers are lines of JSON on standard output; whatever the
libraries print goes to standard error.
"""

import json
import os
import re
import sys
import time
from dataclasses import dataclass

# Weights of fewer bytes are Refrain's; a peer does the same work with the weights that it has.
NAME = re.compile(
    r"(train|generate)-(lstm|gru|rnn)-V(\d+)-H(\d+)x(\d+)(?:-T(\d+)-B(\d+))?(?:-f16|-i8)?"
)

MUSIC = re.compile(r"train-music-T(\d+)-B(\d+)")


@dataclass
class Work:
    """What a name says: `steps` and `sequences` are 0 where a text is generated.

    For the lecture's larger model `cell` is "music", and the network has the sizes of the lecture.
    """

    trains: bool
    cell: str
    vocabulary: int
    hidden: int
    layers: int
    steps: int
    sequences: int

    @staticmethod
    def parse(name):
        if music := MUSIC.fullmatch(name):
            return Work(True, "music", 0, 0, 0, int(music[1]), int(music[2]))
        match = NAME.fullmatch(name)
        if not match or (match[1] == "train") != (match[6] is not None):
            sys.exit(f"{name} is no name of a benchmark.")
        numbers = [int(number or 0) for number in match.groups()[2:]]
        return Work(match[1] == "train", match[2], *numbers)


def peak_bytes():
    """The most memory that this process has had in use."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except FileNotFoundError:
        pass
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def tokens_per_second(step, seconds):
    """The speed of as many steps as fit into `seconds`, at least one."""
    begin = time.perf_counter()
    tokens = 0
    while True:
        tokens += step()
        elapsed = time.perf_counter() - begin
        if elapsed >= seconds:
            return tokens / elapsed


def serve(load):
    """Answers until standard input ends.

    `load()` imports the library and returns (version, prepare); `prepare(work, threads)` returns a
    function that does a step, waits for it to be over, and returns its tokens.
    """
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)

    def answer(**values):
        answers.write(json.dumps(values) + "\n")

    try:
        version, prepare = load()
    except ImportError as error:
        answer(missing=str(error))
        return
    if sys.argv[1:] == ["--version"]:
        answer(version=version)
        return
    work, threads = Work.parse(sys.argv[1]), int(sys.argv[2])
    step = prepare(work, threads)
    # The first steps compile, allocate and choose algorithms.
    for _ in range(2):
        tokens = step()
    speed = tokens_per_second(step, 0)
    answer(ready=True)
    for line in sys.stdin:
        seconds = float(line)
        # Another process has just had the caches; where a step takes long, that does not matter.
        if tokens / speed < seconds / 10:
            tokens_per_second(step, seconds / 10)
        speed = tokens_per_second(step, seconds)
        answer(tokens_per_second=speed, peak_bytes=peak_bytes())
