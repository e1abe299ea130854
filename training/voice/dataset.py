"""The training set on disk: every teacher's sentences with their measured frames, one file a speaker."""

import multiprocessing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.common.espeak import SAMPLE_RATE
from training.voice.analysis import HOP, analyse, frame_count
from training.voice.corpus import training_sentences
from training.voice.loudness import TARGET_LUFS, block_energies, gated_loudness
from training.voice.teacher import SPEAKERS, Example, Speaker, open_espeak, speak

VALIDATION_SENTENCES = 40
_SEED = 20261122
# int16 steps of a full-scale sound; half of the range stays free for peaks above full scale.
_AUDIO_SCALE = 16384.0
_COLUMNS = ("ids", "durations", "f0", "voiced", "envelope", "noise", "stored_audio")


@dataclass(frozen=True)
class Sample:
    """A sentence to learn: symbol ids, frames a symbol lasts (fractions), frames' targets, audio (float32, through `waveform`)."""

    speaker: int
    ids: np.ndarray
    durations: np.ndarray
    f0: np.ndarray
    voiced: np.ndarray
    envelope: np.ndarray
    noise: np.ndarray
    stored_audio: np.ndarray

    def waveform(self, first_frame: int, end_frame: int) -> np.ndarray:
        """The teacher's sound over those frames, at the target loudness, float32."""
        return self.stored_audio[first_frame * HOP : end_frame * HOP].astype(np.float32) / _AUDIO_SCALE


def teacher_gain(examples: list[Example]) -> float:
    """The factor that brings the teacher, over all its sentences, to the target loudness."""
    energies = np.concatenate([block_energies(example.audio, SAMPLE_RATE) for example in examples])
    return float(10 ** ((TARGET_LUFS - gated_loudness(energies)) / 20))


def build(work: Path, sentences_per_speaker: int) -> None:
    """Writes `dataset-<speaker>.npz` for each speaker under `work`, a process each; what is there already is kept."""
    missing = [index for index, speaker in enumerate(SPEAKERS) if not dataset_path(work, speaker).exists()]
    if not missing:
        return
    # espeak-ng keeps its state in C globals: a speaker at a time in a process.
    with multiprocessing.get_context("spawn").Pool(len(missing), maxtasksperchild=1) as pool:
        pool.starmap(_build_speaker, [(work, index, sentences_per_speaker) for index in missing], chunksize=1)


def _build_speaker(work: Path, index: int, count: int) -> None:
    speaker, path = SPEAKERS[index], dataset_path(work, SPEAKERS[index])
    espeak = open_espeak(work / speaker.name)
    espeak.set_voice(speaker.voice)
    sentences = training_sentences(count, _SEED + index)
    examples = [example for example in (speak(espeak, sentence) for sentence in sentences) if example]
    minutes = sum(len(example.audio) for example in examples) / SAMPLE_RATE / 60
    print(f"{speaker.name}: {len(examples)} of {len(sentences)} sentences aligned, {minutes:.1f} min", flush=True)
    partial = path.with_suffix(".partial.npz")
    gain = teacher_gain(examples)
    np.savez(partial, **_pack([measure(example, index, gain) for example in examples], gain))
    partial.rename(path)


def dataset_path(work: Path, speaker: Speaker) -> Path:
    return work / f"dataset-{speaker.name}.npz"


def measure(example: Example, speaker: int, gain: float) -> Sample:
    """The sentence at the target loudness, with its frames' targets."""
    frames = frame_count(len(example.audio))
    audio = np.zeros(frames * HOP, np.float32)
    kept = min(len(audio), len(example.audio))
    audio[:kept] = example.audio[:kept] * gain
    measured = analyse(audio, frames, SPEAKERS[speaker].lowest_hz, SPEAKERS[speaker].highest_hz)
    return Sample(
        speaker,
        example.ids.astype(np.int16),
        (example.durations / HOP).astype(np.float32),
        measured.f0,
        measured.voiced,
        measured.envelope.astype(np.float16),
        measured.noise.astype(np.float16),
        np.round(audio * _AUDIO_SCALE).astype(np.int16),
    )


def _pack(samples: list[Sample], gain: float) -> dict[str, np.ndarray]:
    packed = {name: np.concatenate([getattr(sample, name) for sample in samples]) for name in _COLUMNS}
    packed["symbol_counts"] = np.array([len(sample.ids) for sample in samples])
    packed["frame_counts"] = np.array([len(sample.f0) for sample in samples])
    packed["gain"] = np.array(gain)
    return packed


def load(work: Path) -> tuple[list[Sample], list[Sample]]:
    """(training, validation) samples of all speakers; the same ones validate at every call."""
    training: list[Sample] = []
    validation: list[Sample] = []
    for index, speaker in enumerate(SPEAKERS):
        with np.load(dataset_path(work, speaker)) as stored:
            packed = {name: stored[name] for name in stored.files}
        samples = _unpack(packed, index)
        held = np.random.RandomState(_SEED).permutation(len(samples))[:VALIDATION_SENTENCES]
        chosen = set(held.tolist())
        validation += [sample for number, sample in enumerate(samples) if number in chosen]
        training += [sample for number, sample in enumerate(samples) if number not in chosen]
    return training, validation


def load_gains(work: Path) -> list[float]:
    """The factor each teacher's sound was multiplied by, in the order of SPEAKERS."""
    gains = []
    for speaker in SPEAKERS:
        with np.load(dataset_path(work, speaker)) as stored:
            gains.append(float(stored["gain"]))
    return gains


def _unpack(packed: dict[str, np.ndarray], speaker: int) -> list[Sample]:
    symbol_ends = np.cumsum(packed["symbol_counts"])
    frame_ends = np.cumsum(packed["frame_counts"])
    samples = []
    for symbol_end, symbols, frame_end, frames in zip(
        symbol_ends, packed["symbol_counts"], frame_ends, packed["frame_counts"]
    ):
        symbol, frame = slice(symbol_end - symbols, symbol_end), slice(frame_end - frames, frame_end)
        samples.append(Sample(
            speaker,
            packed["ids"][symbol],
            packed["durations"][symbol],
            packed["f0"][frame],
            packed["voiced"][frame],
            packed["envelope"][frame],
            packed["noise"][frame],
            packed["stored_audio"][frame.start * HOP : frame.stop * HOP],
        ))
    return samples
