"""Every figure of the frozen test sets, from the exported files (ONNX Runtime on a CPU) or from a checkpoint.

    python -m training.recogniser.evaluate --pack public/models/starter/whisper-lagrace-starter --weights q8
    python -m training.recogniser.evaluate --answers answers.jsonl    what `npm run ask -- --json FILES` printed for the WAVs
"""

import argparse
import json
import math
from pathlib import Path

import numpy as np

from training.recogniser.features import model_input
from training.recogniser.make_testset import rendered
from training.recogniser.metrics import amount_words, error_rate
from training.recogniser.tokenizer import BYTES

LONGEST = 80


class PackModel:
    """An exported pack, decoded greedily as the app does."""

    def __init__(self, folder: Path, weights: str):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        suffix = "_quantized" if weights == "q8" else ""
        self._encoder, self._decoder = (
            onnxruntime.InferenceSession(str(folder / "onnx" / f"{name}{suffix}.onnx"), options)
            for name in ("encoder_model", "decoder_model_merged")
        )
        tokens = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
        special = {token["content"]: token["id"] for token in tokens["added_tokens"]}
        self._letters = {index: piece for piece, index in tokens["model"]["vocab"].items()}
        self._end = special["<|endoftext|>"]
        names = ("<|startoftranscript|>", "<|fr|>", "<|transcribe|>", "<|notimestamps|>")
        self._prompt = [special[name] for name in names]
        self._past = [(item.name, item.shape) for item in self._decoder.get_inputs() if item.name.startswith("past")]
        self._outputs = [item.name for item in self._decoder.get_outputs()]

    def transcribe(self, samples):
        """(text, mean log-probability of its tokens, the end included) of 16 kHz samples."""
        encoded = self._encoder.run(None, {"input_features": model_input(samples)[None].astype(np.float32)})[0]
        past = {name: np.zeros((1, shape[1], 0, shape[3]), np.float32) for name, shape in self._past}
        ids, written, total = self._prompt, [], 0.0
        for _ in range(LONGEST):
            inputs = {"input_ids": np.array([ids], np.int64), "encoder_hidden_states": encoded, **past}
            scores, *present = self._decoder.run(None, inputs)
            past = {name.replace("present", "past_key_values"): value for name, value in zip(self._outputs[1:], present)}
            row = scores[0, -1].astype(np.float64)
            best = int(row.argmax())
            total -= math.log(np.exp(row - row[best]).sum())
            ids = [best]
            if best == self._end:
                break
            written.append(best)
        letters = "".join(self._letters[index] for index in written if index in self._letters)
        text = bytes(BYTES[letter] for letter in letters).decode("utf8", "replace").strip()
        return text, total / (len(written) + 1)


def heard_by_pack(folder, weights):
    """[{set, item, text, confidence}] of every frozen item, heard by an exported pack."""
    model, results = PackModel(folder, weights), []
    for name, label, item, samples in rendered():
        text, confidence = model.transcribe(samples.astype(np.float32) / 32768)
        results.append({"set": f"{name}-{label}", "item": item, "text": text, "confidence": confidence})
    return results


def heard_by_app(answers_file, index_file):
    """The same from what `npm run ask -- --json` printed for the rendered files: whole turns in a real browser."""
    answers = {}
    for line in answers_file.read_text(encoding="utf-8").splitlines():
        if line.startswith("{"):
            answer = json.loads(line)
            answers["/".join(Path(answer["file"]).parts[-2:])] = answer
    index = json.loads(index_file.read_text(encoding="utf-8"))
    return [
        {
            "set": entry["set"],
            "item": entry,
            "text": answers[entry["file"]].get("transcript") or "",
            "confidence": 0.0,
            "understood": answers[entry["file"]].get("intent") not in (None, "unknown"),
        }
        for entry in index
        if entry["file"] in answers
    ]


def refused(row, least):
    """Whether a turn ends as "pas compris": nothing heard, not sure enough, or (where the app tells) no intent."""
    return not row["text"] or row["confidence"] < least or row.get("understood") is False


def figures(results, least=-math.inf):
    """The card's table as {figure: %}. Below `least` (mean log-probability) a transcript counts as empty."""
    found, sets = {}, {}
    for row in results:
        sets.setdefault(row["set"], []).append(row)
    for name, rows in sets.items():
        pairs = [(row["item"]["transcript"], "" if row["confidence"] < least else row["text"]) for row in rows]
        if name.startswith("sentences"):
            found[f"{name}: word error rate"] = error_rate(pairs)
            found[f"{name}: exact"] = share(pairs, lambda pair: pair[0] == pair[1])
            found[f"{name}: wrongly refused"] = share(rows, lambda row: refused(row, least))
        elif name.startswith("amounts"):
            found[f"{name}: exactly right"] = share(pairs, lambda pair: amount_words(pair[0]) == amount_words(pair[1]))
            found[f"{name}: wrongly refused"] = share(rows, lambda row: refused(row, least))
        elif name.startswith("out_of_domain"):
            found[f"{name}: not understood"] = share(rows, lambda row: refused(row, least))
            for kind in ("french", "other"):
                part = [row for row in rows if (row["item"]["kind"] == "french") == (kind == "french")]
                found[f"{name}, {kind}: not understood"] = share(part, lambda row: refused(row, least))
        else:
            found[f"{name}: any word"] = share(pairs, lambda pair: bool(pair[1]))
    return found


def share(rows, holds):
    """The share of `rows` for which it holds, in %."""
    return round(100 * sum(map(holds, rows)) / max(1, len(rows)), 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pack", type=Path, default=Path("public/models/starter/whisper-lagrace-starter"))
    parser.add_argument("--weights", choices=("q8", "fp32"), default="q8")
    parser.add_argument("--answers", type=Path, help="the app's answers to the rendered WAVs, instead of the pack's")
    parser.add_argument("--index", type=Path, default=Path("training/.work/testsets/index.json"))
    parser.add_argument("--least", type=float, default=-math.inf, help="the pack's minConfidence")
    parser.add_argument("--out", type=Path, help="write every transcript here")
    options = parser.parse_args()
    results = (
        heard_by_app(options.answers, options.index)
        if options.answers
        else heard_by_pack(options.pack, options.weights)
    )
    if options.out:
        options.out.write_text(json.dumps(results, ensure_ascii=False, indent=0), encoding="utf-8")
    for figure, value in figures(results, options.least).items():
        print(f"{value:6.2f} % {figure}")


if __name__ == "__main__":
    main()
