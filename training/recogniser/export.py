"""A checkpoint to the files transformers.js loads: two ONNX graphs in fp32 and q8, tokenizer and configuration."""

import inspect
import json
from pathlib import Path

import onnx
import torch
from torch import nn

from training.recogniser.features import FFT_LENGTH, FRAMES, HOP_LENGTH, MELS, SAMPLE_RATE, SAMPLES, WINDOW_SECONDS
from training.recogniser.model import Recogniser, Shape
from training.recogniser.quantise import quantise, without_debug_names
from training.recogniser.tokenizer import SPECIAL, Tokenizer

OPSET = 17


class CachedDecoder(nn.Module):
    """The decoder with its past as inputs and outputs, in one graph for the first step and the following ones.

    The keys and values of the encoder's vectors are computed at the first step, when their past is empty, and passed on
    afterwards. One vector too many is projected at every step and cut off again: no matrix product then has a side of
    length zero, which not every WebGPU driver takes.
    """

    def __init__(self, decoder):
        super().__init__()
        self.decoder = decoder

    def forward(self, ids, encoded, *past):
        """Scores, then for each layer the present of its own keys and values and of the encoder's."""
        decoder, done, length, known = self.decoder, past[0].shape[2], ids.shape[1], past[2].shape[2]
        x = decoder.embed_tokens(ids) + decoder.embed_positions[done : done + length]
        mask = (torch.arange(done + length)[None] > (torch.arange(length) + done)[:, None]).to(torch.float32) * -1e9
        fresh = torch.cat((encoded, encoded[:, :1]), 1)[:, known:]
        present = []
        for index, layer in enumerate(decoder.layers):
            own_keys, own_values, cross_keys, cross_values = past[4 * index : 4 * index + 4]
            keys, values = layer.encoder_attn.keys_values(fresh)
            cross_keys = torch.cat((cross_keys, keys), 2)[:, :, : encoded.shape[1]]
            cross_values = torch.cat((cross_values, values), 2)[:, :, : encoded.shape[1]]
            x, own_keys, own_values = layer(x, cross_keys, cross_values, mask, (own_keys, own_values))
            present += [own_keys, own_values, cross_keys, cross_values]
        return (decoder.layer_norm(x) @ decoder.embed_tokens.weight.T, *present)


def load(checkpoint):
    """(model in eval mode, tokenizer) of a checkpoint of train.py."""
    state = torch.load(checkpoint, map_location="cpu")
    model = Recogniser(Shape(**state["shape"]))
    model.load_state_dict(state["model"])
    return model.eval(), Tokenizer(state["merges"])


def _export(module, inputs, path, input_names, output_names, axes):
    legacy = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    torch.onnx.export(
        module,
        inputs,
        str(path),
        input_names=input_names,
        output_names=output_names,
        dynamic_axes=axes,
        opset_version=OPSET,
        do_constant_folding=True,
        **legacy,
    )


def export_encoder(model, path):
    """input_features [batch_size, 80, frames] to last_hidden_state; any even count of frames up to the window."""
    axes = {"input_features": {0: "batch_size", 2: "frames"}, "last_hidden_state": {0: "batch_size", 1: "positions"}}
    _export(model.encoder, (torch.randn(1, MELS, FRAMES),), path, ["input_features"], ["last_hidden_state"], axes)


def export_decoder(model, tokenizer, path):
    """The cached decoder. transformers.js sizes the empty cache from the names: only `batch_size` may stand for 1."""
    shape = model.shape
    head = shape.width // shape.heads
    names = [
        f"{layer}.{part}.{kind}"
        for layer in range(shape.decoder_layers)
        for part in ("decoder", "encoder")
        for kind in ("key", "value")
    ]
    axes = {
        "input_ids": {0: "batch_size", 1: "decoder_sequence_length"},
        "encoder_hidden_states": {0: "batch_size", 1: "encoder_sequence_length"},
        "logits": {0: "batch_size", 1: "decoder_sequence_length"},
    }
    for name in names:
        part = name.split(".")[1]
        axes[f"past_key_values.{name}"] = {0: "batch_size", 2: f"past_{part}_sequence_length"}
        axes[f"present.{name}"] = {0: "batch_size", 2: f"present_{part}_sequence_length"}
    past = [torch.randn(1, shape.heads, 3 if ".decoder." in name else 100, head) for name in names]
    _export(
        CachedDecoder(model.decoder),
        (torch.tensor([tokenizer.prompt]), torch.randn(1, shape.positions, shape.width), *past),
        path,
        ["input_ids", "encoder_hidden_states", *(f"past_key_values.{name}" for name in names)],
        ["logits", *(f"present.{name}" for name in names)],
        axes,
    )


def _common(tokenizer):
    return {
        "bos_token_id": tokenizer.end,
        "eos_token_id": tokenizer.end,
        "pad_token_id": tokenizer.end,
        "decoder_start_token_id": tokenizer.special["<|startoftranscript|>"],
    }


def model_configuration(shape, tokenizer):
    """config.json"""
    return {
        "architectures": ["WhisperForConditionalGeneration"],
        "model_type": "whisper",
        "is_encoder_decoder": True,
        "vocab_size": tokenizer.size,
        "num_mel_bins": MELS,
        "d_model": shape.width,
        "num_hidden_layers": shape.encoder_layers,
        "encoder_layers": shape.encoder_layers,
        "decoder_layers": shape.decoder_layers,
        "encoder_attention_heads": shape.heads,
        "decoder_attention_heads": shape.heads,
        "encoder_ffn_dim": shape.feed_forward,
        "decoder_ffn_dim": shape.feed_forward,
        "max_source_positions": shape.positions,
        "max_target_positions": shape.longest_text,
        "activation_function": "gelu",
        "scale_embedding": False,
        "use_cache": True,
        "torch_dtype": "float32",
        **_common(tokenizer),
    }


def generation_configuration(shape, tokenizer):
    """generation_config.json"""
    special = tokenizer.special
    return {
        **_common(tokenizer),
        "is_multilingual": True,
        "lang_to_id": {"<|fr|>": special["<|fr|>"], "<|en|>": special["<|en|>"]},
        "task_to_id": {"transcribe": special["<|transcribe|>"], "translate": special["<|translate|>"]},
        "no_timestamps_token_id": special["<|notimestamps|>"],
        "max_length": shape.longest_text,
        "max_initial_timestamp_index": 50,
        "return_timestamps": False,
    }


def preprocessor_configuration():
    """preprocessor_config.json"""
    return {
        "feature_extractor_type": "WhisperFeatureExtractor",
        "processor_class": "WhisperProcessor",
        "feature_size": MELS,
        "n_fft": FFT_LENGTH,
        "hop_length": HOP_LENGTH,
        "chunk_length": WINDOW_SECONDS,
        "n_samples": SAMPLES,
        "nb_max_frames": FRAMES,
        "sampling_rate": SAMPLE_RATE,
        "padding_side": "right",
        "padding_value": 0.0,
        "return_attention_mask": False,
    }


def _added_tokens(tokenizer):
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return [{"id": tokenizer.special[token], "content": token, **flags} for token in SPECIAL]


def tokenizer_file(tokenizer):
    """tokenizer.json"""
    byte_level = {"type": "ByteLevel", "trim_offsets": True, "use_regex": True}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": _added_tokens(tokenizer),
        "normalizer": None,
        "pre_tokenizer": {**byte_level, "add_prefix_space": False},
        "post_processor": None,
        "decoder": {**byte_level, "add_prefix_space": True},
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": "",
            "end_of_word_suffix": "",
            "fuse_unk": False,
            "byte_fallback": False,
            "vocab": tokenizer.vocabulary,
            "merges": [f"{left} {right}" for left, right in tokenizer.merges],
        },
    }


def tokenizer_configuration(shape, tokenizer):
    """tokenizer_config.json"""
    added = {str(token.pop("id")): token for token in _added_tokens(tokenizer)}
    end = {name: "<|endoftext|>" for name in ("bos_token", "eos_token", "pad_token", "unk_token")}
    return {
        "tokenizer_class": "WhisperTokenizer",
        "processor_class": "WhisperProcessor",
        "add_prefix_space": False,
        "model_max_length": shape.longest_text,
        "clean_up_tokenization_spaces": False,
        "errors": "replace",
        "additional_special_tokens": list(SPECIAL),
        "added_tokens_decoder": added,
        **end,
    }


def write(checkpoint, out):
    """Every file of the pack, into `out`."""
    model, tokenizer = load(checkpoint)
    graphs = out / "onnx"
    graphs.mkdir(parents=True, exist_ok=True)
    export_encoder(model, graphs / "encoder_model.onnx")
    export_decoder(model, tokenizer, graphs / "decoder_model_merged.onnx")
    for name in ("encoder_model", "decoder_model_merged"):
        graph = without_debug_names(onnx.load(graphs / f"{name}.onnx"))
        onnx.checker.check_model(graph)
        onnx.save(graph, graphs / f"{name}.onnx")
        small = quantise(graph)
        onnx.checker.check_model(small)
        onnx.save(small, graphs / f"{name}_quantized.onnx")
    files = {
        "config.json": model_configuration(model.shape, tokenizer),
        "generation_config.json": generation_configuration(model.shape, tokenizer),
        "preprocessor_config.json": preprocessor_configuration(),
        "tokenizer.json": tokenizer_file(tokenizer),
        "tokenizer_config.json": tokenizer_configuration(model.shape, tokenizer),
    }
    for name, content in files.items():
        (out / name).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for path in sorted(out.rglob("*.onnx")):
        print(f"{path.name} {path.stat().st_size / 1e6:.2f} MB")
