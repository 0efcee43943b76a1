"""The two tasks that measure how long a network remembers (Hochreiter and Schmidhuber 1997)."""

import json
import random

COPIED = 10
SYMBOLS = "abcdefgh"
BLANK = "-"
NOW = "?"


def write_lines(path, rows):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def write_adding(path, length, count, seed):
    """Numbers of 0 to 1, one in each half marked; the sum of the two is asked for."""
    generator = random.Random(seed)

    def row():
        values = [round(generator.random(), 4) for _ in range(length)]
        marked = (generator.randrange(length // 2), generator.randrange(length // 2, length))
        return {
            "values": values, "marks": [int(step in marked) for step in range(length)],
            "sum": round(sum(values[step] for step in marked), 4),
        }

    write_lines(path, (row() for _ in range(count)))


def write_copying(path, length, count, seed):
    """Ten symbols, `length` blanks of which the last is a sign, and the symbols are asked for."""
    generator = random.Random(seed)

    def row():
        symbols = generator.choices(SYMBOLS, k=COPIED)
        return {
            "input": symbols + [BLANK] * (length - 1) + [NOW] + [BLANK] * COPIED,
            "output": [BLANK] * (COPIED + length) + symbols,
        }

    write_lines(path, (row() for _ in range(count)))
