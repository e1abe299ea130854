"""Two stages of training: regression on measured frames, then fine-tuning on the sound itself.

Several processes may train together: each takes batches of its own, and every step follows the mean of their gradients.
"""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, distributed, nn
from torch.nn import functional

from training.common.espeak import SAMPLE_RATE
from training.voice.analysis import ENVELOPE_POINTS, HOP, mel
from training.voice.coach import Coach
from training.voice.dataset import Sample
from training.voice.listener import phones
from training.voice.model import DECODER_REACH, NOISE_WIDTH, POSITION_FEATURES, Decoded, Voice, frame_layout, gate
from training.voice.symbols import PHONEME_IDS
from training.voice.synthesiser import Synthesiser
from training.voice.teacher import SPEAKERS

SEED = 1
BATCH_SIZE = 12
REGRESSION_RATE = 2e-3
FINE_TUNING_RATE = 5e-4
WARM_UP_STEPS = 100
LONGEST_SEGMENT = 96
RESOLUTIONS = ((1024, 256), (512, 128), (128, 32))
MEL_BANDS = (80, 48, 24)
MAGNITUDE_FLOOR = 3e-3
WITHOUT_FULL_STOP = 0.05
# A phone that fewer sentences hold is rare; those sentences are met so many times as often.
RARE_SHARE = 0.04
RARE_REPEATS = 6
COACH_WEIGHT = 2.5
_SAVE_SECONDS = 120
_LOG_STEPS = 100


@dataclass(frozen=True)
class Batch:
    """Padded samples: `symbol_mask` [B, N] and `frame_mask` [B, F] are 1 where there is something."""

    samples: list[Sample]
    speaker: Tensor
    ids: Tensor
    lengths: Tensor
    durations: Tensor
    symbol_mask: Tensor
    owner: Tensor
    position: Tensor
    frame_mask: Tensor
    f0: Tensor
    voiced: Tensor
    envelope: Tensor
    noise: Tensor


def train(
    work: Path, training: list[Sample], validation: list[Sample], coach: Coach, regression_steps: int,
    fine_tuning_steps: int, device: torch.device,
) -> Voice:
    """Trains from the last checkpoint under `work`, or from nothing, to the end of the second stage.

    Where the default process group is open, its processes train one voice; the first of them keeps the checkpoints.
    """
    torch.manual_seed(SEED)
    voice = Voice(len(SPEAKERS))
    _set_statistics(voice, training)
    voice.to(device)
    regressed = _stage(work / "regression.pt", voice, training, validation, regression_steps, REGRESSION_RATE,
                       _regression_loss, device)
    synthesiser = Synthesiser().to(device)
    filters = [mel_filters(size, bands).to(device) for (size, _), bands in zip(RESOLUTIONS, MEL_BANDS)]

    def loss(voice: Voice, batch: Batch, draw: np.random.RandomState) -> tuple[Tensor, list[float]]:
        return _fine_tuning_loss(voice, synthesiser, filters, coach, batch, draw)

    return _stage(work / "fine-tuning.pt", regressed, training, validation, fine_tuning_steps, FINE_TUNING_RATE, loss, device)


def load_trained(work: Path, device: torch.device) -> Voice:
    """The voice as the second stage left it."""
    voice = Voice(len(SPEAKERS)).to(device)
    voice.load_state_dict(torch.load(work / "fine-tuning.pt", map_location=device)["voice"])
    return voice.eval()


def _stage(path: Path, voice: Voice, training, validation, steps: int, top_rate: float, loss_of, device) -> Voice:
    """Runs one stage, resuming from and saving to `path`."""
    optimiser = torch.optim.AdamW(voice.parameters(), lr=top_rate, weight_decay=1e-3, betas=(0.9, 0.98))
    step = 0
    if path.exists():
        saved = torch.load(path, map_location=device)
        voice.load_state_dict(saved["voice"])
        optimiser.load_state_dict(saved["optimiser"])
        step = saved["step"]
    began = saved_at = time.monotonic()
    logged: list[list[float]] = []
    process, processes = _place()
    for batch in batches(training, step, steps, device, process, processes):
        draw = np.random.RandomState(SEED * 1_000_003 + step * processes + process)
        for group in optimiser.param_groups:
            group["lr"] = top_rate * _rate(step, steps)
        loss, parts = loss_of(voice, batch, draw)
        optimiser.zero_grad()
        loss.backward()
        if processes > 1:
            _average_gradients(voice)
        norm = float(nn.utils.clip_grad_norm_(voice.parameters(), 1.0))
        if math.isfinite(norm):
            optimiser.step()
        step += 1
        if process > 0:
            continue
        logged.append(parts)
        if step % _LOG_STEPS == 0 or step == steps:
            checked = _validate(voice, validation, device)
            seconds = time.monotonic() - began
            print(f"{path.stem} {step}/{steps} {seconds:.0f} s  train {_show(logged)}  validation {_show(checked)}", flush=True)
            logged = []
        if time.monotonic() - saved_at > _SAVE_SECONDS or step == steps:
            _save(path, voice, optimiser, step)
            saved_at = time.monotonic()
    return voice


def _place() -> tuple[int, int]:
    """Which of how many processes this one is."""
    return (distributed.get_rank(), distributed.get_world_size()) if distributed.is_initialized() else (0, 1)


def _average_gradients(voice: Voice) -> None:
    """Replaces every gradient by its mean over all processes."""
    gradients = [parameter.grad for parameter in voice.parameters() if parameter.grad is not None]
    flat = torch.cat([gradient.flatten() for gradient in gradients])
    distributed.all_reduce(flat)
    flat /= distributed.get_world_size()
    for gradient, mean in zip(gradients, flat.split([gradient.numel() for gradient in gradients])):
        gradient.copy_(mean.view_as(gradient))


def _save(path: Path, voice: Voice, optimiser, step: int) -> None:
    partial = path.with_suffix(".partial")
    torch.save({"voice": voice.state_dict(), "optimiser": optimiser.state_dict(), "step": step}, partial)
    partial.replace(path)


def _rate(step: int, steps: int) -> float:
    """Warm-up, then a cosine down to 2 %."""
    return min(1.0, (step + 1) / WARM_UP_STEPS) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / steps)))


def _show(rows: list[list[float]]) -> str:
    return " ".join(f"{value:.3f}" for value in np.mean(rows, 0))


def _set_statistics(voice: Voice, training: list[Sample]) -> None:
    """Means (a speaker) and deviations of the targets, so that the network learns what is left."""
    for speaker in range(len(SPEAKERS)):
        chosen = [sample for sample in training if sample.speaker == speaker][:600]
        voiced = np.concatenate([sample.voiced for sample in chosen])
        envelope = np.concatenate([sample.envelope for sample in chosen]).astype(np.float32)[voiced]
        noise = np.concatenate([sample.noise for sample in chosen]).astype(np.float32)
        log_f0 = np.log(np.concatenate([sample.f0 for sample in chosen])[voiced])
        mean = np.concatenate([envelope.mean(0), noise.mean(0), [log_f0.mean()]])
        voice.mean[speaker] = torch.tensor(mean).float()
        deviation = np.concatenate([envelope.std(0), noise.std(0), [log_f0.std()]])
        voice.deviation.copy_(torch.tensor(deviation).float())


def batches(samples: list[Sample], first_step: int, steps: int, device, process: int, processes: int) -> Iterator[Batch]:
    """This process's batches of similar length; which ones depends on the step alone, so that a resumed run sees the same.

    The processes share what is near in length, so that none waits long for the others; what does not fill a batch of
    all of them is left for another epoch.
    """
    samples = with_rare_repeated(samples)
    size = BATCH_SIZE * processes
    per_epoch = len(samples) // size
    lengths = np.array([len(sample.f0) for sample in samples])
    epoch, order = -1, []
    for step in range(first_step, steps):
        if step // per_epoch != epoch:
            epoch = step // per_epoch
            draw = np.random.RandomState(SEED + 7919 * epoch)
            near = np.argsort(lengths + draw.randint(0, 40, len(lengths)))[draw.randint(len(lengths) % size + 1) :]
            order = [near[start : start + size] for start in range(0, per_epoch * size, size)]
            draw.shuffle(order)
        draw = np.random.RandomState(SEED + 31 * (step * processes + process))
        yield make_batch([samples[index] for index in order[step % per_epoch][process::processes]], device, draw)


def with_rare_repeated(samples: list[Sample]) -> list[Sample]:
    """The samples, those with a phone that few of them hold (the sounds of English words) several times."""
    holders: dict[str, set[int]] = {}
    for number, sample in enumerate(samples):
        for phone in phones(sample.ids):
            holders.setdefault(phone, set()).add(number)
    rare = set().union(*(numbers for numbers in holders.values() if len(numbers) < RARE_SHARE * len(samples)))
    return samples + [samples[number] for number in sorted(rare) for _ in range(RARE_REPEATS - 1)]


def make_batch(samples: list[Sample], device, draw: np.random.RandomState | None = None) -> Batch:
    """Pads samples into a batch; with `draw`, a few lose their full stop, as texts do."""
    count, width = len(samples), max(len(sample.ids) for sample in samples)
    frames = max(len(sample.f0) for sample in samples)
    ids, durations = torch.zeros(count, width, dtype=torch.long), torch.zeros(count, width)
    symbol_mask, frame_mask = torch.zeros(count, width), torch.zeros(count, frames)
    owner, position = torch.zeros(count, frames, dtype=torch.long), torch.zeros(count, frames, POSITION_FEATURES)
    f0, voiced = torch.full((count, frames), 100.0), torch.zeros(count, frames)
    envelope, noise = torch.zeros(count, frames, ENVELOPE_POINTS), torch.zeros(count, frames, NOISE_WIDTH)
    lengths = torch.zeros(count, dtype=torch.long)
    for row, sample in enumerate(samples):
        symbols, lasting = sample.ids, sample.durations
        if draw is not None and draw.rand() < WITHOUT_FULL_STOP and symbols[-2] == PHONEME_IDS["."]:
            symbols = np.delete(symbols, -2)
            lasting = np.append(lasting[:-2], lasting[-2] + lasting[-1])
        n, f = len(symbols), len(sample.f0)
        lengths[row] = n
        ids[row, :n] = torch.tensor(symbols.astype(np.int64))
        durations[row, :n] = torch.tensor(lasting)
        symbol_mask[row, :n] = 1
        frame_mask[row, :f] = 1
        ends = torch.tensor(np.minimum(np.cumsum(lasting), f), dtype=torch.float32)
        ends[-1] = f
        owner[row, :f], position[row, :f] = frame_layout(ends, torch.arange(f))
        f0[row, :f], voiced[row, :f] = torch.tensor(sample.f0), torch.tensor(sample.voiced).float()
        envelope[row, :f] = torch.tensor(sample.envelope.astype(np.float32))
        noise[row, :f] = torch.tensor(sample.noise.astype(np.float32))
    speaker = torch.tensor([sample.speaker for sample in samples])
    moved = [part.to(device) for part in (durations, symbol_mask, owner, position, frame_mask, f0, voiced, envelope, noise)]
    return Batch(samples, speaker.to(device), ids.to(device), lengths, *moved)


def predict(voice: Voice, batch: Batch):
    log_durations, hidden = voice.encode(batch.ids, batch.speaker, batch.lengths)
    repeated = torch.gather(hidden, 1, batch.owner.unsqueeze(2).expand(-1, -1, hidden.shape[2]))
    return log_durations, voice.decode(repeated, batch.position, batch.speaker, batch.frame_mask.unsqueeze(2))


def frame_errors(batch: Batch, log_durations: Tensor, decoded: Decoded) -> list[Tensor]:
    """Envelope, noise, log pitch, voicing and log duration errors, each a mean over where it counts."""
    envelope, noise, log_f0, voicing = decoded[:4]
    mask, voiced = batch.frame_mask, batch.frame_mask * batch.voiced
    # Strong partials are heard more than weak ones.
    weight = torch.exp(0.25 * (batch.envelope - batch.envelope.amax(2, keepdim=True)).clamp(min=-6)) * voiced.unsqueeze(2)
    return [
        ((envelope - batch.envelope).abs() * weight).sum() / (weight.sum() + 1),
        ((noise - batch.noise).abs() * mask.unsqueeze(2)).sum() / (mask.sum() * NOISE_WIDTH),
        ((log_f0 - torch.log(batch.f0)).abs() * voiced).sum() / (voiced.sum() + 1),
        (functional.binary_cross_entropy_with_logits(voicing, batch.voiced, reduction="none") * mask).sum() / mask.sum(),
        ((log_durations - torch.log1p(batch.durations)).abs() * batch.symbol_mask).sum() / batch.symbol_mask.sum(),
    ]


def _regression_loss(voice: Voice, batch: Batch, draw: np.random.RandomState) -> tuple[Tensor, list[float]]:
    errors = frame_errors(batch, *predict(voice, batch))
    loss = sum(weight * error for weight, error in zip((1.0, 0.5, 12.0, 1.0, 1.0), errors))
    return loss, [float(error) for error in errors]


def _fine_tuning_loss(voice, synthesiser, filters, coach: Coach, batch: Batch, draw) -> tuple[Tensor, list[float]]:
    """Spectral distance of one segment a sentence, on the teacher's pitch and durations, what the coach notices, and the frame errors.

    Only the segment and the frames the decoder sees around it are decoded.
    """
    counts = [len(sample.f0) for sample in batch.samples]
    size = min(min(counts), LONGEST_SEGMENT)
    seen = min(min(counts), size + 2 * DECODER_REACH)
    starts = [draw.randint(0, count - size + 1) for count in counts]
    seen_starts = [min(max(start - (seen - size) // 2, 0), count - seen) for start, count in zip(starts, counts)]
    log_durations, decoded = predict(voice, _cut_batch(batch, seen_starts, seen))
    within = [start - seen_start for start, seen_start in zip(starts, seen_starts)]
    segment = _cut_batch(batch, starts, size)
    said = Decoded(*(_cut(values, within, size) for values in decoded))
    errors = frame_errors(segment, log_durations, said)
    envelope = gate(said.envelope, said.voicing)
    sound = synthesiser(segment.f0, envelope, said.middle, said.noise, said.phase)[:, : (size - 1) * HOP]
    offset = HOP // 2
    wanted = np.stack([
        sample.waveform(start, start + size)[offset : offset + sound.shape[1]] for sample, start in zip(batch.samples, starts)
    ])
    teacher = torch.tensor(wanted, device=sound.device)
    ours, theirs = spectra(sound), spectra(teacher)
    spectral, bands, noticed = spectral_distance(ours, theirs), mel_distance(ours, theirs, filters), coach.distance(sound, teacher)
    loss = 2.0 * (spectral + bands) + COACH_WEIGHT * noticed
    loss = loss + sum(weight * error for weight, error in zip((0.15, 0.05, 12.0, 0.3, 1.0), errors))
    return loss, [float(spectral), float(bands), float(noticed), *(float(error) for error in errors)]


def _cut(values: Tensor, starts: list[int], size: int) -> Tensor:
    """`size` frames of each row of [B, F, …], from that row's start."""
    return torch.stack([row[start : start + size] for row, start in zip(values, starts)])


def _cut_batch(batch: Batch, starts: list[int], size: int) -> Batch:
    """The batch with its frames cut; its symbols stay whole."""
    names = ("owner", "position", "frame_mask", "f0", "voiced", "envelope", "noise")
    return replace(batch, **{name: _cut(getattr(batch, name), starts, size) for name in names})


def spectra(sound: Tensor) -> list[Tensor]:
    """Magnitudes [B, bins, frames] of sound [B, T] at every resolution."""
    return [
        torch.stft(sound, size, hop, window=torch.hann_window(size, device=sound.device), return_complex=True).abs().clamp(min=1e-7)
        for size, hop in RESOLUTIONS
    ]


def spectral_distance(ours: list[Tensor], theirs: list[Tensor]) -> Tensor:
    """Mean over resolutions of log-magnitude distance plus half the spectral convergence."""
    total = ours[0].new_zeros(())
    for mine, wanted in zip(ours, theirs):
        logs = (torch.log(mine + MAGNITUDE_FLOOR) - torch.log(wanted + MAGNITUDE_FLOOR)).abs().mean()
        apart = (mine - wanted).pow(2).sum((1, 2)).sqrt() / (wanted.pow(2).sum((1, 2)).sqrt() + 1e-3)
        total = total + logs + 0.5 * apart.mean()
    return total / len(ours)


def mel_distance(ours: list[Tensor], theirs: list[Tensor], filters: list[Tensor]) -> Tensor:
    """Mean over resolutions of the log distance of mel bands: noise is compared by its level, not bin by bin."""
    total = ours[0].new_zeros(())
    for mine, wanted, bands in zip(ours, theirs, filters):
        levels = [0.5 * torch.log(torch.matmul(bands, magnitude.pow(2)) + MAGNITUDE_FLOOR**2) for magnitude in (mine, wanted)]
        total = total + (levels[0] - levels[1]).abs().mean()
    return total / len(ours)


def mel_filters(size: int, bands: int) -> Tensor:
    """[bands, bins] triangles, evenly spaced in mel, each a weighted mean of the power bins it covers."""
    bins = np.arange(size // 2 + 1) * SAMPLE_RATE / size
    top = mel(SAMPLE_RATE / 2)
    edges = 700.0 * (np.exp(np.linspace(0.0, top, bands + 2) / 1127.0) - 1.0)
    spread = np.maximum(np.diff(edges), SAMPLE_RATE / size)
    rising = (bins[None] - edges[1:-1, None]) / spread[:-1, None] + 1
    falling = (edges[1:-1, None] - bins[None]) / spread[1:, None] + 1
    weights = np.clip(np.minimum(rising, falling), 0, None)
    return torch.tensor(weights / weights.sum(1, keepdims=True)).float()


@torch.no_grad()
def _validate(voice: Voice, validation: list[Sample], device) -> list[list[float]]:
    rows = []
    for start in range(0, len(validation), BATCH_SIZE):
        batch = make_batch(validation[start : start + BATCH_SIZE], device)
        rows.append([float(error) for error in frame_errors(batch, *predict(voice, batch))])
    return rows
