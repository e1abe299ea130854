"""A second phone recogniser of the teachers: while the voice is fine-tuned, it should notice what this one would notice.

It differs from the listener that measures the finished voice in all that was chosen: seed, window, hop, bands, layers. The
listener takes no part in training.
"""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.voice.dataset import Sample
from training.voice.listener import Recogniser, train_recogniser, vocabulary_of

STEPS = 1500
WIDTH = 128
MEL_BANDS = 48
HOP = 110
FFT = 384
_SEED = 71
_DILATIONS = (1, 2, 4, 1)


class Coach(Recogniser):
    """Sound [B, T] to phone log-probabilities every 10 ms, by convolutions that see 160 ms to either side."""

    def __init__(self, vocabulary: list[str]):
        super().__init__(vocabulary, FFT, MEL_BANDS, WIDTH, _DILATIONS)
        self.out = nn.Linear(WIDTH, len(vocabulary) + 1)

    def mels(self, sound: Tensor) -> Tensor:
        """[B, frames, 48] log mel at 5 ms, so that a burst is not blurred into its vowel."""
        spectrum = torch.stft(sound, FFT, HOP, window=self.window, return_complex=True)
        power = spectrum.real**2 + spectrum.imag**2
        return (torch.log(power.transpose(1, 2) @ self.filters + 1e-4) + 2.0) / 4.0

    def forward(self, mels: Tensor, frames: Tensor) -> tuple[Tensor, Tensor]:
        """Log mels [B, 2 F, 48] and their frames to log-probabilities [B, F, phones + 1] and lengths."""
        counted = torch.arange(mels.shape[1] // 2)
        mask = (counted[None] < frames[:, None]).float().unsqueeze(2).to(mels.device)
        return functional.log_softmax(self._levels(mels, mask)[-1], 2), frames

    def _levels(self, mels: Tensor, mask: Tensor | None) -> list[Tensor]:
        x = self.paired(mels)
        levels = []
        for block in self.blocks:
            x = block(x, mask)
            levels.append(x)
        return [*levels, self.out(x)]

    def distance(self, ours: Tensor, theirs: Tensor) -> Tensor:
        """How differently two sounds [B, T] strike it: the mean over its layers of their difference over their size."""
        with torch.no_grad():
            wanted = self._levels(self.mels(theirs), None)
        heard = self._levels(self.mels(ours), None)
        apart = [(mine - other).abs().mean() / other.abs().mean() for mine, other in zip(heard, wanted)]
        return torch.stack(apart).mean()


def train_coach(work: Path, samples: list[Sample], device: torch.device, steps: int = STEPS) -> Coach:
    """The coach, trained on the teachers' sound alone and then frozen; resumes from `coach.pt` under `work`."""
    coach = train_recogniser(Coach(vocabulary_of(samples)), work / "coach.pt", samples, device, steps, _SEED)
    # Its blocks compute in bfloat16 while "training", which is faster; nothing in them draws or counts.
    return coach.train().requires_grad_(False)
