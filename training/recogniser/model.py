"""Whisper's architecture, tiny, in plain torch: an encoder, a decoder, and a head that names phonemes while it trains."""

import math
from dataclasses import asdict, dataclass

import torch
from torch import nn
from torch.nn import functional as F

from training.recogniser.features import MELS, POSITIONS


@dataclass(frozen=True)
class Shape:
    """Sizes of a model. `phonemes` counts the classes of the training head, silence included."""

    vocabulary: int
    phonemes: int
    width: int = 160
    heads: int = 4
    feed_forward: int = 640
    encoder_layers: int = 4
    decoder_layers: int = 2
    positions: int = POSITIONS
    longest_text: int = 96

    def as_dict(self):
        """For a checkpoint."""
        return asdict(self)


DROPOUT = 0.0


class Attention(nn.Module):
    """Multi-head attention; like Whisper's, its keys have no bias."""

    def __init__(self, shape):
        super().__init__()
        width = shape.width
        self.heads, self.head_width = shape.heads, width // shape.heads
        self.k_proj = nn.Linear(width, width, bias=False)
        self.v_proj = nn.Linear(width, width)
        self.q_proj = nn.Linear(width, width)
        self.out_proj = nn.Linear(width, width)

    def split(self, x):
        """[batch, time, width] to [batch, heads, time, head width]."""
        return x.reshape(x.shape[0], x.shape[1], self.heads, self.head_width).transpose(1, 2)

    def keys_values(self, x):
        """Keys and values of `x`, split into heads."""
        return self.split(self.k_proj(x)), self.split(self.v_proj(x))

    def forward(self, x, keys, values, mask=None):
        """Attend from `x` to keys and values; `mask` is added to the scores."""
        scores = self.split(self.q_proj(x) * self.head_width**-0.5) @ keys.transpose(-1, -2)
        if mask is not None:
            scores = scores + mask
        mixed = (scores.softmax(-1) @ values).transpose(1, 2)
        return self.out_proj(mixed.reshape(x.shape[0], x.shape[1], self.heads * self.head_width))


class Block(nn.Module):
    """What encoder and decoder layers share: attention to themselves and a feed-forward part, normalised first."""

    def __init__(self, shape):
        super().__init__()
        width = shape.width
        self.self_attn, self.self_attn_layer_norm = Attention(shape), nn.LayerNorm(width)
        self.fc1, self.fc2 = nn.Linear(width, shape.feed_forward), nn.Linear(shape.feed_forward, width)
        self.final_layer_norm = nn.LayerNorm(width)

    def drop(self, x):
        """Dropout, while training."""
        return F.dropout(x, DROPOUT, self.training)

    def feed_forward(self, x):
        """The feed-forward part with its residual."""
        return x + self.drop(self.fc2(F.gelu(self.fc1(self.final_layer_norm(x)))))


class EncoderLayer(Block):
    """One encoder layer."""

    def forward(self, x):
        """[batch, time, width] in and out."""
        normal = self.self_attn_layer_norm(x)
        return self.feed_forward(x + self.drop(self.self_attn(normal, *self.self_attn.keys_values(normal))))


class DecoderLayer(Block):
    """One decoder layer."""

    def __init__(self, shape):
        super().__init__(shape)
        self.encoder_attn, self.encoder_attn_layer_norm = Attention(shape), nn.LayerNorm(shape.width)

    def forward(self, x, cross_keys, cross_values, mask, past=None):
        """The new x, and the keys and values (with `past` before them) to keep for the next step."""
        normal = self.self_attn_layer_norm(x)
        keys, values = self.self_attn.keys_values(normal)
        if past is not None:
            keys, values = torch.cat((past[0], keys), 2), torch.cat((past[1], values), 2)
        x = x + self.drop(self.self_attn(normal, keys, values, mask))
        x = x + self.drop(self.encoder_attn(self.encoder_attn_layer_norm(x), cross_keys, cross_values))
        return self.feed_forward(x), keys, values


def sinusoids(length, width):
    """Whisper's fixed encoder positions, [length, width]."""
    step = math.log(10000) / (width // 2 - 1)
    angles = torch.arange(length)[:, None] * torch.exp(-step * torch.arange(width // 2))[None]
    return torch.cat((angles.sin(), angles.cos()), 1)


class Encoder(nn.Module):
    """Log-mel spectrogram to one vector each two frames."""

    def __init__(self, shape):
        super().__init__()
        self.conv1 = nn.Conv1d(MELS, shape.width, 3, padding=1)
        self.conv2 = nn.Conv1d(shape.width, shape.width, 3, stride=2, padding=1)
        self.register_buffer("positions", sinusoids(shape.positions, shape.width))
        self.layers = nn.ModuleList(EncoderLayer(shape) for _ in range(shape.encoder_layers))
        self.layer_norm = nn.LayerNorm(shape.width)

    @staticmethod
    def _convolve(x, convolution, stride):
        """The convolution as one matrix product: torch 1.13's own gives false gradients on a CPU."""
        length, padded = x.shape[1], F.pad(x, (0, 0, 1, 1))
        views = torch.cat([padded[:, shift : length + shift : stride] for shift in range(3)], -1)
        return F.linear(views, convolution.weight.permute(0, 2, 1).reshape(len(convolution.weight), -1), convolution.bias)

    def forward(self, log_mel):
        """[batch, 80, frames] to [batch, frames / 2, width]."""
        if self.training:
            x = F.gelu(self._convolve(log_mel.transpose(1, 2), self.conv1, 1))
            x = F.gelu(self._convolve(x, self.conv2, 2))
        else:
            x = F.gelu(self.conv2(F.gelu(self.conv1(log_mel)))).transpose(1, 2)
        x = x + self.positions[: x.shape[1]]
        for layer in self.layers:
            x = layer(x)
        return self.layer_norm(x)


class Decoder(nn.Module):
    """Tokens so far and the encoder's vectors to the next token's scores."""

    def __init__(self, shape):
        super().__init__()
        self.embed_tokens = nn.Embedding(shape.vocabulary, shape.width)
        self.embed_positions = nn.Parameter(torch.randn(shape.longest_text, shape.width) * 0.02)
        self.layers = nn.ModuleList(DecoderLayer(shape) for _ in range(shape.decoder_layers))
        self.layer_norm = nn.LayerNorm(shape.width)
        nn.init.normal_(self.embed_tokens.weight, std=0.05)

    def cross_keys_values(self, encoded):
        """Each layer's keys and values of the encoder's vectors [batch, time, width]."""
        return [layer.encoder_attn.keys_values(encoded) for layer in self.layers]

    def forward(self, ids, encoded, cross=None):
        """[batch, length] and [batch, time, width] (or its `cross_keys_values`) to [batch, length, vocabulary]."""
        length = ids.shape[1]
        x = self.embed_tokens(ids) + self.embed_positions[:length]
        mask = torch.full((length, length), -1e9, device=x.device).triu(1)
        for layer, keys_values in zip(self.layers, cross or self.cross_keys_values(encoded)):
            x, _, _ = layer(x, *keys_values, mask)
        return self.layer_norm(x) @ self.embed_tokens.weight.T


class Recogniser(nn.Module):
    """Encoder, decoder and the phoneme head of training."""

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.encoder, self.decoder = Encoder(shape), Decoder(shape)
        self.phoneme_head = nn.Linear(shape.width, shape.phonemes)


@torch.no_grad()
def transcribe(model, log_mels, tokenizer, longest=60):
    """Greedy texts of [batch, 80, frames], each with its mean log-probability a token (end included)."""
    model.eval()
    encoded = model.encoder(log_mels)
    cross = model.decoder.cross_keys_values(encoded)
    ids = torch.tensor([tokenizer.prompt] * len(encoded), device=encoded.device)
    done = torch.zeros(len(encoded), dtype=torch.bool, device=encoded.device)
    total, count = torch.zeros(len(encoded), device=encoded.device), torch.zeros(len(encoded), device=encoded.device)
    for _ in range(longest):
        scores = model.decoder(ids, encoded, cross)[:, -1].float().log_softmax(-1)
        best, following = scores.max(-1)
        total, count = total + best * ~done, count + (~done).float()
        following = torch.where(done, torch.full_like(following, tokenizer.end), following)
        done |= following == tokenizer.end
        ids = torch.cat((ids, following[:, None]), 1)
        if done.all():
            break
    model.train()
    texts = [tokenizer.decode(row) for row in ids[:, len(tokenizer.prompt) :].tolist()]
    return list(zip(texts, (total / count).tolist()))
