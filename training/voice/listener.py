"""A phone recogniser that has only heard the teachers; how well it follows a voice tells how clearly that voice speaks."""

import math
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from training.common.espeak import SAMPLE_RATE
from training.voice.dataset import Sample
from training.voice.model import Residual
from training.voice.symbols import LENGTH, PHONEME_IDS, SILENT

STEPS = 1200
BATCH_SIZE = 12
WIDTH = 144
MEL_BANDS = 64
HOP = 220
FFT = 512
_RATE = 1.5e-3
_SEED = 5
_SAVE_SECONDS = 120
_BLANK = 0
_IGNORED = SILENT | {"^", "$", "_", "-"}
_COMBINING = {"\u0303", LENGTH}
_SYMBOL_OF = {index: symbol for symbol, index in PHONEME_IDS.items()}


def phones(ids) -> list[str]:
    """The phones behind symbol ids: no stress, marks or pads; tilde and length joined to their vowel."""
    result: list[str] = []
    for index in ids:
        symbol = _SYMBOL_OF[int(index)]
        if symbol in _COMBINING and result:
            result[-1] += symbol
        elif symbol not in _IGNORED:
            result.append(symbol)
    return result


def phone_distance(wanted: list[str], heard: list[str]) -> int:
    """Insertions, deletions and substitutions from one phone list to another (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for i, phone in enumerate(wanted, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (phone != other))
    return row[-1]


def mel_triangles(fft: int, bands: int) -> np.ndarray:
    """[fft / 2 + 1, bands] triangles of height 1, evenly spaced in mel up to 10.5 kHz."""
    hertz = np.arange(fft // 2 + 1) * SAMPLE_RATE / fft
    points = 700 * (np.exp(np.linspace(0, 1127 * np.log(1 + 10500 / 700), bands + 2) / 1127) - 1)
    rising = (hertz[:, None] - points[:-2]) / (points[1:-1] - points[:-2])
    falling = (points[2:] - hertz[:, None]) / (points[2:] - points[1:-1])
    return np.maximum(0, np.minimum(rising, falling))


class Recogniser(nn.Module):
    """Sound to phones. Log mels are taken two at a time into convolutions; a subclass has `mels`, `out` and `forward`.

    `mels` makes log mels of sound [B, T]; `forward` makes log-probabilities and their lengths of log mels and frames (10 ms).
    """

    def __init__(self, vocabulary: list[str], fft: int, bands: int, width: int, dilations: tuple[int, ...]):
        super().__init__()
        self.vocabulary = vocabulary
        self.register_buffer("filters", torch.tensor(mel_triangles(fft, bands)).float())
        self.register_buffer("window", torch.hann_window(fft))
        self.first = nn.Linear(2 * bands, width)
        self.blocks = nn.ModuleList(Residual(width, 5, dilation) for dilation in dilations)

    def paired(self, mels: Tensor) -> Tensor:
        """Log mels [B, F, bands] to what the convolutions read [B, F / 2, width]."""
        even = mels[:, : mels.shape[1] // 2 * 2]
        return self.first(even.reshape(even.shape[0], even.shape[1] // 2, -1))


class Listener(Recogniser):
    """Sound [B, T] to phone log-probabilities every 20 ms."""

    def __init__(self, vocabulary: list[str]):
        super().__init__(vocabulary, FFT, MEL_BANDS, WIDTH, (1, 2, 1))
        self.recurrent = nn.GRU(WIDTH, WIDTH // 2, num_layers=2, batch_first=True, bidirectional=True)
        self.out = nn.Linear(WIDTH, len(vocabulary) + 1)

    def mels(self, sound: Tensor) -> Tensor:
        """[B, frames, 64] log mel at 10 ms, centred on its usual level."""
        power = torch.stft(sound, FFT, HOP, window=self.window, return_complex=True).abs() ** 2
        return (torch.log(power.transpose(1, 2) @ self.filters + 1e-4) + 2.0) / 4.0

    def forward(self, mels: Tensor, frames: Tensor) -> tuple[Tensor, Tensor]:
        """Log mels [B, F, 64] and their lengths to log-probabilities [B, F / 2, phones + 1] and lengths."""
        x = self.paired(mels)
        lengths = frames // 2
        mask = (torch.arange(x.shape[1])[None] < lengths[:, None]).float().unsqueeze(2).to(x.device)
        for block in self.blocks:
            x = block(x, mask)
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        x = pad_packed_sequence(self.recurrent(packed)[0], batch_first=True, total_length=x.shape[1])[0]
        return functional.log_softmax(self.out(x), 2), lengths

    @torch.no_grad()
    def hear(self, sound: np.ndarray) -> list[str]:
        """The phones heard in float sound (best path)."""
        device = self.filters.device
        mels = self.mels(torch.tensor(sound, device=device)[None].float())
        best = self(mels, torch.tensor([mels.shape[1]]))[0][0].argmax(1).tolist()
        kept = [label for label, before in zip(best, [_BLANK, *best]) if label != before and label != _BLANK]
        return [self.vocabulary[label - 1] for label in kept]


def train_listener(work: Path, samples: list[Sample], device: torch.device, steps: int = STEPS) -> Listener:
    """The listener, trained on the teachers' sound alone; resumes from `listener.pt` under `work`."""
    listener = Listener(vocabulary_of(samples))
    return train_recogniser(listener, work / "listener.pt", samples, device, steps, _SEED)


def vocabulary_of(samples: list[Sample]) -> list[str]:
    """Every phone of the samples, sorted."""
    return sorted({phone for sample in samples for phone in phones(sample.ids)})


def train_recogniser(network: Recogniser, path: Path, samples: list[Sample], device: torch.device, steps: int, seed: int) -> Recogniser:
    """Trains on the samples' sound, slightly varied in level, noise and colour; resumes from `path`."""
    torch.manual_seed(seed)
    network.to(device)
    optimiser = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=1e-2)
    step = 0
    if path.exists():
        saved = torch.load(path, map_location=device)
        network.load_state_dict(saved[path.stem])
        optimiser.load_state_dict(saved["optimiser"])
        step = saved["step"]
    number = {phone: index + 1 for index, phone in enumerate(network.vocabulary)}
    lengths = np.array([len(sample.stored_audio) for sample in samples])
    began = saved_at = time.monotonic()
    losses = []
    while step < steps:
        draw = np.random.RandomState(seed + 31 * step)
        torch.manual_seed(seed + 31 * step)
        # Neighbours in length of one drawn sentence, so that little of the batch is padding.
        near = np.argsort(np.abs(lengths - lengths[draw.randint(len(samples))]) + draw.randint(0, 8000, len(samples)))
        loss = _loss(network, [samples[index] for index in near[:BATCH_SIZE]], number, draw, device)
        for group in optimiser.param_groups:
            group["lr"] = _RATE * min(1, (step + 1) / 200) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * step / steps)))
        optimiser.zero_grad()
        loss.backward()
        if math.isfinite(float(nn.utils.clip_grad_norm_(network.parameters(), 1.0))):
            optimiser.step()
        step += 1
        losses.append(float(loss))
        if step % 100 == 0:
            print(f"{path.stem} {step}/{steps} {time.monotonic() - began:.0f} s  loss {np.mean(losses):.3f}", flush=True)
            losses = []
        if step == steps or time.monotonic() - saved_at > _SAVE_SECONDS:
            torch.save({path.stem: network.state_dict(), "optimiser": optimiser.state_dict(), "step": step}, path)
            saved_at = time.monotonic()
    return network.eval()


def _loss(network: Recogniser, samples: list[Sample], number: dict[str, int], draw, device) -> Tensor:
    size = max(len(sample.stored_audio) for sample in samples)
    sound = np.zeros((len(samples), size), np.float32)
    for row, sample in enumerate(samples):
        audio = sample.waveform(0, len(sample.f0)) * 10 ** (draw.uniform(-4, 4) / 20)
        level = 10 ** (draw.uniform(-75, -45) / 20)
        sound[row, : len(audio)] = audio + level * draw.randn(len(audio)).astype(np.float32)
    with torch.no_grad():
        mels = network.mels(torch.tensor(sound, device=device))
        tilt = torch.tensor(draw.uniform(-0.3, 0.3, (len(samples), 1, 1)), device=device).float()
        mels = mels + tilt * torch.linspace(-1, 1, mels.shape[2], device=device)
    frames = torch.tensor([len(sample.f0) for sample in samples])
    scores, lengths = network(mels, frames)
    wanted = [[number[phone] for phone in phones(sample.ids)] for sample in samples]
    flat = torch.tensor([label for labels in wanted for label in labels])
    return functional.ctc_loss(
        scores.transpose(0, 1), flat, lengths, torch.tensor([len(labels) for labels in wanted]), blank=_BLANK,
        zero_infinity=True,
    )
