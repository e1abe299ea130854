"""`python -m training.recogniser`: from nothing to the starter recogniser's files and their manifest entry."""

import argparse
from pathlib import Path

from training.common.steps import REPOSITORY, STARTERS, add_steps, write_manifest
from training.recogniser import export, train

STEPS = ("train", "export", "manifest")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.recogniser", description=__doc__)
    add_steps(parser, STEPS)
    parser.add_argument("--out", type=Path, default=STARTERS / "whisper-lagrace-starter", help="the finished files")
    train.add_options(parser, REPOSITORY / "training" / ".work" / "recogniser")
    chosen = vars(parser.parse_args())
    steps, out = chosen.pop("steps"), chosen.pop("out")
    options = train.Options(**chosen)
    if "train" in steps:
        train.start(options)
    if "export" in steps:
        export.write(options.work / "final.pt", out)
    if "manifest" in steps:
        write_manifest()


if __name__ == "__main__":
    main()
