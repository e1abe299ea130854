"""The model's input: Whisper's log-mel spectrogram as transformers.js computes it, on a shorter window and a longer hop."""

import numpy as np
from scipy.fft import rfft

SAMPLE_RATE = 16000
WINDOW_SECONDS = 9
HOP_LENGTH = 320
FFT_LENGTH = 400
MELS = 80
SAMPLES = SAMPLE_RATE * WINDOW_SECONDS
FRAMES = SAMPLES // HOP_LENGTH
POSITIONS = (FRAMES + 1) // 2
FLOOR = -10.0
"""log10 of the least power: what digital silence is worth."""


def _hertz_to_mel(hertz):
    hertz = np.asarray(hertz, np.float64)
    high = 15 + np.log(np.maximum(hertz, 1e-9) / 1000) * (27 / np.log(6.4))
    return np.where(hertz >= 1000, high, 3 * hertz / 200)


def _mel_to_hertz(mel):
    return np.where(mel >= 15, 1000 * np.exp((np.log(6.4) / 27) * (mel - 15)), 200 * mel / 3)


def _filters():
    """Slaney's mel filters, area-normalised: [201, 80]."""
    edges = _mel_to_hertz(np.linspace(_hertz_to_mel(0), _hertz_to_mel(SAMPLE_RATE / 2), MELS + 2))
    bins = np.linspace(0, SAMPLE_RATE / 2, FFT_LENGTH // 2 + 1)
    width, slope = np.diff(edges), edges[None] - bins[:, None]
    triangles = np.maximum(0, np.minimum(-slope[:, :-2] / width[:-1], slope[:, 2:] / width[1:]))
    return (triangles * (2 / (edges[2:] - edges[:-2]))[None]).astype(np.float32)


FILTERS = _filters()
CENTRES_HZ = _mel_to_hertz(np.linspace(_hertz_to_mel(0), _hertz_to_mel(SAMPLE_RATE / 2), MELS + 2))[1:-1]
_HANN = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FFT_LENGTH) / FFT_LENGTH)).astype(np.float32)


def log_power(samples: np.ndarray) -> np.ndarray:
    """log10 of the mel power of 16 kHz samples, [frames, 80], one frame each 20 ms; no floor but FLOOR, no scaling."""
    frames = -(-len(samples) // HOP_LENGTH)
    padded = np.pad(np.asarray(samples, np.float32), (0, frames * HOP_LENGTH - len(samples)))
    padded = np.pad(padded, FFT_LENGTH // 2, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, FFT_LENGTH)[::HOP_LENGTH][:frames]
    spectrum = rfft(windows * _HANN, axis=1)
    power = (spectrum.real**2 + spectrum.imag**2) @ FILTERS
    return np.log10(np.maximum(power, 10**FLOOR)).astype(np.float32)


def model_input(samples: np.ndarray) -> np.ndarray:
    """What the model is given for `samples` (16 kHz, cut at the window): [80, FRAMES]."""
    window = np.zeros(SAMPLES, np.float32)
    window[: min(SAMPLES, len(samples))] = samples[:SAMPLES]
    log_mel = log_power(window)
    return ((np.maximum(log_mel, log_mel.max() - 8) + 4) / 4).T
