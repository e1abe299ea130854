"""Sentences from templates: `(a|b|)` is one of, `<name>` is a rule (templates, or a function of the random source)."""

import hashlib
import random
import re

_CHOICE = re.compile(r"\(([^()]*)\)")
_RULE = re.compile(r"<(\w+)>")
_NOT_SPOKEN = re.compile(r"[^\w' ]+")


def expand(rng: random.Random, template: str, rules: dict) -> str:
    """One text of `template`. A rule unknown to `rules` raises KeyError."""
    while "(" in template:
        template = _CHOICE.sub(lambda match: rng.choice(match[1].split("|")), template)

    def one(match):
        rule = rules[match[1]]
        return rule(rng) if callable(rule) else expand(rng, rng.choice(rule), rules)

    return " ".join(_RULE.sub(one, template).split())


def transcript(text: str) -> str:
    """What the recogniser is to write for `text`: lower case, accents kept, no hyphen and no punctuation."""
    plain = text.lower().replace("’", "'").replace("-", " ").replace("œ", "oe")
    return " ".join(_NOT_SPOKEN.sub(" ", plain).split())


def fold(text: str) -> str:
    """Which part `text` (a transcript) belongs to, by its hash: 'test' 6 %, 'validation' 3 %, else 'training'.

    Texts of one or two words are too few to be kept apart: they are in every part.
    """
    if len(text.split()) < 3:
        return "any"
    bucket = int(hashlib.sha256(text.encode()).hexdigest(), 16) % 100
    return "test" if bucket < 6 else "validation" if bucket < 9 else "training"
