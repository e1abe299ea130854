"""Train the recogniser: fresh synthetic speech all the way, on a CPU (processes that share the weights) or a GPU.

    python -m training.recogniser.train        from nothing; the same command again goes on from the last checkpoint
"""

import argparse
import json
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.multiprocessing as multiprocessing
from torch.nn import functional as F
from torch.utils.data import DataLoader

from training.recogniser import validation
from training.recogniser.augment import heard, mask, warp
from training.recogniser.data import PHONEMES, UNKNOWN, Fresh, ramp
from training.recogniser.features import FLOOR, FRAMES, MELS
from training.recogniser.model import Recogniser, Shape
from training.recogniser.tokenizer import Tokenizer, corpus, learn_merges

PEAK_RATE = 1.5e-3
MUON_RATE = 2.5e-3
WARM_UP_STEPS = 100
HELDOUT = "heldout.pt"
SAVED_EVERY_S = 60
EMPTY_WEIGHT = 3.0
"""How much the single end token of an empty transcript weighs against one token of a sentence."""


@dataclass
class Options:
    """What the command line asks for."""

    work: Path
    utterances: int
    measure_every: int
    trainers: int
    workers: int
    batch: int
    fresh: int
    reuse: int
    pool: int
    device: str
    seed: int


class Batches:
    """Batches of utterances of similar length, each heard `reuse` times on average while it is in the pool."""

    def __init__(self, source, options, rng):
        self._source, self._options, self._rng = source, options, rng
        self._pool, self._noises = [], []

    def _refresh(self):
        wanted = self._options.fresh
        while wanted:
            item = next(self._source)
            if item.is_noise:
                self._noises = [*self._noises[-400:], item.log_mel]
            else:
                self._pool.append(item)
                wanted -= 1
        del self._pool[: -self._options.pool]

    def __iter__(self):
        options, rng = self._options, self._rng
        while True:
            self._refresh()
            chosen = rng.choices(self._pool, k=options.fresh * options.reuse)
            chosen.sort(key=lambda item: len(item.log_mel) * rng.uniform(0.9, 1.1))
            groups = [chosen[at : at + options.batch] for at in range(0, len(chosen), options.batch)]
            rng.shuffle(groups)
            for group in groups:
                yield group, [rng.choice(self._noises) for _ in group]


def window_frames(longest, progress, rng):
    """How long a batch's window is: the clip and a little more, or (oftener towards the end) the full window."""
    if rng.random() < ramp(progress, 0.75, 0.9, 0.07, 0.25):
        return FRAMES
    frames = longest + rng.choice((0, 4, 8, 16, 25, 50))
    return min(FRAMES, frames + frames % 2)


def spectrograms(group, noises, progress, rng, generator):
    """[batch, 80, frames] model input of a batch: each utterance in a noise, at a level, through a microphone of its own."""
    lengths = [len(item.log_mel) for item in group]
    frames = window_frames(max(lengths), progress, rng)
    speech = torch.full((len(group), frames, MELS), FLOOR)
    noise = torch.full((len(group), frames, MELS), FLOOR)
    for row, (item, background) in enumerate(zip(group, noises)):
        speech[row, : lengths[row]] = torch.from_numpy(item.log_mel.astype(np.float32))
        start = rng.randrange(len(background))
        turned = np.resize(np.roll(background, -start, 0), (lengths[row], MELS)).astype(np.float32)
        noise[row, : lengths[row]] = torch.from_numpy(turned)
    count = len(group)
    snr = torch.empty(count).uniform_(2 + 28 * (progress < 0.06), 32, generator=generator)
    quiet = torch.empty(count).uniform_(35, 80, generator=generator)
    snr = torch.where(torch.rand(count, generator=generator) < ramp(progress, 0.06, 0.2, 0.8, 0.35), quiet, snr)
    level = torch.empty(count).uniform_(-42, -12, generator=generator)
    mixed = heard(speech, noise, snr, level, generator)
    for row, length in enumerate(lengths):
        mixed[row, length:] = FLOOR
    scaled = (torch.maximum(mixed, mixed.amax((1, 2), keepdim=True) - 8) + 4) / 4
    if rng.random() < 0.4:
        scaled = scaled @ warp(rng.uniform(0.9, 1.12))
    if progress < 0.95:
        mask(scaled, lengths, rng)
    return scaled.transpose(1, 2).contiguous()


def targets(group, tokenizer, positions):
    """Token ids [batch, length], their weights, and phoneme classes [batch, positions]."""
    texts = [tokenizer.encode(item.text) for item in group]
    prompt = len(tokenizer.prompt)
    ids = torch.full((len(group), prompt + max(map(len, texts)) + 1), tokenizer.end)
    weights = torch.zeros(len(group), ids.shape[1] - prompt)
    phonemes = torch.zeros(len(group), positions, dtype=torch.long)
    for row, (item, text) in enumerate(zip(group, texts)):
        ids[row, :prompt] = torch.tensor(tokenizer.prompt)
        ids[row, prompt : prompt + len(text)] = torch.tensor(text, dtype=torch.long)
        weights[row, : len(text) + 1] = 1 if text else EMPTY_WEIGHT
        known = torch.from_numpy(item.phonemes.astype(np.int64))[:positions]
        phonemes[row, : len(known)] = known
    return ids, weights, phonemes


def losses(model, log_mel, ids, weights, phonemes, tokenizer, generator):
    """(token loss, phoneme loss) of a batch; 6 % of the tokens the decoder reads are wrong on purpose."""
    read = ids[:, :-1].clone()
    wrong = torch.rand(read.shape, generator=generator) < 0.06
    wrong[:, : len(tokenizer.prompt)] = False
    read[wrong] = torch.randint(0, tokenizer.text_size, (int(wrong.sum()),), generator=generator)
    device = log_mel.device
    with torch.autocast(device.type, dtype=torch.bfloat16):
        encoded = model.encoder(log_mel)
        scores = model.decoder(read.to(device), encoded)[:, len(tokenizer.prompt) - 1 :]
        named = model.phoneme_head(encoded)
    wanted = ids[:, len(tokenizer.prompt) :].to(device)
    token = F.cross_entropy(scores.float().flatten(0, 1), wanted.flatten(), reduction="none", label_smoothing=0.05)
    weights = weights.to(device).flatten()
    phoneme = F.cross_entropy(named.float().flatten(0, 1), phonemes.to(device).flatten(), ignore_index=UNKNOWN)
    return (token * weights).sum() / weights.sum(), torch.nan_to_num(phoneme)


def learning_rate(step, progress):
    """The share of the peak rate: warm-up, a plateau to a third, then a cosine to nothing."""
    falling = max(0.0, (progress - 0.33) / 0.67)
    return min(1, (step + 1) / WARM_UP_STEPS) * (0.5 + 0.5 * float(np.cos(np.pi * falling)))


def optimisers(model):
    """Muon (orthogonalised momentum, where torch has it) for the layers' matrices, AdamW for the rest."""
    layers = [parameter for name, parameter in model.named_parameters() if parameter.dim() == 2 and ".layers." in name]
    others = [parameter for name, parameter in model.named_parameters() if parameter.dim() != 2 or ".layers." not in name]
    if hasattr(torch.optim, "Muon"):
        muon = torch.optim.Muon(layers, lr=MUON_RATE, momentum=0.95, weight_decay=0.02, adjust_lr_fn="match_rms_adamw")
    else:
        muon = torch.optim.AdamW(layers, lr=PEAK_RATE, betas=(0.9, 0.98), weight_decay=0.02)
    made = [muon, torch.optim.AdamW(others, lr=PEAK_RATE, betas=(0.9, 0.98), weight_decay=0)]
    for group in (group for one in made for group in one.param_groups):
        group["peak"] = group["lr"]
    return made


def save(path, model, made, tokenizer, elapsed, seen):
    """Write a checkpoint whole or not at all."""
    state = {
        "shape": model.shape.as_dict(),
        "merges": tokenizer.merges,
        "model": model.state_dict(),
        "optimisers": [one.state_dict() for one in made],
        "elapsed": elapsed,
        "seen": seen,
    }
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)


def _log(options, entry):
    line = json.dumps(entry, ensure_ascii=False)
    print(line, flush=True)
    with (options.work / "log.jsonl").open("a") as file:
        file.write(line + "\n")


def run(rank, model, merges, options, progress, resumed):
    """One trainer. Trainer 0 also counts for all, measures on the validation set and writes checkpoints."""
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    elapsed, seen = (resumed["elapsed"], resumed["seen"]) if resumed else (0.0, 0)
    seed = options.seed + 1000 * rank + int(elapsed)
    rng, generator = random.Random(seed), torch.Generator().manual_seed(seed)
    tokenizer, made = Tokenizer(merges), optimisers(model)
    for one, state in zip(made, resumed["optimisers"] if resumed else ()):
        one.load_state_dict(state)
    source = iter(DataLoader(Fresh(seed, progress), batch_size=None, num_workers=options.workers))
    started, step, sums = time.monotonic() - elapsed, WARM_UP_STEPS // 2 if resumed else 0, np.zeros(3)
    saved, measured = elapsed, seen
    heldout = None
    for group, noises in Batches(source, options, rng):
        elapsed = time.monotonic() - started
        if rank == 0:
            progress[0] = min(1.0, seen / options.utterances)
        now = float(progress)
        if now >= 1:
            break
        log_mel = spectrograms(group, noises, now, rng, generator).to(options.device)
        ids, weights, phonemes = targets(group, tokenizer, log_mel.shape[2] // 2)
        token, phoneme = losses(model, log_mel, ids, weights, phonemes, tokenizer, generator)
        for one in made:
            one.zero_grad(set_to_none=True)
            for parameters in one.param_groups:
                parameters["lr"] = parameters["peak"] * learning_rate(step, now)
        (token + ramp(now, 0.25, 0.6, 1.0, 0.25) * phoneme).backward()
        if torch.isfinite(torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)):
            for one in made:
                one.step()
        step, seen = step + 1, seen + len(group) * options.trainers
        sums += (token.item(), phoneme.item(), 1)
        if rank == 0 and step % 50 == 0:
            entry = {"elapsed": round(elapsed), "step": step, "seen": seen, "rate": round(learning_rate(step, now), 4)}
            entry |= {"token_loss": round(sums[0] / sums[2], 3), "phoneme_loss": round(sums[1] / sums[2], 3)}
            sums[:] = 0
            if elapsed - saved > SAVED_EVERY_S:
                saved = elapsed
                save(options.work / "checkpoint.pt", model, made, tokenizer, elapsed, seen)
            if options.measure_every and seen - measured > options.measure_every:
                measured = seen
                heldout = heldout or torch.load(options.work / HELDOUT, weights_only=False)
                entry |= heldout.measure(model, tokenizer, 40)
            _log(options, entry)
    if rank == 0:
        save(options.work / "final.pt", model, made, tokenizer, elapsed, seen)


def start(options):
    """Make or resume the model and run the trainers."""
    options.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    checkpoint = options.work / "checkpoint.pt"
    resumed = torch.load(checkpoint, map_location=options.device) if checkpoint.exists() else None
    merges = resumed["merges"] if resumed else learn_merges(corpus())
    shape = Shape(**resumed["shape"]) if resumed else Shape(Tokenizer(merges).size, len(PHONEMES))
    model = Recogniser(shape).to(options.device)
    if resumed:
        model.load_state_dict(resumed["model"])
    model.share_memory()
    if options.measure_every and not (options.work / HELDOUT).exists():
        torch.save(validation.Heldout(), options.work / HELDOUT)
    progress = torch.zeros(1).share_memory_()
    progress[0] = min(0.999, resumed["seen"] / options.utterances) if resumed else 0
    print(f"{sum(parameter.numel() for parameter in model.parameters()) / 1e6:.2f} M parameters", flush=True)
    multiprocessing.spawn(run, (model, merges, options, progress, resumed), nprocs=options.trainers)


def add_options(parser: argparse.ArgumentParser, work: Path) -> None:
    """Adds an option for each field of `Options`; checkpoints go to `work` where nothing else is said."""
    parser.add_argument("--work", type=Path, default=work, help="checkpoints and log")
    parser.add_argument("--utterances", type=int, default=600_000, help="to hear in all; the rate falls from a third of them on")
    parser.add_argument("--measure-every", type=int, default=100_000, help="utterances between two validations; 0: never")
    parser.add_argument("--trainers", type=int, default=2, help="processes that share the weights; 1 on a GPU")
    parser.add_argument("--workers", type=int, default=0, help="processes that make speech for each trainer; 0: itself")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--fresh", type=int, default=384, help="new utterances a round")
    parser.add_argument("--reuse", type=int, default=5, help="how often an utterance is heard, each time otherwise")
    parser.add_argument("--pool", type=int, default=6144, help="utterances kept")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--seed", type=int, default=1)
