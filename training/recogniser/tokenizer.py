"""Byte-pair tokens in Whisper's layout, trained on the sentences themselves."""

import collections
import random
import re

from training.recogniser.grammar import transcript
from training.recogniser.sentences import sentence

SPECIAL = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|en|>",
    "<|fr|>",
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
)
"""In this order: transformers.js takes every id above <|notimestamps|> for a timestamp."""

_WORD = re.compile(r" ?[^\W\d_]+| ?\d+| ?[^\s\w]+|\s+(?!\S)|\s+")
MERGES = 700


def _byte_letters():
    """The printable letter that stands for each byte in a byte-level vocabulary (GPT-2's convention)."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = {byte: chr(byte) for byte in printable}
    for number, byte in enumerate(byte for byte in range(256) if byte not in letters):
        letters[byte] = chr(256 + number)
    return letters


LETTERS = _byte_letters()
BYTES = {letter: byte for byte, letter in LETTERS.items()}


def _pieces(text):
    return ["".join(LETTERS[byte] for byte in word.encode()) for word in _WORD.findall(text)]


def _merged(symbols, pair):
    result, index = [], 0
    while index < len(symbols):
        if symbols[index : index + 2] == list(pair):
            result.append(pair[0] + pair[1])
            index += 2
        else:
            result.append(symbols[index])
            index += 1
    return result


def learn_merges(texts, count=MERGES):
    """The `count` most useful merges over `texts`, as pairs."""
    frequency = collections.Counter(piece for text in texts for piece in _pieces(" " + text))
    words = {piece: list(piece) for piece in frequency}
    merges = []
    for _ in range(count):
        pairs = collections.Counter()
        for piece, symbols in words.items():
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] += frequency[piece]
        if not pairs:
            break
        best = max(pairs.items(), key=lambda item: (item[1], item[0]))[0]
        merges.append(best)
        words = {piece: _merged(symbols, best) for piece, symbols in words.items()}
    return merges


def corpus(count=20000, seed=5):
    """Sentences to learn the merges from."""
    rng = random.Random(seed)
    return [transcript(sentence(rng)) for _ in range(count)]


class Tokenizer:
    """Text to ids and back. `merges` as `learn_merges` gives them."""

    def __init__(self, merges):
        self.merges = [tuple(pair) for pair in merges]
        self._rank = {pair: rank for rank, pair in enumerate(self.merges)}
        self.vocabulary = {LETTERS[byte]: index for index, byte in enumerate(sorted(LETTERS))}
        for left, right in self.merges:
            self.vocabulary.setdefault(left + right, len(self.vocabulary))
        self.text_size = len(self.vocabulary)
        self.special = {token: self.text_size + index for index, token in enumerate(SPECIAL)}
        self.size = self.text_size + len(SPECIAL)
        self.end = self.special["<|endoftext|>"]
        prompt = ("<|startoftranscript|>", "<|fr|>", "<|transcribe|>", "<|notimestamps|>")
        self.prompt = [self.special[token] for token in prompt]
        self._letters = {index: piece for piece, index in self.vocabulary.items()}
        self._cache = {}

    def _encode_piece(self, piece):
        if piece not in self._cache:
            symbols = list(piece)
            while len(symbols) > 1:
                best = min(zip(symbols, symbols[1:]), key=lambda pair: self._rank.get(pair, len(self.merges)))
                if best not in self._rank:
                    break
                symbols = _merged(symbols, best)
            self._cache[piece] = [self.vocabulary[symbol] for symbol in symbols]
        return self._cache[piece]

    def encode(self, text):
        """Ids of `text`; the empty text has none."""
        return [index for piece in _pieces(" " + text) for index in self._encode_piece(piece)] if text else []

    def decode(self, ids):
        """The text of `ids`, special tokens left out."""
        letters = "".join(self._letters[index] for index in ids if index < self.text_size)
        return bytes(BYTES[letter] for letter in letters).decode("utf8", "replace").strip()
