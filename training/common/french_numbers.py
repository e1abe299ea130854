"""French number words as said in France, Belgium or Congo, and Switzerland."""

from typing import Literal

Region = Literal["fr", "be", "ch"]
REGIONS: tuple[Region, ...] = ("fr", "be", "ch")

_UNITS = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf"
).split()
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}
_REGIONAL_TENS: dict[Region, dict[int, str]] = {
    "fr": {},
    "be": {7: "septante", 9: "nonante"},
    "ch": {7: "septante", 8: "huitante", 9: "nonante"},
}


def _below_hundred(number: int, region: Region, plural: bool) -> str:
    if number < 20:
        return _UNITS[number]
    ten, unit = divmod(number, 10)
    word = _TENS.get(ten) or _REGIONAL_TENS[region].get(ten)
    if word:
        return word if unit == 0 else f"{word} et un" if unit == 1 else f"{word}-{_UNITS[unit]}"
    if ten == 7:
        return "soixante et onze" if unit == 1 else f"soixante-{_UNITS[10 + unit]}"
    rest = number - 80
    return ("quatre-vingts" if plural else "quatre-vingt") if rest == 0 else f"quatre-vingt-{_UNITS[rest]}"


def _below_thousand(number: int, region: Region, plural: bool) -> str:
    hundreds, rest = divmod(number, 100)
    if hundreds == 0:
        return _below_hundred(rest, region, plural)
    hundred = "cent" if hundreds == 1 else f"{_UNITS[hundreds]} cent"
    if rest == 0:
        return hundred + ("s" if plural and hundreds > 1 else "")
    return f"{hundred} {_below_hundred(rest, region, plural)}"


def number_words(number: int, region: Region = "fr") -> str:
    """`number` (0 to 999 999 999) in words with the region's tens; 'cents' and 'vingts' agree as taught."""
    if not 0 <= number < 10**9:
        raise ValueError(f"number out of range: {number}")
    millions, rest = divmod(number, 10**6)
    thousands, units = divmod(rest, 1000)
    words = []
    if millions:
        words.append(f"{_below_thousand(millions, region, True)} million{'s' if millions > 1 else ''}")
    if thousands:
        words.append("mille" if thousands == 1 else f"{_below_thousand(thousands, region, False)} mille")
    if units or not words:
        words.append(_below_thousand(units, region, True))
    return " ".join(words)
