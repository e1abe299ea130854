"""Piper's symbol table and the symbols of a text: espeak-ng's IPA, decomposed, with the clause marks."""

import re
import unicodedata
from collections.abc import Iterable

from training.common.espeak import Clause

PAD, BEGIN, END = "_", "^", "$"
NUM_SYMBOLS = 256

# Piper numbers its symbols in this order from 0; the nasal tilde comes apart, after ids this voice does not use.
_ORDERED = (
    "_^$ !'(),-.:;?abcdefhijklmnopqrstuvwxyzæçðøħŋœǀǁǂǃɐɑɒɓɔɕɖɗɘəɚɛɜɞɟɠɡɢɣɤɥɦɧɨɪɫɬɭɮɯɰɱɲɳɴɵɶɸɹɺɻɽɾʀʁʂʃʄʈʉʊʋʌʍʎʏʐʑʒʔʕʘʙʛʜʝʟʡʢʲ"
    "ˈˌːˑ˞βθχᵻⱱ"
)
PHONEME_IDS = {symbol: index for index, symbol in enumerate(_ORDERED)} | {"\u0303": 141}

STRESS = "ˈˌ"
LENGTH = "ː"
CLAUSE_MARKS = ".,;:!?"
SILENT = frozenset(STRESS + " " + CLAUSE_MARKS)

LANGUAGE_FLAG = re.compile(r"\([a-z-]+\)")


def clause_symbols(clauses: Iterable[Clause]) -> list[str]:
    """Symbols of the clauses as Piper writes them: IPA decomposed, the clause mark, a space between clauses."""
    symbols: list[str] = []
    for clause in clauses:
        symbols += unicodedata.normalize("NFD", LANGUAGE_FLAG.sub("", clause.ipa))
        # The text espeak-ng consumed may run one letter into the next clause, so the mark is the last one in it.
        marks = [character for character in clause.text if character in CLAUSE_MARKS]
        symbols += [marks[-1], " "] if marks else []
    while symbols and symbols[-1] == " ":
        symbols.pop()
    return symbols


def symbol_ids(symbols: Iterable[str]) -> list[int]:
    """Ids of begin + symbols + end, without pads. Raises KeyError for a symbol Piper does not know."""
    return [PHONEME_IDS[symbol] for symbol in (BEGIN, *symbols, END)]
