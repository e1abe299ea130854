"""The trained voice as Piper's two files: a graph with half-precision weights, and its JSON."""

import json
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from training.common.espeak import SAMPLE_RATE
from training.voice.dataset import Sample
from training.voice.loudness import TARGET_LUFS, block_energies, gated_loudness
from training.voice.model import Decoded, Voice, frame_layout, gate
from training.voice.symbols import NUM_SYMBOLS, PHONEME_IDS
from training.voice.synthesiser import Synthesiser, fade, limit
from training.voice.teacher import SPEAKERS

VOICE_ID = "fr_FR-lagrace-starter"
OPSET = 15
SHORTEST_SYMBOL_FRAMES = 0.25
END_FRAMES = 4.0
_LEAST_HALF_PRECISION_SIZE = 1024


class Piper(nn.Module):
    """Piper's call: ids [1, n], lengths [1], scales (noise, length, noise width) [3], sid [1] to [1, 1, 1, T].

    Pads are dropped, so ids may come with or without them. Only the length scale acts: scaling the noise would
    take the consonants away, and the durations have no randomness to scale.
    """

    def __init__(self, voice: Voice):
        super().__init__()
        self.voice = voice
        self.synthesiser = Synthesiser()
        self.register_buffer("gain", torch.ones(len(SPEAKERS)))
        self.register_buffer("stretch", torch.ones(len(SPEAKERS)))

    def frames(self, ids: Tensor, length_scale: Tensor, sid: Tensor) -> Decoded:
        """Ids [1, N] without pads to frame parameters."""
        log_durations, hidden = self.voice.encode(ids, sid)
        durations = torch.exp(log_durations[0]) - 1
        durations = torch.where(durations < SHORTEST_SYMBOL_FRAMES, torch.zeros_like(durations), durations)
        # The end mark keeps its silence at any speed, so that no last phoneme meets the fade.
        durations = torch.cat([durations[:-1] * length_scale * self.stretch[sid], durations[-1:].clamp(min=END_FRAMES)])
        ends = torch.cumsum(durations, 0)
        owner, position = frame_layout(ends, torch.arange(torch.round(ends[-1]).long(), device=ends.device))
        return self.voice.decode(hidden[:, owner], position.unsqueeze(0), sid)

    def forward(self, input: Tensor, input_lengths: Tensor, scales: Tensor, sid: Tensor) -> Tensor:
        given = input[:, : input_lengths[0]]
        ids = torch.masked_select(given, given > 0).unsqueeze(0)
        said = self.frames(ids, scales[1], sid)
        envelope = gate(said.envelope, said.voicing)
        sound = self.synthesiser(torch.exp(said.log_f0), envelope, said.middle, said.noise, said.phase)
        return fade(limit(sound * self.gain[sid])).unsqueeze(1).unsqueeze(1)


def calibrate(piper: Piper, samples: list[Sample]) -> None:
    """Sets each speaker's stretch and gain so that total length and loudness match the teacher's on `samples`."""
    piper.gain.fill_(1.0)
    piper.stretch.fill_(1.0)
    for speaker in range(len(SPEAKERS)):
        chosen = [sample for sample in samples if sample.speaker == speaker]
        length = [len(_say(piper, sample)) / SAMPLE_RATE for sample in chosen]
        wanted = [len(sample.stored_audio) / SAMPLE_RATE for sample in chosen]
        piper.stretch[speaker] = sum(wanted) / sum(length)
        for _ in range(2):
            energies = np.concatenate([block_energies(_say(piper, sample), SAMPLE_RATE) for sample in chosen])
            piper.gain[speaker] *= 10 ** ((TARGET_LUFS - gated_loudness(energies)) / 20)
        print(f"{SPEAKERS[speaker].name}: stretch {float(piper.stretch[speaker]):.3f}, gain {float(piper.gain[speaker]):.3f}")


@torch.no_grad()
def _say(piper: Piper, sample: Sample) -> np.ndarray:
    ids = torch.tensor(sample.ids.astype(np.int64))[None]
    scales = torch.tensor([0.667, 1.0, 0.8])
    return piper(ids, torch.tensor([ids.shape[1]]), scales, torch.tensor([sample.speaker]))[0, 0, 0].numpy()


def export(voice: Voice, validation: list[Sample], out: Path) -> Piper:
    """Writes `<VOICE_ID>.onnx` and `.onnx.json` under `out`; returns the calibrated module they were made from."""
    piper = Piper(voice.cpu()).eval()
    calibrate(piper, validation)
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{VOICE_ID}.onnx"
    with warnings.catch_warnings():
        # The tracer warns of batches and of shapes it cannot fold; the voice takes one sentence at a time.
        warnings.simplefilter("ignore")
        _write_graph(piper, path)
    _halve(path)
    path.with_suffix(".onnx.json").write_text(json.dumps(piper_config(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")
    return piper


def _write_graph(piper: Piper, path: Path) -> None:
    ids = torch.tensor([[1, 0, 15, 0, 54, 0, 141, 0, 108, 0, 120, 0, 33, 0, 94, 0, 10, 0, 2]])
    example = (ids, torch.tensor([ids.shape[1]]), torch.tensor([0.667, 1.0, 0.8]), torch.tensor([0]))
    torch.onnx.export(
        piper, example, str(path), opset_version=OPSET,
        input_names=["input", "input_lengths", "scales", "sid"], output_names=["output"],
        dynamic_axes={
            "input": {0: "batch_size", 1: "phonemes"}, "input_lengths": {0: "batch_size"},
            "sid": {0: "batch_size"}, "output": {0: "batch_size", 3: "time"},
        },
    )


def _halve(path: Path) -> None:
    """Stores the large tensors in half precision; a cast, folded when the session opens, gives them back."""
    model = onnx.load(str(path))
    graph = model.graph
    kept, casts = [], []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < _LEAST_HALF_PRECISION_SIZE:
            kept.append(tensor)
            continue
        stored = f"{tensor.name}_half"
        kept.append(numpy_helper.from_array(values.astype(np.float16), stored))
        casts.append(helper.make_node("Cast", [stored], [tensor.name], to=TensorProto.FLOAT))
    nodes = list(graph.node)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(casts + nodes)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def piper_config() -> dict:
    """The voice's `.onnx.json` as Piper reads it."""
    return {
        "audio": {"sample_rate": SAMPLE_RATE, "quality": "starter"},
        "espeak": {"voice": "fr"},
        "language": {"code": "fr_FR", "family": "fr", "region": "FR", "name_native": "Français", "name_english": "French"},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_map": {},
        "phoneme_id_map": {symbol: [index] for symbol, index in PHONEME_IDS.items()},
        "num_symbols": NUM_SYMBOLS,
        "num_speakers": len(SPEAKERS),
        "speaker_id_map": {speaker.name: index for index, speaker in enumerate(SPEAKERS)},
    }
