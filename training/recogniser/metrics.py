"""How right a transcript is."""

_NUMBER_WORDS = set(
    "zéro un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante "
    "cinquante soixante septante huitante octante nonante cent mille million virgule centime franc dollar euro congolais cfa "
    "suisse américain".split()
)


def word_errors(reference: str, heard: str) -> int:
    """Words to insert, delete or replace to make one of the other."""
    wanted, found = reference.split(), heard.split()
    row = list(range(len(found) + 1))
    for index, word in enumerate(wanted, 1):
        diagonal, row[0] = row[0], index
        for column, other in enumerate(found, 1):
            diagonal, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, diagonal + (word != other))
    return row[-1]


def error_rate(pairs) -> float:
    """Word error rate, in %, of (reference, heard) pairs."""
    return round(100 * sum(word_errors(*pair) for pair in pairs) / sum(len(pair[0].split()) for pair in pairs), 2)


def amount_words(text: str) -> tuple:
    """The words that make the amount, in order; a plural that cannot be heard (cents, vingts, francs) does not count."""
    singular = ("trois", "dix", "six")
    words = (word if word in singular else word.removesuffix("s") for word in text.split())
    return tuple(word for word in words if word in _NUMBER_WORDS)
