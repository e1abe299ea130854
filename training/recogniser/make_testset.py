"""The frozen test sets: `specify` wrote testsets/*.json once; `render` makes the same WAV files from them each time.

    python -m training.recogniser.make_testset specify             wrote them; refuses now that they are frozen
    python -m training.recogniser.make_testset render --out FOLDER   WAVs, index.json; compares with testsets/digests.json
"""

import argparse
import hashlib
import json
import random
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from training.common.espeak import Espeak, make_private_data_directory
from training.recogniser import amounts, sentences, sounds, speakers, test_sentences
from training.recogniser.features import SAMPLE_RATE, WINDOW_SECONDS
from training.recogniser.grammar import fold, transcript

FOLDER = Path(__file__).parent / "testsets"
SETS = ("sentences", "amounts", "out_of_domain", "sounds")
PEAK = 0.5
LONGEST_SECONDS = WINDOW_SECONDS - 0.7
NOISES = ("white", "pink", "brown", "babble")
_EXPONENTS = {"white": 0, "pink": 0.5, "brown": 1}


def speech(rng, text, variants, language=None):
    """Who says `text` and how."""
    return {
        "text": text,
        "language": language or rng.choice(("fr", "fr-be", "fr-ch")),
        "variant": rng.choice(variants),
        "pitch": rng.randint(25, 75),
        "words_per_minute": round(min(215, max(125, rng.gauss(165, 20)))),
        "before_ms": rng.randint(50, 300),
        "after_ms": rng.randint(50, 300),
        "noise": rng.choice(NOISES),
        "seed": rng.randrange(10**9),
    }


def sentence_items(rng, count, variants, part):
    """One to three sentences each, of a fold (see grammar.fold)."""
    items, seen = [], set()
    while len(items) < count:
        text = ", ".join(sentences.sentence(rng) for _ in range(rng.choice((1, 1, 1, 1, 1, 1, 2, 3))))
        heard = transcript(text)
        if fold(heard) == part and heard not in seen:
            seen.add(heard)
            items.append({**speech(rng, text, variants), "transcript": heard})
    return items


def amount_items(rng, count, variants):
    """Amounts of one to seven digits in turn."""
    items = []
    for number in range(count):
        amount = amounts.spoken_amount(rng, 1 + number % 7)
        text = rng.choice(("{}", "{}", "facture de {}", "non, {}", "ça fait {}")).format(amount)
        items.append({**speech(rng, text, variants), "transcript": transcript(text), "digits": 1 + number % 7})
    return items


def _out_of_domain_items(rng, variants):
    items = [{**speech(rng, text, variants), "kind": "french"} for text in test_sentences.FRENCH]
    for language, text in test_sentences.OTHER.items():
        items += [{**speech(rng, line, variants, language), "kind": language} for line in text.strip().splitlines()]
    return [{**item, "transcript": ""} for item in items]


def sound_items(rng, count):
    """Sounds of every kind in turn."""
    kinds = tuple(sounds.KINDS)
    return [
        {
            "sound": kinds[number % len(kinds)],
            "seconds": round(rng.uniform(0.5, 8), 2),
            "peak_db": round(rng.uniform(-40, -1), 1),
            "seed": rng.randrange(10**9),
            "transcript": "",
        }
        for number in range(count)
    ]


class Renderer:
    """Samples (16 kHz, -1..1) of an item of a set, clean or at a signal-to-noise ratio in dB."""

    def __init__(self, babble_texts):
        self._data = make_private_data_directory(Path(tempfile.mkdtemp(prefix="lagrace-")) / "espeak-ng-data")
        self._espeak = Espeak(self._data)
        self._babble_texts = babble_texts

    def _say(self, item):
        speaker = speakers.Speaker(
            item["language"], item["variant"], None, item["pitch"], item["words_per_minute"], 50, 0
        )
        samples = speakers.say(self._espeak, self._data, speaker, item["text"]).as_float()
        loud = np.flatnonzero(np.abs(samples) > 0.004)
        samples = samples[max(0, loud[0] - 400) : loud[-1] + 1100] if len(loud) else samples
        return resample_poly(samples, 320, 441)

    def _babble(self, count, rng, item):
        sound = np.zeros(count)
        for _ in range(rng.randint(2, 5)):
            other = self._say({**speech(rng, rng.choice(self._babble_texts), speakers.RESERVED)})
            sound += np.roll(np.resize(other, count), rng.randrange(count))
        return sound

    def _noise(self, count, item):
        if item["noise"] == "babble":
            return self._babble(count, random.Random(item["seed"]), item)
        return sounds.coloured_noise(count, np.random.default_rng(item["seed"]), _EXPONENTS[item["noise"]])

    def render(self, item, snr_db=None):
        """Samples of `item`; `snr_db` adds its own noise."""
        if "sound" in item:
            count = int(item["seconds"] * SAMPLE_RATE)
            sound = sounds.KINDS[item["sound"]](count, np.random.default_rng(item["seed"]))
            return sound * (10 ** (item["peak_db"] / 20) / max(1e-3, np.abs(sound).max()))
        samples = np.concatenate(
            [np.zeros(item["before_ms"] * 16), self._say(item), np.zeros(item["after_ms"] * 16)]
        )
        if snr_db is not None:
            noise = self._noise(len(samples), item)
            samples = samples + noise * np.sqrt((samples**2).mean() / (noise**2).mean()) * 10 ** (-snr_db / 20)
        return samples * (PEAK / np.abs(samples).max())


def specify(out=FOLDER, seed=20261122, variants=speakers.RESERVED, part="test", scale=1.0):
    """Write the specifications. Items too long for a window are drawn again, so that every item can be heard whole."""
    rng = random.Random(seed)
    drawn = {
        "sentences": sentence_items(rng, int(520 * scale), variants, part),
        "amounts": amount_items(rng, int(460 * scale), variants),
        "out_of_domain": _out_of_domain_items(rng, variants) if part == "test" else [],
        "sounds": sound_items(rng, int(240 * scale)),
    }
    wanted = {"sentences": int(400 * scale), "amounts": int(300 * scale)}
    renderer = Renderer([item["text"] for item in drawn["sentences"]])
    out.mkdir(parents=True, exist_ok=True)
    for name, items in drawn.items():
        kept = [item for item in items if "sound" in item or len(renderer.render(item)) <= LONGEST_SECONDS * SAMPLE_RATE]
        if name == "amounts":
            by_digits = [[item for item in kept if item["digits"] == digits] for digits in range(1, 8)]
            kept = [group[index] for index in range(len(kept)) for group in by_digits if index < len(group)]
        kept = kept[: wanted.get(name, len(kept))]
        lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in kept)
        (out / f"{name}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def conditions(name):
    """The conditions a set is heard in: {label: signal-to-noise ratio in dB or None}."""
    return {"clean": None, "10dB": 10} if name in ("sentences", "amounts") else {"clean": None}


def load(name, folder=FOLDER):
    """The items of a set."""
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def _write_wave(path, samples):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(as_int16(samples).tobytes())


def as_int16(samples):
    """What a WAV file holds of `samples`."""
    return np.clip(np.round(samples * 32767), -32768, 32767).astype("<i2")


def rendered(folder=FOLDER):
    """Each (set, condition, item, samples as a WAV holds them) of the sets in `folder`."""
    renderer = Renderer([item["text"] for item in load("sentences", folder)])
    for name in SETS:
        for label, snr_db in conditions(name).items():
            for item in load(name, folder):
                yield name, label, item, as_int16(renderer.render(item, snr_db))


def render(out):
    """Write every WAV and an index; answer {set-condition: SHA-256 of its audio}."""
    digests, index = {}, []
    for name, label, item, samples in rendered():
        key = f"{name}-{label}"
        digests.setdefault(key, hashlib.sha256()).update(samples.tobytes())
        path = Path(out) / key / f"{sum(entry['set'] == key for entry in index):03d}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_wave(path, samples / 32767)
        index.append({"set": key, "file": path.relative_to(out).as_posix(), **item})
    (Path(out) / "index.json").write_text(json.dumps(index, ensure_ascii=False, indent=0), encoding="utf-8")
    return {key: digest.hexdigest() for key, digest in digests.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("action", choices=("render", "specify"))
    parser.add_argument("--out", type=Path, default=Path("training/.work/testsets"))
    options = parser.parse_args()
    digest_file = FOLDER / "digests.json"
    if options.action == "specify":
        if digest_file.exists():
            sys.exit("The test sets are frozen: testsets/digests.json exists, and they are not drawn again.")
        specify()
        return
    digests = render(options.out)
    if not digest_file.exists():
        digest_file.write_text(json.dumps(digests, indent=1) + "\n")
    expected = json.loads(digest_file.read_text())
    changed = [key for key, digest in digests.items() if expected.get(key) != digest]
    print(f"{len(digests)} sets in {options.out}")
    if changed:
        sys.exit(f"Audio differs from the frozen digests in {', '.join(changed)}: another version of espeak-ng or scipy?")


if __name__ == "__main__":
    main()
