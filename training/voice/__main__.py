"""`python3 -m training.voice`: from nothing to the starter voice's files and figures. Each step keeps what is already done."""

import argparse
import json
from pathlib import Path

import torch

from training.common.steps import REPOSITORY, STARTERS, add_steps, write_manifest
from training.voice import dataset, evaluate, export
from training.voice.listener import train_listener
from training.voice.model import Voice
from training.voice.teacher import SPEAKERS
from training.voice.together import train_together
from training.voice.train import load_trained

STEPS = ("data", "train", "export", "manifest", "evaluate")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python3 -m training.voice", description=__doc__)
    add_steps(parser, STEPS)
    parser.add_argument("--work", type=Path, default=REPOSITORY / "training" / ".work", help="checkpoints and data")
    parser.add_argument("--out", type=Path, default=STARTERS, help="the finished files")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--processes", type=int, default=2, help="that train together, a core each; 1 on a GPU")
    parser.add_argument("--sentences", type=int, default=5000, help="sentences a speaker")
    parser.add_argument("--regression-steps", type=int, default=3000)
    parser.add_argument("--fine-tuning-steps", type=int, default=12000)
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    work = chosen.work / "voice"
    work.mkdir(parents=True, exist_ok=True)
    device = torch.device(chosen.device)
    if "data" in chosen.steps:
        dataset.build(work, chosen.sentences)
    if "train" in chosen.steps:
        train_together(work, chosen.processes, chosen.regression_steps, chosen.fine_tuning_steps, device)
    if "export" in chosen.steps:
        _, validation = dataset.load(work)
        piper = export.export(load_trained(work, device), validation, chosen.out)
        torch.save(piper.state_dict(), work / "piper.pt")
    if "manifest" in chosen.steps:
        write_manifest()
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
