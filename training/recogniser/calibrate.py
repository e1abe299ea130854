"""Choose a pack's minConfidence on the validation set: the threshold that refuses most of what is not for the assistant,
while it refuses at most one in a hundred of what is.

    python -m training.recogniser.calibrate --checkpoint training/.work/recogniser/final.pt
"""

import argparse
from pathlib import Path

from training.recogniser.export import load
from training.recogniser.validation import Heldout, figures

MOST_REFUSED = 0.01


def threshold(results, most_refused=MOST_REFUSED):
    """The highest threshold (rounded down to 0.05) that refuses at most `most_refused` of in-domain speech it has words for."""
    sure = sorted(row[4] for row in results if row[0] in ("sentences", "amounts") and row[3])
    return int(sure[int(len(sure) * most_refused)] * 20 - 1) / 20


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkpoint", type=Path, default=Path("training/.work/recogniser/final.pt"))
    options = parser.parse_args()
    model, tokenizer = load(options.checkpoint)
    results = Heldout(2).transcribed(model, tokenizer)
    least = threshold(results)
    kept = [(*row[:3], row[3] if row[4] >= least else "", row[4]) for row in results]
    print(f"minConfidence {least}")
    before, after = figures(results), figures(kept)
    for name in before:
        print(f"{name}: {before[name]} % without, {after[name]} % with the threshold")


if __name__ == "__main__":
    main()
