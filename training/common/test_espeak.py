"""Needs the espeak-ng library; run with `python3 -m unittest discover -s training/common -t .`."""

import tempfile
import unittest
from pathlib import Path

from training.common.espeak import Espeak, make_private_data_directory, write_variant


class EspeakTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory()
        cls.data_directory = make_private_data_directory(Path(cls.directory.name) / "espeak-ng-data")
        cls.espeak = Espeak(cls.data_directory)

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    def test_phonemes_come_in_order_within_the_sound(self):
        self.espeak.set_voice("fr")
        spoken = self.espeak.synthesize("Bonjour, je voudrais deux croissants.")
        positions = [event.sample for event in spoken.phonemes]
        self.assertEqual(positions, sorted(positions))
        self.assertLess(positions[-1], len(spoken.samples) + 1)
        self.assertIn("ʒ", [event.name for event in spoken.phonemes])

    def test_a_variant_written_later_changes_the_voice(self):
        self.espeak.set_voice("fr")
        plain = self.espeak.synthesize("Merci.").samples
        for pitch in ("60 80", "200 300"):
            write_variant(self.data_directory, "drawn", f"pitch {pitch}\n")
            self.espeak.set_voice("fr+drawn")
            drawn = self.espeak.synthesize("Merci.").samples
            self.assertFalse(len(plain) == len(drawn) and (plain == drawn).all())
            plain = drawn

    def test_an_unknown_voice_or_variant_is_refused(self):
        for name in ("zz-unknown", "fr+nobody"):
            with self.assertRaises(ValueError):
                self.espeak.set_voice(name)

    def test_clauses_keep_their_text(self):
        self.espeak.set_voice("fr")
        clauses = self.espeak.phonemize("Oui, merci. Non ?")
        self.assertEqual("".join(clause.text for clause in clauses).strip(), "Oui, merci. Non ?")
        self.assertEqual(len(clauses), 3)


if __name__ == "__main__":
    unittest.main()
