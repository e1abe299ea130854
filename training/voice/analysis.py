"""What the synthesiser is driven by, measured on speech: pitch, voicing, harmonic envelope, noise bands.

Frame f spans samples [220 f, 220 (f + 1)) and is measured around its centre 220 f + 110; its second noise
slice is measured 110 samples later.
"""

from dataclasses import dataclass

import numpy as np
from scipy.fft import irfft, rfft

from training.common.espeak import SAMPLE_RATE

HOP = 220
SUB_HOP = 110
ENVELOPE_POINTS = 80
NOISE_BANDS = 32
NOISE_FFT = 220
TOP_HZ = 10900.0

_MARGIN = 1200
_CORRELATION_WINDOW = 480
_HARMONIC_FFT = 4096
_VOICING_THRESHOLD = 0.72
_FLOOR = 1e-9


def mel(hertz):
    """HTK mel of a frequency or an array of them."""
    return 1127.0 * np.log(1.0 + hertz / 700.0)


def _mel_spaced(low: float, high: float, count: int) -> np.ndarray:
    return 700.0 * (np.exp(np.linspace(mel(low), mel(high), count) / 1127.0) - 1.0)


ENVELOPE_HZ = _mel_spaced(40.0, TOP_HZ, ENVELOPE_POINTS)
NOISE_HZ = _mel_spaced(60.0, TOP_HZ, NOISE_BANDS)


@dataclass(frozen=True)
class Frames:
    """Per frame: f0 in Hz (interpolated where unvoiced), voiced, log envelope [F, 80], log noise [F, 2 * 32]."""

    f0: np.ndarray
    voiced: np.ndarray
    envelope: np.ndarray
    noise: np.ndarray


def _noise_filters() -> np.ndarray:
    """[bins, bands] weights that average power spectrum bins into the noise bands."""
    bins = np.arange(NOISE_FFT // 2 + 1) * SAMPLE_RATE / NOISE_FFT
    filters = np.zeros((len(bins), NOISE_BANDS))
    edges = np.concatenate([[0.0], NOISE_HZ, [SAMPLE_RATE / 2]])
    for band in range(NOISE_BANDS):
        low, centre, high = edges[band : band + 3]
        filters[:, band] = np.clip(np.minimum((bins - low) / (centre - low), (high - bins) / (high - centre)), 0, None)
        if filters[:, band].sum() < 0.2:
            filters[:, band] = 0
            filters[np.argmin(np.abs(bins - centre)), band] = 1
    return filters / filters.sum(0)


_FILTERS = _noise_filters()


def frame_count(sample_count: int) -> int:
    """How many whole frames a sound of that length is described by."""
    return int(round(sample_count / HOP))


def analyse(audio: np.ndarray, frames: int, lowest_hz: float, highest_hz: float) -> Frames:
    """Measures `frames` frames of float audio whose pitch lies between the two bounds."""
    missing = max(0, frames * HOP - len(audio))
    padded = np.pad(audio.astype(np.float32), (_MARGIN, _MARGIN + missing + HOP))
    centres = np.arange(frames) * HOP + HOP // 2 + _MARGIN
    f0, voiced = _pitch(padded, centres, lowest_hz, highest_hz)
    first = _band_power(padded, centres)
    second = _band_power(padded, centres + SUB_HOP)
    envelope = np.full((frames, ENVELOPE_POINTS), np.log(1e-5), np.float32)
    indices = np.flatnonzero(voiced)
    if len(indices):
        envelope[indices], between = _harmonics(padded, centres[indices], f0[indices])
        harmonic_noise = np.zeros_like(first)
        harmonic_noise[indices] = between
        first, second = _merge_noise(first, second, harmonic_noise, voiced)
    noise = np.concatenate([first, second], 1)
    return Frames(f0.astype(np.float32), voiced, envelope, (0.5 * np.log(np.maximum(noise, 1e-10))).astype(np.float32))


def _merge_noise(first, second, between, voiced):
    """Voiced slices take the noise measured between harmonics; a slice on a voicing edge takes the mean."""
    first = np.where(voiced[:, None], between, first)
    following = np.concatenate([between[1:], between[-1:]])
    next_voiced = np.concatenate([voiced[1:], voiced[-1:]])
    both = np.sqrt(np.maximum(between * following, 1e-20))
    edge = np.sqrt(np.maximum(second * np.where(voiced[:, None], between, following), 1e-20))
    second = np.where((voiced & next_voiced)[:, None], both, np.where((voiced ^ next_voiced)[:, None], edge, second))
    return first, second


def _band_power(padded: np.ndarray, centres: np.ndarray) -> np.ndarray:
    window = np.hanning(NOISE_FFT + 1)[:NOISE_FFT].astype(np.float32)
    slices = padded[centres[:, None] + np.arange(-NOISE_FFT // 2, NOISE_FFT // 2)] * window
    return (np.abs(rfft(slices)) ** 2 / np.sum(window**2)) @ _FILTERS


def _pitch(padded, centres, lowest_hz, highest_hz):
    """Pitch by normalised cross-correlation: the shortest lag whose peak is close to the best, then smoothed."""
    width = _CORRELATION_WINDOW
    shortest, longest = int(SAMPLE_RATE / highest_hz), int(SAMPLE_RATE / lowest_hz) + 1
    offsets = np.arange(width + longest + 1) - (width + longest) // 2
    slices = padded[centres[:, None] + offsets].astype(np.float64)
    size = 1024
    spectrum = np.conj(rfft(slices[:, :width], size)) * rfft(slices, size)
    correlation = irfft(spectrum, size)[:, : longest + 1]
    energy = np.cumsum(np.pad(slices**2, ((0, 0), (1, 0))), 1)
    here = energy[:, width]
    there = energy[:, width : width + longest + 1] - energy[:, : longest + 1]
    score = (correlation / np.sqrt(here[:, None] * there + 1e-6))[:, shortest : longest + 1]
    peak = np.zeros_like(score, bool)
    peak[:, 1:-1] = (score[:, 1:-1] >= score[:, :-2]) & (score[:, 1:-1] >= score[:, 2:])
    good = peak & (score > 0.9 * score.max(1)[:, None])
    best = np.where(good.any(1), good.argmax(1), score.argmax(1))
    rows, middle = np.arange(len(centres)), np.clip(best, 1, score.shape[1] - 2)
    before, at, after = score[rows, middle - 1], score[rows, middle], score[rows, middle + 1]
    shift = np.clip(0.5 * (before - after) / (before - 2 * at + after + 1e-12), -0.5, 0.5)
    f0 = SAMPLE_RATE / (shortest + middle + shift)
    loud = np.sqrt(here / width) > 2e-3
    return _smooth(f0, _without_singles((score[rows, best] > _VOICING_THRESHOLD) & loud))


def _without_singles(voiced: np.ndarray) -> np.ndarray:
    """Voicing with one-frame islands and one-frame gaps removed."""
    before, after = np.roll(voiced, 1), np.roll(voiced, -1)
    result = np.where(before & after, True, np.where(~before & ~after, False, voiced))
    result[0] = result[-1] = False
    return result


def _smooth(f0, voiced):
    """Replaces octave jumps by the local median and fills unvoiced stretches by interpolation."""
    if not voiced.any():
        return np.full(len(f0), 100.0), voiced
    known = np.where(voiced, f0, np.nan)
    around = np.lib.stride_tricks.sliding_window_view(np.pad(known, 4, constant_values=np.nan), 9)
    median = known.copy()
    median[voiced] = np.nanmedian(around[voiced], axis=1)
    jumps = voiced & (np.abs(np.log(known / median, where=voiced, out=np.zeros_like(f0))) > 0.12)
    known[jumps] = median[jumps]
    indices = np.flatnonzero(voiced)
    return np.interp(np.arange(len(f0)), indices, known[indices]), voiced


def _harmonics(padded, centres, f0):
    """Log amplitude envelope at ENVELOPE_HZ and noise power at NOISE_HZ of voiced frames."""
    offsets = np.arange(-600, 600)
    phase = offsets[None] * (f0[:, None] / (4 * SAMPLE_RATE))
    window = np.where(np.abs(phase) < 0.5, 0.5 + 0.5 * np.cos(2 * np.pi * phase), 0).astype(np.float32)
    spectra = np.log(np.abs(rfft(padded[centres[:, None] + offsets] * window, _HARMONIC_FFT)) + _FLOOR)
    total, power = window.sum(1), (window**2).sum(1)
    grid = np.arange(_HARMONIC_FFT // 2 + 1) * SAMPLE_RATE / _HARMONIC_FFT
    envelope = np.empty((len(f0), ENVELOPE_POINTS), np.float32)
    noise = np.empty((len(f0), NOISE_BANDS))
    for row, pitch in enumerate(f0):
        count = int(TOP_HZ / pitch)
        at = np.arange(1, count + 1) * pitch
        amplitude = np.interp(at, grid, spectra[row]) + np.log(2 / total[row])
        between = np.arange(count + 1) * pitch + 0.5 * pitch
        valley = 2 * np.interp(between, grid, spectra[row]) - np.log(power[row])
        floor = np.interp(NOISE_HZ, between, valley)
        crest = 2 * (np.interp(NOISE_HZ, at, amplitude) + np.log(total[row] / 2)) - np.log(power[row])
        # A valley far under its crest is the window's leakage more than noise.
        floor = np.where(floor < crest + np.log(0.05), floor + np.log(0.05), floor)
        noise[row] = np.exp(floor)
        # Where crest and valley are level there is no harmonic to keep.
        drowned = np.interp(ENVELOPE_HZ, NOISE_HZ, crest - floor) < np.log(2.5)
        envelope[row] = np.interp(ENVELOPE_HZ, at, amplitude) + np.where(drowned, np.log(0.25), 0.0)
    return np.maximum(envelope, np.log(1e-5)), noise
