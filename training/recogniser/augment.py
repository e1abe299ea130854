"""What happens to speech between a mouth and the model: on samples (speed, rooms, clipping), then on the mel spectrogram
(noise, equaliser, telephone, level, masks), where it costs next to nothing and can differ each time a sentence is heard."""

import numpy as np
import torch
from scipy.fft import irfft, next_fast_len, rfft
from scipy.signal import resample_poly

from training.recogniser.features import CENTRES_HZ, FLOOR, MELS, SAMPLE_RATE

_LOG_CENTRES = torch.tensor(np.log2(CENTRES_HZ), dtype=torch.float32)


def at_16_khz(samples, speed):
    """22,050 Hz samples to 16 kHz, `speed` times as fast (which raises the pitch as well)."""
    return resample_poly(samples, 320, round(441 * speed)).astype(np.float32)


def in_a_room(samples, random):
    """The same with a synthetic reverberation of 0.08 to 0.6 s."""
    length = int(random.uniform(0.08, 0.6) * SAMPLE_RATE)
    response = random.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
    response *= random.uniform(0.1, 0.8) / np.sqrt((response**2).sum())
    response[0] += 1
    count = len(samples) + length // 3
    size = next_fast_len(len(samples) + length, real=True)
    return irfft(rfft(samples, size) * rfft(response, size), size)[:count].astype(np.float32)


def clipped(samples, random):
    """The same, cut at 25 to 80 % of its peak."""
    limit = np.abs(samples).max() * random.uniform(0.25, 0.8)
    return np.clip(samples, -limit, limit)


def _curves(count, generator):
    """Random equalisers in log10 power, [count, 1, 80]: a tilt and two bumps; 12 % are a telephone, 10 % a dull microphone."""

    def uniform(low, high):
        return torch.empty(count, 1).uniform_(low, high, generator=generator)

    octaves = _LOG_CENTRES - 10
    curve = uniform(-2, 2) * octaves
    for _ in range(2):
        curve = curve + uniform(-8, 8) * torch.exp(-(((octaves - uniform(-2.7, 2.6)) / uniform(0.4, 1.2)) ** 2))
    curve = curve * (torch.rand(count, 1, generator=generator) < 0.75)
    kind = torch.rand(count, 1, generator=generator)
    outside = (_LOG_CENTRES < np.log2(300)) | (_LOG_CENTRES > np.log2(3400))
    curve = curve - 45 * ((kind < 0.12) & outside)
    curve = curve - 30 * ((kind > 0.9) & (_LOG_CENTRES > np.log2(4500)))
    return (curve / 10)[:, None]


def heard(speech, noise, snr_db, level_db, generator):
    """Log-mel speech with noise, equalised and at a level: all [batch, frames, 80] log10 power of sounds of RMS 1.

    `snr_db` and `level_db` (RMS, decibels of full scale) are [batch].
    """
    mixed = torch.logaddexp(speech * 2.302585, (noise - snr_db[:, None, None] / 10) * 2.302585) / 2.302585
    return (mixed + _curves(len(speech), generator) + level_db[:, None, None] / 10).clamp_min(FLOOR)


def warp(factor):
    """A [80, 80] matrix that stretches the mel axis by `factor`, as another vocal tract would."""
    matrix = torch.zeros(MELS, MELS)
    source = torch.arange(MELS) * factor
    low = source.floor().clamp(0, MELS - 1).long()
    weight = (source - low).clamp(0, 1)
    columns = torch.arange(MELS)
    matrix[low, columns] += 1 - weight
    matrix[(low + 1).clamp(max=MELS - 1), columns] += weight
    return matrix


def mask(batch, lengths, rng):
    """Blank two bands (up to 10 mels) and two moments (up to 0.25 s, at most an eighth) of each scaled spectrogram, in place."""
    for row, length in enumerate(lengths):
        mean = float(batch[row, :length].mean())
        for _ in range(2):
            width = rng.randint(0, 10)
            low = rng.randint(0, MELS - width)
            batch[row, :, low : low + width] = mean
            width = rng.randint(0, min(12, length // 8))
            start = rng.randint(0, length - width)
            batch[row, start : start + width] = mean
