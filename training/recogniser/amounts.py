"""Numbers and sums of money as they are said, in the three regional forms, drawn so that every length is as frequent."""

import random

from training.common.french_numbers import REGIONS, number_words

CURRENCIES = {
    "CDF": ("francs congolais", "francs", "francs"),
    "USD": ("dollars", "dollars", "dollars américains"),
    "EUR": ("euros",),
    "XOF": ("francs CFA",),
    "CHF": ("francs suisses",),
}
MAXIMUM = 9_999_999


def region(rng):
    """'fr', 'be' or 'ch'; France's form is the likeliest."""
    return rng.choice(("fr", "fr", "be", "ch"))


def words(number, form, rng=None):
    """`number` in words; Switzerland's huitante is now and then octante."""
    text = number_words(number, form)
    return text.replace("huitante", "octante") if rng and form == "ch" and rng.random() < 0.3 else text


def number_of_digits(rng, most=7):
    """A whole number whose count of digits, 1 to `most`, is uniform."""
    digits = rng.randint(1, most)
    return rng.randint(10 ** (digits - 1) if digits > 1 else 0, 10**digits - 1)


def _round_number(rng):
    return rng.choice((1, 2, 3, 5, 8, 10, 12, 15, 20, 25, 30, 40, 50, 75, 80, 90)) * rng.choice(
        (10, 100, 500, 1000, 10_000, 100_000)
    )


def whole_number(rng, most=7):
    """Digits uniform, or a round price one time in six."""
    return min(_round_number(rng), MAXIMUM) if rng.random() < 0.17 else number_of_digits(rng, most)


def decimals(rng, form):
    """What follows the whole part: 'virgule cinq', 'virgule zéro sept', 'virgule vingt-cinq'."""
    cents = rng.randint(1, 99)
    if rng.random() < 0.25:
        return f"virgule {words(rng.randint(1, 9), form)}"
    return f"virgule {'zéro ' if cents < 10 else ''}{words(cents, form, rng)}"


def money_of(number, currency_words, form, rng, with_decimals):
    """The sum in words, its decimals as 'virgule …' before the currency or as centimes after it."""
    name = currency_words if number > 1 else currency_words.replace("s ", " ").removesuffix("s")
    if currency_words.endswith("suisses") and number <= 1:
        name = "franc suisse"
    whole = words(number, form, rng)
    if whole.endswith(("million", "millions")):
        whole += " de"
    if not with_decimals:
        return f"{whole} {name}"
    if rng.random() < 0.65:
        return f"{whole.removesuffix(' de')} {decimals(rng, form)} {currency_words}"
    cents = words(rng.choice((5, 10, 20, 25, 50, 75, rng.randint(2, 99))), form, rng)
    return f"{whole} {name} " + rng.choice((cents, f"et {cents} centimes", f"{cents} centimes"))


def money(rng: random.Random) -> str:
    """A sum of money with a currency, 15 % of them with decimals."""
    names = CURRENCIES[rng.choice(tuple(CURRENCIES))]
    return money_of(whole_number(rng), rng.choice(names), region(rng), rng, rng.random() < 0.15)


def number(rng: random.Random) -> str:
    """A number alone, 10 % of them with decimals."""
    form = region(rng)
    text = words(whole_number(rng), form, rng)
    return f"{text} {decimals(rng, form)}" if rng.random() < 0.1 else text


def spoken_amount(rng: random.Random, digits: int) -> str:
    """An amount of the frozen set: `digits` long, any regional form and currency, 15 % decimals."""
    low = 10 ** (digits - 1) if digits > 1 else 0
    form, names = rng.choice(REGIONS), CURRENCIES[rng.choice(tuple(CURRENCIES))]
    return money_of(rng.randint(low, 10**digits - 1), rng.choice(names), form, rng, rng.random() < 0.15)
