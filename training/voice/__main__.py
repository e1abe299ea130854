"""`python3 -m training.voice`: from nothing to the starter voice's files. Each step keeps what is already done."""

import argparse
import json
from pathlib import Path

import torch

from training.voice import dataset, evaluate, export, train
from training.voice.listener import train_listener
from training.voice.model import Voice
from training.voice.teacher import SPEAKERS

REPOSITORY = Path(__file__).resolve().parents[2]
STEPS = ("data", "train", "export", "evaluate")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python3 -m training.voice", description=__doc__)
    parser.add_argument("steps", nargs="*", default=STEPS, metavar="step", help=f"which of {', '.join(STEPS)} (all)")
    parser.add_argument("--work", type=Path, default=REPOSITORY / "training" / ".work", help="checkpoints and data")
    parser.add_argument("--out", type=Path, default=REPOSITORY / "public" / "models" / "starter", help="the finished files")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--threads", type=int, default=1, help="CPU threads; one is fastest on a shared machine")
    parser.add_argument("--sentences", type=int, default=3000, help="sentences a speaker")
    parser.add_argument("--regression-steps", type=int, default=3000)
    parser.add_argument("--fine-tuning-steps", type=int, default=8000)
    chosen = parser.parse_args()
    unknown = set(chosen.steps) - set(STEPS)
    if unknown:
        parser.error(f"unknown step {', '.join(sorted(unknown))}; the steps are {', '.join(STEPS)}")
    torch.set_num_threads(chosen.threads)
    work = chosen.work / "voice"
    work.mkdir(parents=True, exist_ok=True)
    device = torch.device(chosen.device)
    if "data" in chosen.steps:
        dataset.build(work, chosen.sentences)
    if "train" in chosen.steps:
        training, validation = dataset.load(work)
        train.train(work, training, validation, chosen.regression_steps, chosen.fine_tuning_steps, device)
    if "export" in chosen.steps:
        _, validation = dataset.load(work)
        piper = export.export(train.load_trained(work, device), validation, chosen.out)
        torch.save(piper.state_dict(), work / "piper.pt")
    if "evaluate" in chosen.steps:
        _evaluate(work, chosen.out, device)


def _evaluate(work: Path, out: Path, device: torch.device) -> None:
    training, _ = dataset.load(work)
    listener = train_listener(work, training, device)
    piper = export.Piper(Voice(len(SPEAKERS)))
    piper.load_state_dict(torch.load(work / "piper.pt", map_location="cpu"))
    report = evaluate.evaluate(out / f"{export.VOICE_ID}.onnx", piper.eval(), listener.cpu(), work)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
