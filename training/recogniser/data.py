"""Fresh utterances without end: a sentence nobody said, a speaker nobody heard, or a sound that is no speech at all."""

import collections
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from torch.utils.data import IterableDataset, get_worker_info

from training.common.espeak import Espeak, make_private_data_directory
from training.recogniser import out_of_domain, sounds
from training.recogniser.augment import at_16_khz, clipped, in_a_room
from training.recogniser.features import HOP_LENGTH, SAMPLE_RATE, WINDOW_SECONDS, log_power
from training.recogniser.grammar import fold, transcript
from training.recogniser.make_testset import load
from training.recogniser.sentences import SHORT_KINDS, sentence
from training.recogniser.speakers import say, training_speaker

PHONEMES = ("",) + tuple("a b d e f i j k l m n o p s t u v w y z ø œ ɔ ə ɛ ɡ ʁ ʃ ʒ ɥ ɲ ŋ ɑ̃ ɔ̃ ɛ̃ œ̃".split())
UNKNOWN = -100
"""The class of a moment whose phoneme is not to be learnt (cross_entropy's ignore_index)."""

LONGEST_FRAMES = WINDOW_SECONDS * SAMPLE_RATE // HOP_LENGTH - 5
_PHONEME_CLASS = {name: index for index, name in enumerate(PHONEMES)}
_EMPTY_KINDS = ("sound", "french", "other", "crowd")
_EMPTY_WEIGHTS = (26, 42, 27, 5)


@dataclass
class Utterance:
    """log_mel: float16 [frames, 80] log10 power of a sound of RMS 1; phonemes: a class each two frames."""

    log_mel: np.ndarray
    text: str
    phonemes: np.ndarray
    is_noise: bool = False


def ramp(progress, start, end, low, high):
    """`low` before `start`, `high` after `end`, a line between."""
    return low + (high - low) * min(1.0, max(0.0, (progress - start) / (end - start)))


class Studio:
    """Makes utterances. `progress` (0 to 1) of the training decides how hard they are."""

    def __init__(self, seed):
        self._rng, self._random = random.Random(seed), np.random.default_rng(seed)
        self._data = make_private_data_directory(Path(tempfile.mkdtemp(prefix="lagrace-")) / "espeak-ng-data")
        self._espeak = Espeak(self._data)
        self._recent = collections.deque(maxlen=80)
        frozen = (item["transcript"] for name in ("sentences", "amounts") for item in load(name))
        self._frozen = {text for text in frozen if len(text.split()) >= 3}

    def utterance(self, progress: float) -> Utterance:
        """One utterance that fits the window."""
        while True:
            if self._rng.random() < ramp(progress, 0.1, 0.45, 0.06, 0.22):
                made = self._empty(self._rng.choices(_EMPTY_KINDS, _EMPTY_WEIGHTS)[0])
            else:
                made = self._in_domain(progress)
            if made and 10 < len(made.log_mel) <= LONGEST_FRAMES:
                return made

    def noise(self) -> Utterance:
        """Two to nine seconds to put behind speech."""
        count = int(self._rng.uniform(2, 8.9) * SAMPLE_RATE)
        if self._rng.random() < 0.35 and len(self._recent) > 10:
            samples = self._babble(count, self._rng.randint(1, 5))
        else:
            samples = sounds.KINDS[self._rng.choice(("noise", "noise", "noise", "hum", "tones", "coughs", "knocks"))](
                count, self._random
            )
        return Utterance(_at_rms_one(samples), "", np.zeros(0, np.int16), True)

    def _text(self, progress):
        rng = self._rng
        if progress < 0.08 and rng.random() < 0.5:
            return sentence(rng, rng.choice(SHORT_KINDS))
        text = sentence(rng)
        if rng.random() < ramp(progress, 0.12, 0.3, 0, 0.17):
            more = [sentence(rng, rng.choice(SHORT_KINDS) if rng.random() < 0.5 else None) for _ in range(rng.randint(1, 3))]
            text = rng.choice((", ", ". ", ", ")).join([text, *more] if rng.random() < 0.5 else [*more, text])
        return text

    def _in_domain(self, progress):
        text = self._text(progress)
        heard = transcript(text)
        if fold(heard) not in ("training", "any") or heard in self._frozen or len(heard) > 150:
            return None
        spoken = text if self._rng.random() < 0.7 else heard
        return self._spoken(spoken, heard, training_speaker(self._rng), True)

    def _empty(self, kind):
        if kind == "sound":
            samples = sounds.KINDS[self._rng.choice(tuple(sounds.KINDS))](
                int(self._rng.uniform(0.3, self._rng.choice((2, 3, 5, 8.5))) * SAMPLE_RATE), self._random
            )
            log_mel = _at_rms_one(samples)
            return Utterance(log_mel, "", np.zeros((len(log_mel) + 1) // 2, np.int16))
        if kind == "crowd":
            if len(self._recent) < 10:
                return None
            log_mel = _at_rms_one(self._babble(int(self._rng.uniform(1, 6) * SAMPLE_RATE), self._rng.randint(3, 6)))
            return Utterance(log_mel, "", np.full((len(log_mel) + 1) // 2, UNKNOWN, np.int16))
        if kind == "french":
            text, speaker = out_of_domain.french(self._rng), training_speaker(self._rng)
        else:
            language, text = out_of_domain.other_language(self._rng)
            speaker = training_speaker(self._rng, language)
        return self._spoken(text, "", speaker, kind == "french")

    def _spoken(self, text, heard, speaker, phonemes_known):
        rng = self._rng
        spoken = say(self._espeak, self._data, speaker, text)
        samples = spoken.as_float()
        loud = np.flatnonzero(np.abs(samples) > 0.004)
        if len(loud) < 1000:
            return None
        start, speed, lead = max(0, int(loud[0]) - 300), rng.uniform(0.88, 1.14), rng.uniform(0, 0.4)
        samples = at_16_khz(samples[start : loud[-1] + 700], speed)
        samples = np.concatenate(
            (np.zeros(int(lead * SAMPLE_RATE), np.float32), samples, np.zeros(int(rng.uniform(0, 0.35) * SAMPLE_RATE), np.float32))
        )
        if len(samples) > WINDOW_SECONDS * SAMPLE_RATE:
            return None
        self._recent.append(samples)
        if rng.random() < 0.4:
            samples = in_a_room(samples, self._random)
        if rng.random() < 0.08:
            samples = clipped(samples, self._random)
        log_mel = _at_rms_one(samples)
        moments = (np.arange((len(log_mel) + 1) // 2) * 2 * HOP_LENGTH / SAMPLE_RATE - lead) * speed * 22050 + start
        classes = _classes(spoken.phonemes, moments) if phonemes_known else np.full(len(moments), UNKNOWN, np.int16)
        return Utterance(log_mel, heard, classes)

    def _babble(self, count, voices):
        sound = np.zeros(count, np.float32)
        for _ in range(voices):
            other = self._rng.choice(self._recent)
            sound += np.roll(np.resize(other, count), self._rng.randrange(count)) * self._rng.uniform(0.3, 1)
        return sound


def _classes(phonemes, moments):
    """The phoneme class at each moment (a position in espeak-ng's samples), silence before the first."""
    starts = np.array([phoneme.sample for phoneme in phonemes])
    names = [phoneme.name.strip("-ːˈˌ") for phoneme in phonemes]
    classes = np.array([0] + [_PHONEME_CLASS.get(name, UNKNOWN) for name in names], np.int16)
    return classes[np.searchsorted(starts, moments, side="right")]


def _at_rms_one(samples):
    level = float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))
    return log_power(samples / level if level > 1e-3 else samples).astype(np.float16)


class Fresh(IterableDataset):
    """Utterances for ever, one background noise among twenty. `progress` is a shared tensor that the trainer moves on."""

    def __init__(self, seed, progress):
        self._seed, self._progress = seed, progress

    def __iter__(self):
        worker = get_worker_info()
        studio = Studio(self._seed + (worker.id if worker else 0))
        count = 0
        while True:
            yield studio.noise() if count % 20 == 3 else studio.utterance(float(self._progress))
            count += 1
