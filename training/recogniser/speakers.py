"""Who speaks: the voices kept for the tests, those for validation, and speakers drawn at random for training."""

import random
from dataclasses import dataclass
from pathlib import Path

from training.common.espeak import Espeak, Utterance, write_variant

RESERVED = ("Annie", "Gene", "Andy", "steph", "klatt2", "f3", "f5", "m6")
"""Variants of the frozen test sets. Neither trained nor validated on, nor are their siblings below."""

SIBLINGS_OF_RESERVED = ("AnxiousAndy", "Gene2", "steph2", "steph3")
VALIDATION = ("m2", "f2", "Jacky", "edward2", "linda", "klatt3", "sandro", "belinda")
STOCK = (
    "m1 m3 m4 m5 m7 m8 f1 f4 klatt klatt4 adam Alex Alicia Andrea antonio anika benjamin boris caleb david Denis Diogo "
    "ed edward gustave Henrique Hugo iven iven2 john Lee Marco Mario marcelo max Michael michel miguel Mike Nguyen "
    "norbert pablo paul pedro quincy rob robert shelby travis victor zac"
).split()
RANDOM_VARIANT = "lagrace"
ACCENTS = ("fr", "fr", "fr-be", "fr-ch")


@dataclass
class Speaker:
    """Everything espeak-ng needs to speak as somebody: `definition` is a variant file's text, `variant` a stock name."""

    language: str
    variant: str | None
    definition: str | None
    pitch: int
    words_per_minute: int
    pitch_range: int
    word_gap: int


def _formants(rng, female):
    shift = rng.gauss(114 if female else 98, 6)
    lines = []
    for number in range(9):
        frequency = shift * rng.gauss(1, 0.045)
        height = rng.uniform(60, 150) if number < 5 else rng.uniform(30, 130)
        width = rng.uniform(80, 160)
        lines.append(f"formant {number} {frequency:.0f} {height:.0f} {width:.0f}")
    return lines


def random_definition(rng):
    """The text of a variant file for a speaker nobody has heard: pitch, formants, roughness, breath, tone, flutter."""
    female = rng.random() < 0.5
    low = rng.uniform(120, 210) if female else rng.uniform(65, 125)
    lines = [f"pitch {low:.0f} {low * rng.uniform(1.15, 1.9):.0f}"]
    if rng.random() < 0.92:
        lines += _formants(rng, female)
    if rng.random() < 0.15:
        lines.append(f"klatt {rng.choice((1, 3, 4, 5))}")
    if rng.random() < 0.4:
        lines.append(f"roughness {rng.randint(0, 7)}")
    if rng.random() < 0.4:
        lines.append(f"flutter {rng.randint(0, 15)}")
    if rng.random() < 0.4:
        lines.append(f"voicing {rng.randint(25, 150)}")
    if rng.random() < 0.3:
        lines.append("breath " + " ".join(str(rng.randint(0, 8)) for _ in range(8)))
        lines.append("breathw 150 150 200 200 400 400 400 400")
    if rng.random() < 0.5:
        lines.append(f"consonants {rng.randint(50, 150)} {rng.randint(60, 150)}")
    if rng.random() < 0.4:
        bands = ((200, 600), (700, 1200), (1300, 2500), (2600, 4500))
        lines.append("tone " + " ".join(f"{rng.randint(*band)} {rng.randint(20, 255)}" for band in bands))
    if rng.random() < 0.15:
        lines.append(f"echo {rng.randint(20, 150)} {rng.randint(3, 15)}")
    if rng.random() < 0.2:
        lines.append("stressAmp " + " ".join(str(rng.randint(14, 26)) for _ in range(8)))
    if rng.random() < 0.3:
        lines.append(f"intonation {rng.randint(1, 4)}")
    return "\n".join(lines) + "\n"


def _delivery(rng):
    rate = min(235, max(115, rng.gauss(165, 25)))
    return dict(
        pitch=rng.randint(15, 85),
        words_per_minute=round(rate),
        pitch_range=rng.randint(20, 85),
        word_gap=rng.choice((0, 0, 0, 0, 1, 2, 4)),
    )


def training_speaker(rng: random.Random, language=None):
    """A speaker never drawn before, or (one time in four) a stock variant that no test uses."""
    if rng.random() < 0.25:
        variant, definition = rng.choice(STOCK), None
    else:
        variant, definition = None, random_definition(rng)
    return Speaker(language or rng.choice(ACCENTS), variant, definition, **_delivery(rng))


def say(espeak: Espeak, data_directory: Path, speaker: Speaker, text: str) -> Utterance:
    """Have `speaker` say `text`. `data_directory` is the private one `espeak` was opened on."""
    if speaker.definition:
        write_variant(data_directory, RANDOM_VARIANT, speaker.definition)
    variant = RANDOM_VARIANT if speaker.definition else speaker.variant
    espeak.set_voice(f"{speaker.language}+{variant}" if variant else speaker.language)
    espeak.set_parameter("pitch", speaker.pitch)
    espeak.set_parameter("rate", speaker.words_per_minute)
    espeak.set_parameter("range", speaker.pitch_range)
    espeak.set_parameter("word_gap", speaker.word_gap)
    return espeak.synthesize(text)
