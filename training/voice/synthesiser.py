"""Frame parameters to sound: one wavetable cycle a frame read at the pitch's phase, plus shaped noise.

Everything is plain tensor arithmetic that ONNX can hold; gradients flow through it for fine-tuning.
"""

import math

import numpy as np
import torch
from torch import Tensor, nn

from training.common.espeak import SAMPLE_RATE
from training.voice.analysis import ENVELOPE_HZ, ENVELOPE_POINTS, HOP, NOISE_FFT, NOISE_HZ, SUB_HOP, TOP_HZ, mel

HARMONICS = 110
TABLE_SIZE = 2048
LIMITER_KNEE = 0.75
FADE_SAMPLES = 64


def _noise_bands_to_bins() -> np.ndarray:
    bins = np.arange(NOISE_FFT // 2 + 1) * SAMPLE_RATE / NOISE_FFT
    return np.stack([np.interp(bins, NOISE_HZ, row) for row in np.eye(len(NOISE_HZ))])


def _windowed_inverse_dft() -> np.ndarray:
    """[2 * bins, samples]: real and imaginary parts of unit size to a unit-power slice under a square-root Hann window."""
    sample, frequency = np.arange(NOISE_FFT), np.arange(NOISE_FFT // 2 + 1)
    weight = np.full(len(frequency), 2.0)
    weight[-1] = 1.0
    # No noise at 0 and 100 Hz: speech has none there.
    weight[:2] = 0.0
    angle = 2 * np.pi * np.outer(frequency, sample) / NOISE_FFT
    window = np.sqrt(np.hanning(NOISE_FFT + 1)[:NOISE_FFT])
    basis = np.concatenate([weight[:, None] * np.cos(angle), -weight[:, None] * np.sin(angle)])
    return basis * window * math.sqrt(NOISE_FFT) / NOISE_FFT


class Synthesiser(nn.Module):
    """f0 [B, F] in Hz, log envelope [B, F, 80], middle [B, F], log noise [B, F, 64], phases [B, F, 222] to samples [B, 220 F].

    The first sample lies in the middle of the first frame (110 samples in). Between the middles of two frames the voiced
    sound's level runs straight where `middle` is 1; 0 to 2 bend it there, so that a vowel can stop within 5 ms.
    `noise` and `phase` are two slices a frame; the phases are those of the noise's 111 bins, in radians.
    """

    def __init__(self):
        super().__init__()
        harmonic = torch.arange(1, HARMONICS + 1).float()
        position = torch.arange(TABLE_SIZE + 1).float() / TABLE_SIZE
        self.register_buffer("harmonic", harmonic)
        self.register_buffer("sines", torch.sin(2 * math.pi * harmonic[:, None] * position))
        self.register_buffer("bands_to_bins", torch.tensor(_noise_bands_to_bins()).float())
        self.register_buffer("inverse_dft", torch.tensor(_windowed_inverse_dft()).float())
        self.register_buffer("ramp", (torch.arange(HOP).float() + 0.5) / HOP)
        self.lowest_mel = float(mel(ENVELOPE_HZ[0]))
        self.mel_step = float(mel(ENVELOPE_HZ[-1]) - mel(ENVELOPE_HZ[0])) / (ENVELOPE_POINTS - 1)

    def forward(self, f0: Tensor, envelope: Tensor, middle: Tensor, noise: Tensor, phase: Tensor) -> Tensor:
        bent = 1 + (middle.unsqueeze(-1) - 1) * (1 - (2 * self.ramp - 1).abs())
        return (self._voice(f0, envelope) * bent + self._noise(noise, phase)).flatten(1)

    def _amplitudes(self, f0: Tensor, envelope: Tensor) -> Tensor:
        """[B, F, HARMONICS] amplitudes: the envelope read at multiples of f0, none above the band."""
        hertz = f0.unsqueeze(-1) * self.harmonic
        position = ((1127.0 * torch.log(1 + hertz / 700.0) - self.lowest_mel) / self.mel_step).clamp(
            0, ENVELOPE_POINTS - 1.001
        )
        index = torch.floor(position)
        fraction = position - index
        index = index.long()
        level = torch.gather(envelope, 2, index) * (1 - fraction) + torch.gather(envelope, 2, index + 1) * fraction
        return torch.exp(level) * torch.sigmoid((TOP_HZ - hertz) / 30)

    def _voice(self, f0: Tensor, envelope: Tensor) -> Tensor:
        tables = torch.matmul(self._amplitudes(f0, envelope), self.sines)
        following = torch.cat([f0[:, 1:], f0[:, -1:]], 1)
        hertz = f0.unsqueeze(-1) * (1 - self.ramp) + following.unsqueeze(-1) * self.ramp
        within = torch.cumsum(hertz / SAMPLE_RATE, 2)
        cycles = within[:, :, -1]
        before = torch.cumsum(cycles, 1) - cycles
        phase = within + (before - torch.floor(before)).unsqueeze(-1)
        position = (phase - torch.floor(phase)) * TABLE_SIZE
        index = torch.floor(position)
        fraction = position - index
        index = index.long().clamp(0, TABLE_SIZE - 1)
        next_tables = torch.cat([tables[:, 1:], tables[:, -1:]], 1)
        here = self._read(tables, index, fraction)
        there = self._read(next_tables, index, fraction)
        return here + (there - here) * self.ramp

    @staticmethod
    def _read(tables: Tensor, index: Tensor, fraction: Tensor) -> Tensor:
        low = torch.gather(tables, 2, index)
        return low + (torch.gather(tables, 2, index + 1) - low) * fraction

    def _noise(self, noise: Tensor, phase: Tensor) -> Tensor:
        batch, frames, width = noise.shape
        slices = noise.reshape(batch, frames * 2, width // 2)
        magnitude = torch.exp(torch.matmul(slices, self.bands_to_bins))
        angle = phase.reshape(batch, frames * 2, -1)
        sound = torch.matmul(torch.cat([magnitude * torch.cos(angle), magnitude * torch.sin(angle)], 2), self.inverse_dft)
        rising = torch.cat([sound[:, 1:, :SUB_HOP], torch.zeros_like(sound[:, :1, :SUB_HOP])], 1)
        return (sound[:, :, SUB_HOP:] + rising).reshape(batch, frames, HOP)


def limit(sound: Tensor) -> Tensor:
    """Leaves what is under the knee as it is and bends the rest so that it never passes full scale."""
    size = sound.abs()
    room = 1 - LIMITER_KNEE
    bent = LIMITER_KNEE + room * torch.tanh((size - LIMITER_KNEE).clamp(min=0) / room)
    return torch.sign(sound) * torch.minimum(size, bent)


def fade(sound: Tensor) -> Tensor:
    """Brings the first and last samples of [B, T] to zero over 3 ms."""
    index = torch.arange(sound.shape[1], device=sound.device)
    distance = torch.minimum(index, sound.shape[1] - 1 - index)
    return sound * (distance.float() / FADE_SAMPLES).clamp(max=1.0)
