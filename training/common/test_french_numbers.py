import unittest

from training.common.french_numbers import REGIONS, number_words


class NumberWordsTest(unittest.TestCase):
    def test_known_numbers_are_said_as_taught(self):
        known = {
            (71, "fr"): "soixante et onze", (80, "fr"): "quatre-vingts", (81, "fr"): "quatre-vingt-un",
            (99, "fr"): "quatre-vingt-dix-neuf", (99, "be"): "nonante-neuf", (80, "be"): "quatre-vingts",
            (80, "ch"): "huitante", (71, "ch"): "septante et un", (200, "fr"): "deux cents",
            (201, "fr"): "deux cent un", (1000, "fr"): "mille", (80_000, "fr"): "quatre-vingt mille",
            (2_000_000, "fr"): "deux millions", (1_000_001, "fr"): "un million un", (0, "fr"): "zéro",
        }
        for (number, region), words in known.items():
            self.assertEqual(number_words(number, region), words)

    def test_two_numbers_never_sound_the_same(self):
        for region in REGIONS:
            said = {number_words(number, region) for number in range(20_000)}
            self.assertEqual(len(said), 20_000)


if __name__ == "__main__":
    unittest.main()
