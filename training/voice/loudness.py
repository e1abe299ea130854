"""Integrated loudness after ITU-R BS.1770-4 (mono), at any sample rate."""

import numpy as np
from scipy.signal import lfilter

TARGET_LUFS = -18.0
_BLOCK_SECONDS = 0.4
_OVERLAP = 0.75


def _shelf(sample_rate: int) -> tuple[np.ndarray, np.ndarray]:
    """Head filter of the recommendation, redesigned for the sample rate (high shelf, +4 dB above 1.7 kHz)."""
    gain_db, quality, centre = 3.99984385397, 0.7071752369554193, 1681.9744509555319
    k = np.tan(np.pi * centre / sample_rate)
    vh = 10 ** (gain_db / 20)
    vb = vh**0.499666774155
    a0 = 1 + k / quality + k * k
    b = np.array([vh + vb * k / quality + k * k, 2 * (k * k - vh), vh - vb * k / quality + k * k]) / a0
    return b, np.array([1, 2 * (k * k - 1) / a0, (1 - k / quality + k * k) / a0])


def _high_pass(sample_rate: int) -> tuple[np.ndarray, np.ndarray]:
    quality, centre = 0.5003270373253953, 38.13547087613982
    k = np.tan(np.pi * centre / sample_rate)
    a0 = 1 + k / quality + k * k
    return np.array([1.0, -2.0, 1.0]), np.array([1, 2 * (k * k - 1) / a0, (1 - k / quality + k * k) / a0])


def block_energies(audio: np.ndarray, sample_rate: int) -> np.ndarray:
    """Mean K-weighted square of each 400 ms block, 75 % overlapped; a shorter sound is one block."""
    weighted = lfilter(*_high_pass(sample_rate), lfilter(*_shelf(sample_rate), audio.astype(np.float64)))
    size = int(_BLOCK_SECONDS * sample_rate)
    step = int(size * (1 - _OVERLAP))
    if len(weighted) <= size:
        return np.array([np.mean(weighted**2)])
    cumulated = np.concatenate([[0.0], np.cumsum(weighted**2)])
    starts = np.arange(0, len(weighted) - size + 1, step)
    return (cumulated[starts + size] - cumulated[starts]) / size


def gated_loudness(energies: np.ndarray) -> float:
    """LUFS of block energies with the absolute (-70) and relative (-10) gates."""
    level = -0.691 + 10 * np.log10(energies + 1e-12)
    kept = energies[level > -70]
    if len(kept) == 0:
        return -np.inf
    relative = -0.691 + 10 * np.log10(kept.mean()) - 10
    return float(-0.691 + 10 * np.log10(energies[level > max(-70, relative)].mean()))


def loudness(audio: np.ndarray, sample_rate: int) -> float:
    """Integrated loudness of `audio` (float, full scale 1) in LUFS."""
    return gated_loudness(block_energies(audio, sample_rate))
