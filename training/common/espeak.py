"""espeak-ng in this process, through its C library: text to samples and timed phonemes.

espeak-ng keeps its state in C globals, so one process can hold one `Espeak`.
"""

import ctypes
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SAMPLE_RATE = 22050
SYSTEM_DATA_DIRECTORIES = (
    "/usr/lib/x86_64-linux-gnu/espeak-ng-data",
    "/usr/lib/aarch64-linux-gnu/espeak-ng-data",
    "/usr/share/espeak-ng-data",
)

_SYNCHRONOUS = 2
_PHONEME_EVENTS_AS_IPA = 0x0001 | 0x0002
_CHARS_UTF8 = 1
_POSITION_CHARACTER = 1
_PHONEMES_IPA = 0x02
_EVENT_PHONEME = 7
_PARAMETERS = {"rate": 1, "volume": 2, "pitch": 3, "range": 4, "word_gap": 7}


@dataclass(frozen=True)
class PhonemeEvent:
    """One phoneme as spoken: its IPA name ('' for a pause) and the sample where it starts."""

    name: str
    sample: int


@dataclass(frozen=True)
class Utterance:
    """Speech at 22 050 Hz, int16, with the phonemes in the order they are heard."""

    samples: np.ndarray
    phonemes: tuple[PhonemeEvent, ...]

    def as_float(self) -> np.ndarray:
        """The samples as float32 in [-1, 1)."""
        return self.samples.astype(np.float32) / 32768.0


@dataclass(frozen=True)
class Clause:
    """IPA of one clause and the text it was read from, terminator included."""

    ipa: str
    text: str


class _EventId(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    ]


_SynthesisCallback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


def system_data_directory() -> Path:
    """The installed espeak-ng-data directory. `ESPEAK_DATA_PATH`, where set, wins."""
    named = os.environ.get("ESPEAK_DATA_PATH")
    for candidate in ((named,) if named else ()) + SYSTEM_DATA_DIRECTORIES:
        if (Path(candidate) / "phontab").is_file():
            return Path(candidate)
    raise FileNotFoundError("espeak-ng-data was not found: install espeak-ng-data or set ESPEAK_DATA_PATH")


def make_private_data_directory(destination: Path) -> Path:
    """A data directory at `destination` to which voice variants can be added.

    Everything in it links to the installed data except `voices/!v`, a directory of its own.
    Returns `destination`; an existing one is kept as it is.
    """
    source = system_data_directory().resolve()
    variants = destination / "voices" / "!v"
    if variants.is_dir():
        return destination
    variants.mkdir(parents=True)
    for entry in source.iterdir():
        if entry.name != "voices":
            (destination / entry.name).symlink_to(entry)
    for entry in (source / "voices").iterdir():
        if entry.name != "!v":
            (destination / "voices" / entry.name).symlink_to(entry)
    for entry in (source / "voices" / "!v").iterdir():
        shutil.copyfile(entry, variants / entry.name)
    return destination


def write_variant(data_directory: Path, name: str, text: str) -> None:
    """Adds or replaces the variant `name` (a voice file's text); `set_voice("fr+name")` then reads it."""
    (data_directory / "voices" / "!v" / name).write_text(f"language variant\nname {name}\n{text}", encoding="utf-8")


class Espeak:
    """The espeak-ng library with one voice loaded at a time."""

    _opened_with: str | None = None

    def __init__(self, data_directory: Path | None = None, library: str = "libespeak-ng.so.1"):
        """Opens the library on `data_directory` (default: the installed one)."""
        wanted = str(data_directory or system_data_directory())
        if Espeak._opened_with not in (None, wanted):
            raise RuntimeError(f"espeak-ng is already open on {Espeak._opened_with}; use one process a data directory")
        self._library = ctypes.CDLL(library)
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self._library.espeak_TextToPhonemes.argtypes = [
            ctypes.POINTER(ctypes.c_void_p), ctypes.c_int, ctypes.c_int
        ]
        sample_rate = self._library.espeak_Initialize(_SYNCHRONOUS, 0, wanted.encode(), _PHONEME_EVENTS_AS_IPA)
        if sample_rate != SAMPLE_RATE:
            raise RuntimeError(f"espeak-ng did not open on {wanted}: sample rate {sample_rate}")
        Espeak._opened_with = wanted
        self._chunks: list[np.ndarray] = []
        self._events: list[PhonemeEvent] = []
        # The library calls this back for as long as the process lives, so it must not be collected.
        self._callback = _SynthesisCallback(self._receive)
        self._library.espeak_SetSynthCallback(self._callback)

    def set_voice(self, name: str) -> None:
        """Loads a voice such as 'fr', 'fr-be' or 'fr+f2' (language + variant, its file read anew each time).

        An unknown variant raises: the library itself would fall back to the plain voice in silence.
        """
        variant = name.partition("+")[2]
        if variant and not (Path(Espeak._opened_with) / "voices" / "!v" / variant).is_file():
            raise ValueError(f"espeak-ng has no variant '{variant}' (asked for '{name}')")
        if self._library.espeak_SetVoiceByName(name.encode()) != 0:
            raise ValueError(f"espeak-ng has no voice '{name}'")

    def set_parameter(self, name: str, value: int) -> None:
        """Sets rate (words a minute, 175), pitch (0-100, 50), range (0-100, 50), volume (100) or word_gap (10 ms)."""
        if self._library.espeak_SetParameter(_PARAMETERS[name], int(value), 0) != 0:
            raise ValueError(f"espeak-ng refused {name}={value}")

    def synthesize(self, text: str) -> Utterance:
        """Speaks `text` with the loaded voice."""
        self._chunks.clear()
        self._events.clear()
        encoded = text.encode("utf-8")
        status = self._library.espeak_Synth(
            encoded, len(encoded) + 1, 0, _POSITION_CHARACTER, 0, _CHARS_UTF8, None, None
        )
        if status != 0:
            raise RuntimeError(f"espeak-ng could not speak '{text}': status {status}")
        samples = np.concatenate(self._chunks) if self._chunks else np.zeros(0, np.int16)
        return Utterance(samples, tuple(self._events))

    def phonemize(self, text: str) -> list[Clause]:
        """IPA of `text`, clause by clause as espeak-ng cuts it."""
        buffer = ctypes.create_string_buffer(text.encode("utf-8"))
        start = ctypes.addressof(buffer)
        pointer = ctypes.c_void_p(start)
        clauses: list[Clause] = []
        position = 0
        while pointer.value:
            ipa = self._library.espeak_TextToPhonemes(ctypes.byref(pointer), _CHARS_UTF8, _PHONEMES_IPA)
            end = pointer.value - start if pointer.value else len(buffer.value)
            clauses.append(Clause((ipa or b"").decode("utf-8"), buffer.value[position:end].decode("utf-8", "ignore")))
            position = end
        return clauses

    def _receive(self, wave, sample_count: int, events) -> int:
        if wave and sample_count > 0:
            self._chunks.append(np.ctypeslib.as_array(wave, shape=(sample_count,)).copy())
        index = 0
        while events[index].type != 0:
            event = events[index]
            if event.type == _EVENT_PHONEME:
                name = ctypes.string_at(ctypes.addressof(event.id), 8).split(b"\0")[0]
                self._events.append(PhonemeEvent(name.decode("utf-8", "replace"), event.sample))
            index += 1
        return 0
