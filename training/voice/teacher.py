"""The two teachers: espeak-ng's French voice and a female variant of it, with the time of every symbol."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.signal import butter, sosfiltfilt

from training.common.espeak import SAMPLE_RATE, Espeak, PhonemeEvent, make_private_data_directory, write_variant
from training.voice.symbols import CLAUSE_MARKS, LANGUAGE_FLAG, LENGTH, SILENT, STRESS, clause_symbols, symbol_ids

LEADING_SILENCE = 220
TRAILING_SILENCE = 1320
# espeak-ng's recorded consonants sit on an offset; its lowest pitch is near 75 Hz.
_OFFSET_FILTER = butter(2, 50.0, "high", fs=SAMPLE_RATE, output="sos")


@dataclass(frozen=True)
class Speaker:
    """A teacher: its name in the voice's file, its espeak-ng voice, and the range of its pitch in hertz."""

    name: str
    voice: str
    lowest_hz: float
    highest_hz: float
    variant: str = ""


SPEAKERS = (
    Speaker("lagrace-homme", "fr", 55.0, 250.0),
    Speaker(
        "lagrace-femme",
        "fr+lagrace-femme",
        105.0,
        390.0,
        "gender female\npitch 150 215\nroughness 0\nflutter 2\n"
        "formant 0 105 80 150\nformant 1 112 85 160\nformant 2 114 75 150\nformant 3 114 70 150\n"
        "formant 4 115 80 150\nformant 5 115 80 150\nformant 6 110 70 150\nformant 7 110 70 150\nformant 8 110 70 150\n"
        "stressAdd 0 0 -10 -10 0 0 10 40\nconsonants 110 110\n",
    ),
)


@dataclass(frozen=True)
class Example:
    """A spoken sentence: symbol ids (begin and end included), samples each symbol lasts, float32 audio."""

    sentence: str
    ids: np.ndarray
    durations: np.ndarray
    audio: np.ndarray


def open_espeak(work: Path) -> Espeak:
    """espeak-ng on a private data directory that holds the speakers' variants."""
    data_directory = make_private_data_directory(work / "espeak-ng-data")
    for speaker in SPEAKERS:
        if speaker.variant:
            write_variant(data_directory, speaker.name, speaker.variant)
    return Espeak(data_directory)


def speak(espeak: Espeak, sentence: str) -> Example | None:
    """The sentence by the voice now loaded, framed in silence; None where sound and symbols cannot be matched."""
    symbols = clause_symbols(espeak.phonemize(sentence))
    utterance = espeak.synthesize(sentence)
    starts = _symbol_starts(symbols, utterance.phonemes)
    if starts is None:
        return None
    try:
        ids = np.array(symbol_ids(symbols))
    except KeyError:
        return None
    audio = utterance.as_float()
    durations = np.zeros(len(ids), np.int64)
    ends = [sample for _, sample in starts[1:]] + [len(audio)]
    for (index, start), end in zip(starts, ends):
        durations[index] += max(0, end - start)
    durations[0] += LEADING_SILENCE
    durations[-1] += TRAILING_SILENCE
    framed = np.concatenate([np.zeros(LEADING_SILENCE, np.float32), audio, np.zeros(TRAILING_SILENCE, np.float32)])
    return Example(sentence, ids, durations, without_offset(framed))


def without_offset(audio: np.ndarray) -> np.ndarray:
    """The sound with what lies under 50 Hz taken away, in place in time."""
    return sosfiltfilt(_OFFSET_FILTER, audio).astype(np.float32)


def _symbol_starts(symbols: list[str], phonemes: tuple[PhonemeEvent, ...]) -> list[tuple[int, int]] | None:
    """(symbol index, counted with the begin mark, start sample) of every event, or None where they disagree."""
    starts = [(0, 0)]
    index = 0
    for phoneme in phonemes:
        name = unicodedata.normalize("NFD", phoneme.name)
        if LANGUAGE_FLAG.fullmatch(name):
            continue
        if name == "":
            target = _pause_symbol(symbols, index)
            if target is not None:
                starts.append((target, phoneme.sample))
            continue
        while index < len(symbols) and (symbols[index] in SILENT or (symbols[index] == LENGTH != name)):
            index += 1
        if "".join(symbols[index : index + len(name)]) != name:
            return None
        starts.append((index + 1, phoneme.sample))
        index += len(name)
    if any(symbol not in SILENT and symbol != LENGTH for symbol in symbols[index:]):
        return None
    in_order = all(before[0] <= after[0] for before, after in zip(starts, starts[1:]))
    return starts if in_order else None


def _pause_symbol(symbols: list[str], index: int) -> int | None:
    """Which symbol a pause before `index` belongs to: the mark or space there, the end mark, or none (a closure)."""
    while index < len(symbols) and symbols[index] in STRESS:
        index += 1
    if index == len(symbols):
        return index + 1
    return index + 1 if symbols[index] == " " or symbols[index] in CLAUSE_MARKS else None
