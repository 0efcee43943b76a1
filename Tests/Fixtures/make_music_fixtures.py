"""Writes the fixtures of the music module beside this file: what librosa makes of a short sound.

    pip install librosa
    python make_music_fixtures.py

The tests read the written files; librosa is needed only to make them anew. The sound is a chirp, a
click and noise, in multiples of 1/4096: short to write, and exact in single precision.
"""

import json
from pathlib import Path

import librosa
import numpy as np

HERE = Path(__file__).resolve().parent


def sound(count):
    """The first samples of one sound."""
    rng = np.random.default_rng(7)
    time = np.arange(3001) / 22050
    values = 0.5 * np.sin(2 * np.pi * (300 + 9000 * time) * time) + 0.05 * rng.normal(size=3001)
    values[200] += 0.4
    return (np.round(values * 4096) / 4096)[:count]


def stft(values, fft_size, window, hop):
    return librosa.stft(
        values, n_fft=fft_size, win_length=window, hop_length=hop, pad_mode="reflect")


def transform_case(count, fft_size, window, hop, every):
    """The complex frames, of which only each `every`-th bin is written."""
    frames = stft(sound(count), fft_size, window, hop).T[:, ::every]
    return {
        "count": count, "fftSize": fft_size, "window": window, "hop": hop, "every": every,
        "frames": len(frames), "real": digits(frames.real), "imaginary": digits(frames.imag),
    }


def griffin_lim_case(count, fft_size, window, hop, iterations, momentum):
    """The sound of librosa's iteration from zero phases, of which the magnitudes are the start."""
    rebuilt = librosa.griffinlim(
        np.abs(stft(sound(count), fft_size, window, hop)), n_iter=iterations, hop_length=hop,
        win_length=window, n_fft=fft_size, pad_mode="reflect", momentum=momentum, init=None)
    return {
        "count": count, "fftSize": fft_size, "window": window, "hop": hop,
        "iterations": iterations, "isFast": momentum > 0, "sound": digits(rebuilt),
    }


def digits(values):
    """Eight significant digits: single precision has seven."""
    return [float(f"{value:.7e}") for value in values.flatten()]


def main():
    fixture = {
        "sound": sound(3001).tolist(),
        "transforms": [
            transform_case(*case) for case in [
                (3001, 2048, 2048, 512, 16), (2700, 2048, 1024, 512, 16), (1501, 512, 512, 128, 8),
                (999, 512, 401, 99, 8), (301, 512, 512, 128, 8), (333, 64, 64, 16, 1),
            ]
        ],
        "griffinLim": [
            griffin_lim_case(2048, 256, 256, 64, 4, 0), griffin_lim_case(2048, 256, 200, 50, 5, 0.99),
        ],
    }
    text = json.dumps(fixture, separators=(",", ":"))
    (HERE / "music-librosa.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
