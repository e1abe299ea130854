"""What is measured while training, and what thresholds are set on: other voices and other sentences than the test sets."""

import random

import numpy as np
import torch

from training.recogniser import out_of_domain, speakers
from training.recogniser.features import SAMPLE_RATE, model_input
from training.recogniser.make_testset import (
    LONGEST_SECONDS,
    Renderer,
    amount_items,
    as_int16,
    sentence_items,
    sound_items,
    speech,
)
from training.recogniser.metrics import amount_words, error_rate
from training.recogniser.model import transcribe

SEED = 4711


def items(scale=1.0):
    """{set: items}: sentences and amounts by the validation voices, invented out-of-domain speech, sounds."""
    rng = random.Random(SEED)
    foreign = [out_of_domain.other_language(rng) for _ in range(int(60 * scale))]
    french = [("fr", out_of_domain.french(rng)) for _ in range(int(60 * scale))]
    return {
        "sentences": sentence_items(rng, int(160 * scale), speakers.VALIDATION, "validation"),
        "amounts": amount_items(rng, int(126 * scale), speakers.VALIDATION),
        "out_of_domain": [
            {**speech(rng, text, speakers.VALIDATION, language), "transcript": ""} for language, text in foreign + french
        ],
        "sounds": sound_items(rng, int(120 * scale)),
    }


class Heldout:
    """Model inputs of the validation sets, each as (set, condition, transcript, [80, frames]).

    Made in a process that does not itself make speech for training: espeak-ng serves one client a process.
    """

    def __init__(self, scale=1.0):
        sets = items(scale)
        renderer = Renderer([item["text"] for item in sets["sentences"]])
        self.rows = []
        for name, group in sets.items():
            for item in group:
                for label, snr_db in (("clean", None), ("10dB", 10)) if name in ("sentences", "amounts") else (("clean", None),):
                    samples = as_int16(renderer.render(item, snr_db)) / 32768
                    if len(samples) <= LONGEST_SECONDS * SAMPLE_RATE:
                        self.rows.append((name, label, item["transcript"], model_input(samples).astype(np.float16)))

    def transcribed(self, model, tokenizer, most=None):
        """[(set, condition, reference, heard, mean log-probability)] of at most `most` items a set and condition."""
        groups = {}
        for row in self.rows:
            groups.setdefault(row[:2], []).append(row)
        results = []
        for key, group in groups.items():
            group = group[:most]
            for at in range(0, len(group), 40):
                part = group[at : at + 40]
                device = next(model.parameters()).device
                inputs = torch.from_numpy(np.stack([row[3] for row in part])).float().to(device)
                for row, (text, confidence) in zip(part, transcribe(model, inputs, tokenizer)):
                    results.append((*key, row[2], text, confidence))
        return results

    def measure(self, model, tokenizer, most=None):
        """{figure: value in %} for the log."""
        return figures(self.transcribed(model, tokenizer, most))


def figures(results):
    """Word error rate, amounts exactly right, refusals and inventions, in %, of transcribed items (see Heldout)."""
    found = {}
    for key in dict.fromkeys((row[0], row[1]) for row in results):
        group = [(row[2], row[3]) for row in results if row[:2] == key]
        name = f"{key[0]}_{key[1]}"
        if key[0] == "sentences":
            found[f"{name}_wer"] = error_rate(group)
            found[f"{name}_exact"] = _share(group, lambda pair: pair[0] == pair[1])
            found[f"{name}_refused"] = _share(group, lambda pair: not pair[1])
        elif key[0] == "amounts":
            found[f"{name}_right"] = _share(group, lambda pair: amount_words(pair[0]) == amount_words(pair[1]))
        else:
            found[f"{name}_words"] = _share(group, lambda pair: bool(pair[1]))
    return found


def _share(group, holds):
    return round(100 * sum(map(holds, group)) / len(group), 1)
