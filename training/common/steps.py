"""What the commands that make a model share: steps named on the command line, and the manifest they end with."""

import argparse
import subprocess
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
STARTERS = REPOSITORY / "public" / "models" / "starter"


def add_steps(parser: argparse.ArgumentParser, steps: tuple[str, ...]) -> None:
    """Adds the positional `steps`: any of the names given, all where none is said."""

    def step(name: str) -> str:
        if name not in steps:
            raise argparse.ArgumentTypeError(f"unknown step {name}; the steps are {', '.join(steps)}")
        return name

    parser.add_argument(
        "steps", nargs="*", type=step, default=steps, metavar="step",
        help=f"which of {', '.join(steps)} (all)",
    )


def write_manifest() -> None:
    """Brings `public/models/manifest.json` up to date with the files there, by the project's own command."""
    subprocess.run(["node", str(REPOSITORY / "scripts" / "manifest.mjs")], cwd=REPOSITORY, check=True)
