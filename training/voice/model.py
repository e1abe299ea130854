"""Symbols to frame parameters: an encoder over symbols, a duration for each, a decoder over frames."""

import math
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from training.voice.analysis import ENVELOPE_POINTS, NOISE_BANDS, NOISE_FFT
from training.voice.symbols import NUM_SYMBOLS

SYMBOL_WIDTH = 160
FRAME_WIDTH = 144
NOISE_WIDTH = 2 * NOISE_BANDS
TARGETS = ENVELOPE_POINTS + NOISE_WIDTH + 1
POSITION_FEATURES = 6
PHASE_WIDTH = 2 * (NOISE_FFT // 2 + 1)
_PHASE_FRAMES = 32
_DECODER_DILATIONS = (1, 2, 4, 1, 1)
# Frames on each side that one decoded frame depends on.
DECODER_REACH = 2 * sum(_DECODER_DILATIONS)


class Decoded(NamedTuple):
    """Frame parameters: log envelope [B, F, 80], log noise [B, F, 64], log f0, voicing logit and level between this
    frame's middle and the next one's [B, F] each, phases of the noise [B, F, 222]."""

    envelope: Tensor
    noise: Tensor
    log_f0: Tensor
    voicing: Tensor
    middle: Tensor
    phase: Tensor


class _ShiftedViews(torch.autograd.Function):
    """Views of [B, T + 2 reach, C] at each shift, side by side; the gradient is summed in one buffer, not one a view."""

    @staticmethod
    def forward(context, padded: Tensor, shifts: list[int], length: int) -> Tensor:
        context.shifts, context.size = shifts, padded.shape
        return torch.cat([padded[:, shift : shift + length] for shift in shifts], 2)

    @staticmethod
    def backward(context, gradient: Tensor):
        length, width = gradient.shape[1], context.size[2]
        summed = gradient.new_zeros(context.size)
        for tap, shift in enumerate(context.shifts):
            summed[:, shift : shift + length] += gradient[:, :, tap * width : (tap + 1) * width]
        return summed, None, None


class Convolution(nn.Module):
    """1-D convolution on [B, T, C] as shifted views and one product.

    torch 1.13's own CPU convolution returns wrong gradients at times, and this one is faster there.
    """

    def __init__(self, width: int, kernel: int, dilation: int):
        super().__init__()
        self.reach = dilation * (kernel // 2)
        self.shifts = [dilation * tap for tap in range(kernel)]
        self.linear = nn.Linear(width * kernel, width)

    def forward(self, x: Tensor) -> Tensor:
        padded = functional.pad(x, (0, 0, self.reach, self.reach))
        if self.training:
            return self.linear(_ShiftedViews.apply(padded, self.shifts, x.shape[1]))
        return self.linear(torch.cat([padded[:, shift : shift + x.shape[1]] for shift in self.shifts], 2))


class Residual(nn.Module):
    """Pre-normalised convolution block; `mask` [B, T, 1] keeps padding silent. Its products train in bfloat16."""

    def __init__(self, width: int, kernel: int, dilation: int):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(width))
        self.convolution = Convolution(width, kernel, dilation)
        self.out = nn.Linear(width, width)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        normal = x * torch.rsqrt((x * x).mean(2, keepdim=True) + 1e-5) * self.scale
        if mask is not None:
            normal = normal * mask
        if not self.training:
            return x + self._change(normal)
        with torch.autocast(x.device.type, torch.bfloat16):
            return x + self._change(normal.bfloat16()).float()

    def _change(self, normal: Tensor) -> Tensor:
        return self.out(functional.leaky_relu(self.convolution(normal), 0.1))


class Voice(nn.Module):
    """The acoustic model of all speakers."""

    def __init__(self, speakers: int):
        super().__init__()
        self.symbols = nn.Embedding(NUM_SYMBOLS, SYMBOL_WIDTH)
        self.symbol_speaker = nn.Embedding(speakers, SYMBOL_WIDTH)
        self.frame_speaker = nn.Embedding(speakers, FRAME_WIDTH)
        self.encoder = nn.ModuleList(Residual(SYMBOL_WIDTH, 5, dilation) for dilation in (1, 2, 4))
        self.recurrent = nn.GRU(SYMBOL_WIDTH, SYMBOL_WIDTH // 2, batch_first=True, bidirectional=True)
        self.duration = nn.Sequential(nn.Linear(2 * SYMBOL_WIDTH, SYMBOL_WIDTH), nn.LeakyReLU(0.1), nn.Linear(SYMBOL_WIDTH, 1))
        self.to_frames = nn.Linear(2 * SYMBOL_WIDTH, FRAME_WIDTH)
        self.position = nn.Linear(POSITION_FEATURES, FRAME_WIDTH)
        self.decoder = nn.ModuleList(Residual(FRAME_WIDTH, 5, dilation) for dilation in _DECODER_DILATIONS)
        self.out = nn.Linear(FRAME_WIDTH, TARGETS + 2)
        self.phase = nn.Linear(FRAME_WIDTH, PHASE_WIDTH)
        nn.init.zeros_(self.phase.weight)
        nn.init.zeros_(self.phase.bias)
        chance = np.random.RandomState(0).uniform(0, 2 * math.pi, (_PHASE_FRAMES, PHASE_WIDTH))
        self.register_buffer("first_phase", torch.tensor(chance).float())
        self.register_buffer("mean", torch.zeros(speakers, TARGETS))
        self.register_buffer("deviation", torch.ones(TARGETS))

    def encode(self, ids: Tensor, speaker: Tensor, lengths: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """ids [B, N], speaker [B] to log(1 + frames) of each symbol [B, N] and what the decoder reads [B, N, 144].

        `lengths` [B], on the CPU, is needed where the batch holds padding.
        """
        mask = None if lengths is None else _mask(lengths, ids)
        x = self.symbols(ids) + self.symbol_speaker(speaker).unsqueeze(1)
        for block in self.encoder:
            x = block(x, mask)
        if lengths is None:
            context = self.recurrent(x)[0]
        else:
            packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
            context = pad_packed_sequence(self.recurrent(packed)[0], batch_first=True, total_length=ids.shape[1])[0]
        hidden = torch.cat([x, context], 2)
        return self.duration(hidden).squeeze(2), self.to_frames(hidden) + self.frame_speaker(speaker).unsqueeze(1)

    def decode(self, hidden: Tensor, position: Tensor, speaker: Tensor, mask: Tensor | None = None) -> Decoded:
        """Symbol vectors repeated to frames [B, F, 144] and their positions [B, F, 6] to frame parameters.

        The noise is not drawn anew: its phases start from a table that begins at each symbol's first frame, and the
        network moves them. The teacher's consonants are recordings, the same every time, and a burst is over before
        chance evens out.
        """
        x = hidden + self.position(position)
        for block in self.decoder:
            x = block(x, mask)
        out = self.out(x)
        targets = out[:, :, :TARGETS] * self.deviation + self.mean[speaker].unsqueeze(1)
        envelope = targets[:, :, :ENVELOPE_POINTS]
        noise = targets[:, :, ENVELOPE_POINTS : TARGETS - 1]
        phase = self.phase(x) + self.first_phase[_frames_passed(position) % _PHASE_FRAMES]
        middle = 2 * torch.sigmoid(out[:, :, TARGETS + 1])
        return Decoded(envelope, noise, targets[:, :, TARGETS - 1], out[:, :, TARGETS], middle, phase)


def gate(envelope: Tensor, voicing: Tensor) -> Tensor:
    """The envelope with unvoiced frames brought down to silence."""
    return envelope + torch.log(torch.sigmoid(4 * voicing) + 1e-6).unsqueeze(-1)


def frame_layout(ends: Tensor, frames: Tensor) -> tuple[Tensor, Tensor]:
    """Which symbol each frame belongs to [F], and where in it the frame lies [F, 6].

    `ends` [N] is where each symbol ends, in frames and fractions, so that a burst keeps its place within a frame;
    `frames` [F] is 0, 1, 2…
    """
    owner = (frames.unsqueeze(1) >= torch.round(ends).unsqueeze(0)).long().sum(1)
    end = ends[owner]
    start = torch.cat([torch.zeros_like(ends[:1]), ends[:-1]])[owner]
    length = end - start
    passed, left = frames - start, end - 1 - frames
    features = [(passed + 0.5) / length, torch.log(1 + passed), torch.log(1 + left), torch.log(1 + length)]
    fractions = [start - torch.round(start), end - torch.round(end)]
    return owner, torch.stack(features + fractions, 1)


def _frames_passed(position: Tensor) -> Tensor:
    """Whole frames since the symbol's first, from what `frame_layout` says of a frame."""
    return torch.round(torch.exp(position[..., 1]) - 1 + position[..., 4]).clamp(min=0).long()


def _mask(lengths: Tensor, ids: Tensor) -> Tensor:
    counted = torch.arange(ids.shape[1], device=ids.device)
    return (counted[None] < lengths.to(ids.device)[:, None]).float().unsqueeze(2)
