"""Measures the finished voice against its teachers on the frozen sentences, as the browser's runtime renders it."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from training.common.espeak import SAMPLE_RATE
from training.voice.analysis import HOP
from training.voice.corpus import read_test_sentences
from training.voice.dataset import Sample, load_gains, measure
from training.voice.export import Piper
from training.voice.listener import Listener, phone_distance, phones
from training.voice.loudness import block_energies, gated_loudness, loudness
from training.voice.model import gate
from training.voice.symbols import PAD, PHONEME_IDS, SILENT
from training.voice.synthesiser import Synthesiser
from training.voice.teacher import SPEAKERS, open_espeak, speak
from training.voice.train import frame_errors, make_batch, predict, spectra, spectral_distance

RENDERER = Path(__file__).with_name("render.mjs")
SHORT_REPLY_PHONES = 10
MONEY = ("euro", "dollar", "franc", "centime")
AUDIBLE = 10 ** (-45 / 20)
_EDGE_SAMPLES = 110
_RESAMPLINGS = 2000


@dataclass(frozen=True)
class Heard:
    """One test sentence said by teacher and starter (float32), and what the listener made of each."""

    sentence: str
    sample: Sample
    starter: np.ndarray
    wanted: list[str]
    teacher_phones: list[str]
    starter_phones: list[str]

    @property
    def teacher(self) -> np.ndarray:
        return self.sample.waveform(0, len(self.sample.f0))


def piper_ids(ids: np.ndarray) -> list[int]:
    """Ids as Piper's programs send them: a pad after every symbol but the last."""
    padded = [PHONEME_IDS[PAD]] * (2 * len(ids) - 1)
    padded[::2] = [int(index) for index in ids]
    return padded


def test_samples(work: Path) -> list[tuple[str, Sample]]:
    """The frozen sentences by both teachers, at the loudness the voice was trained at."""
    espeak = open_espeak(work)
    pairs = []
    for speaker, gain in enumerate(load_gains(work)):
        espeak.set_voice(SPEAKERS[speaker].voice)
        for sentence in read_test_sentences():
            example = speak(espeak, sentence)
            if example is None:
                raise RuntimeError(f"the teacher's sound and symbols disagree on '{sentence}'")
            pairs.append((sentence, measure(example, speaker, gain)))
    return pairs


def render(model: Path, samples: list[Sample], work: Path) -> tuple[list[np.ndarray], dict]:
    """The starter's sound for each sample, by ONNX Runtime Web in Node, and the timings."""
    out = work / "rendered"
    out.mkdir(exist_ok=True)
    jobs = [
        {"name": f"{number:03d}", "ids": piper_ids(sample.ids), "sid": sample.speaker} for number, sample in enumerate(samples)
    ]
    return _run_jobs(model, jobs, out)


def robustness(model: Path, sample: Sample, work: Path) -> dict:
    """Odd calls: every symbol alone, nothing at all, no pads, other scales, a minute at once. All must give sound."""
    out = work / "odd"
    out.mkdir(exist_ok=True)
    ids = sample.ids.tolist()
    calls = {f"symbol-{index}": ([1, index, 10, 2], None) for index in PHONEME_IDS.values()}
    calls |= {"empty": ([1, 2], None), "plain": (ids, None), "padded": (piper_ids(sample.ids), None)}
    calls |= {f"speed-{speed}": (ids, [0.667, speed, 0.8]) for speed in (0.5, 0.7, 1.5, 2.0)}
    calls |= {"no-noise": (ids, [0.0, 1.0, 0.0])}
    minute = int(np.ceil(60 * SAMPLE_RATE / len(sample.stored_audio)))
    calls["minute"] = ([1, *(ids[1:-1] * minute), 2], None)
    jobs = [
        {"name": f"{name}-{sid}", "ids": given, "sid": sid, **({"scales": scales} if scales else {})}
        for name, (given, scales) in calls.items()
        for sid in range(len(SPEAKERS))
    ]
    sounds, _ = _run_jobs(model, jobs, out)
    said = {job["name"]: sound for job, sound in zip(jobs, sounds)}
    return {
        "calls": len(jobs),
        "not_finite_or_too_loud": sum(not (np.isfinite(sound).all() and float(np.abs(sound).max()) <= 1) for sound in sounds),
        "pads_change_length": any(len(said[f"plain-{sid}"]) != len(said[f"padded-{sid}"]) for sid in range(len(SPEAKERS))),
        "length_at_double_scale": len(said["speed-2.0-0"]) / len(said["plain-0"]),
        "minute_seconds": len(said["minute-0"]) / SAMPLE_RATE,
        "shortest_ms": min(len(sound) for sound in sounds) / SAMPLE_RATE * 1000,
    }


def _run_jobs(model: Path, jobs: list[dict], out: Path) -> tuple[list[np.ndarray], dict]:
    (out / "jobs.json").write_text(json.dumps(jobs))
    subprocess.run(["node", str(RENDERER), str(model), str(out / "jobs.json"), str(out)], check=True)
    sounds = [np.fromfile(out / f"{job['name']}.f32", np.float32) for job in jobs]
    return sounds, json.loads((out / "timings.json").read_text())


def evaluate(model: Path, piper: Piper, listener: Listener, work: Path) -> dict:
    """Every figure of the card; also written to `evaluation.json` under `work`."""
    pairs = test_samples(work)
    sounds, timings = render(model, [sample for _, sample in pairs], work)
    heard = [
        Heard(sentence, sample, sound, phones(sample.ids), listener.hear(sample.waveform(0, len(sample.f0))), listener.hear(sound))
        for (sentence, sample), sound in zip(pairs, sounds)
    ]
    report: dict = {"size_mb": model.stat().st_size / 1e6, "speed": _speed(timings, sounds), "both": _clarity(heard)}
    report["robustness"] = robustness(model, next(sample for _, sample in pairs if len(sample.ids) > 40), work)
    for speaker, named in enumerate(SPEAKERS):
        own = [item for item in heard if item.sample.speaker == speaker]
        report[named.name] = {
            "clarity": _clarity(own),
            "short replies": _clarity([item for item in own if len(item.wanted) <= SHORT_REPLY_PHONES]),
            "money": _clarity([item for item in own if any(word in item.sentence for word in MONEY)]),
            "loudness": _loudness(own),
            "edges": _edges(own),
            "frames": _frames(piper, own),
        }
    (work / "evaluation.json").write_text(json.dumps(report, indent=1) + "\n")
    return report


def _clarity(heard: list[Heard]) -> dict:
    """Phone error rates, their ratio with a 95 % interval over sentences, and last phones heard right."""
    counts = np.array([len(item.wanted) for item in heard])
    teacher = np.array([phone_distance(item.wanted, item.teacher_phones) for item in heard])
    starter = np.array([phone_distance(item.wanted, item.starter_phones) for item in heard])
    draws = np.random.RandomState(0).randint(0, len(heard), (_RESAMPLINGS, len(heard)))
    ratios = starter[draws].sum(1) / np.maximum(1, teacher[draws].sum(1))
    return {
        "sentences": len(heard),
        "phones": int(counts.sum()),
        "teacher_error": float(teacher.sum() / counts.sum()),
        "starter_error": float(starter.sum() / counts.sum()),
        "ratio": float(starter.sum() / max(1, teacher.sum())),
        "ratio_95": [float(value) for value in np.percentile(ratios, [2.5, 97.5])],
        "teacher_last_phone": float(np.mean([item.teacher_phones[-1:] == item.wanted[-1:] for item in heard])),
        "starter_last_phone": float(np.mean([item.starter_phones[-1:] == item.wanted[-1:] for item in heard])),
    }


def _loudness(heard: list[Heard]) -> dict:
    each = np.array([loudness(item.starter, SAMPLE_RATE) for item in heard])
    against = each - np.array([loudness(item.teacher, SAMPLE_RATE) for item in heard])
    energies = np.concatenate([block_energies(item.starter, SAMPLE_RATE) for item in heard])
    return {
        "lufs": gated_loudness(energies),
        "sentence_lufs_5_50_95": [float(value) for value in np.percentile(each, [5, 50, 95])],
        "sentence_against_teacher_5_50_95": [float(value) for value in np.percentile(against, [5, 50, 95])],
        "peak": float(max(np.abs(item.starter).max() for item in heard)),
    }


def _edges(heard: list[Heard]) -> dict:
    """Silence and steps at both ends; a click is a step, a cut phoneme is sound that reaches the end."""
    spans = [np.flatnonzero(np.abs(item.starter) > AUDIBLE) for item in heard]
    leading = np.array([span[0] for span in spans]) / SAMPLE_RATE * 1000
    trailing = np.array([len(item.starter) - 1 - span[-1] for item, span in zip(heard, spans)]) / SAMPLE_RATE * 1000
    steps = [
        max(np.abs(np.diff(part)).max() for part in (item.starter[:_EDGE_SAMPLES], item.starter[-_EDGE_SAMPLES:]))
        for item in heard
    ]
    return {
        "largest_end_sample": float(max(max(abs(item.starter[0]), abs(item.starter[-1])) for item in heard)),
        "largest_step_in_first_and_last_5_ms": float(max(steps)),
        "leading_silence_ms_median_max": [float(np.median(leading)), float(leading.max())],
        "trailing_silence_ms_min_median": [float(trailing.min()), float(np.median(trailing))],
        "largest_step_starter": float(max(np.abs(np.diff(item.starter)).max() for item in heard)),
        "largest_step_teacher": float(max(np.abs(np.diff(item.teacher)).max() for item in heard)),
    }


@torch.no_grad()
def _frames(piper: Piper, heard: list[Heard]) -> dict:
    """Durations, pitch, voicing and spectrum against the teacher (the last three on the teacher's durations)."""
    silent = {PHONEME_IDS[symbol] for symbol in (*SILENT, "^", "$")}
    synthesiser = Synthesiser()
    duration_errors, pitch, voicing, spectral = [], [], [], []
    for item in heard:
        sample = item.sample
        batch = make_batch([sample], torch.device("cpu"))
        log_durations, decoded = predict(piper.voice, batch)
        frames = (torch.exp(log_durations[0]) - 1).numpy() * float(piper.stretch[sample.speaker])
        sounding = np.array([int(index) not in silent for index in sample.ids]) & (sample.durations > 0)
        duration_errors.append(np.abs(frames - sample.durations)[sounding] * HOP / SAMPLE_RATE * 1000)
        pitch.append(float(frame_errors(batch, log_durations, decoded)[2]) * 1200 / np.log(2))
        voicing.append(float(((decoded.voicing > 0) != (batch.voiced > 0.5)).float().mean()))
        envelope = gate(decoded.envelope, decoded.voicing)
        sound = synthesiser(batch.f0, envelope, decoded.middle, decoded.noise, decoded.phase)[:, :-HOP]
        wanted = torch.tensor(item.teacher[HOP // 2 : HOP // 2 + sound.shape[1]])[None]
        spectral.append(float(spectral_distance(spectra(sound), spectra(wanted))))
    return {
        "duration_mae_ms": float(np.concatenate(duration_errors).mean()),
        "total_length_ratio": sum(len(item.starter) for item in heard) / sum(len(item.teacher) for item in heard),
        "pitch_mae_cents": float(np.mean(pitch)),
        "voicing_error": float(np.mean(voicing)),
        "spectral_distance": float(np.mean(spectral)),
    }


def _speed(timings: dict, sounds: list[np.ndarray]) -> dict:
    """Real-time factors and waits of single sentences, on a session just opened and on one that has spoken them before.

    Wall time counts whatever else the machine does; what is named `processor` is the processor's own time.
    """
    leading = np.array([np.flatnonzero(np.abs(sound) > AUDIBLE)[0] for sound in sounds]) / SAMPLE_RATE * 1000
    report = {"load_ms": timings["loadMs"], "first_run_ms": timings["firstRunMs"]}
    for name in ("cold", "warm"):
        runs = timings[name]["runs"]
        milliseconds = np.array([run["ms"] for run in runs])
        processor = np.array([run["processorMs"] for run in runs])
        seconds = np.array([run["seconds"] for run in runs])
        report[name] = {
            "rtf_processor": timings[name]["processorSeconds"] / float(seconds.sum()),
            "rtf_wall": float(milliseconds.sum() / seconds.sum() / 1000),
            "rtf_wall_median_95": [float(value) for value in np.percentile(milliseconds / seconds / 1000, [50, 95])],
            "sentence_ms_median_95": [float(value) for value in np.percentile(milliseconds, [50, 95])],
            "first_sound_ms_median_95": [float(value) for value in np.percentile(milliseconds + leading, [50, 95])],
            "first_sound_processor_ms_median_95": [float(value) for value in np.percentile(processor + leading, [50, 95])],
        }
    return report
