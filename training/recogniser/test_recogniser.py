"""Run with `python -m unittest discover -s training/recogniser -t .`; needs torch, but neither espeak-ng nor a trained model."""

import random
import re
import unittest
from pathlib import Path

import numpy as np
import torch

from training.recogniser import amounts, grammar, metrics, sentences, sounds, speakers, test_sentences
from training.recogniser.calibrate import threshold
from training.recogniser.export import CachedDecoder
from training.recogniser.features import FRAMES, MELS, SAMPLE_RATE, log_power, model_input
from training.recogniser.make_testset import load
from training.recogniser.model import Recogniser, Shape
from training.recogniser.tokenizer import SPECIAL, Tokenizer, learn_merges

SMALL = Shape(vocabulary=300, phonemes=5, width=16, heads=2, feed_forward=32, encoder_layers=1, decoder_layers=2)


class Sentences(unittest.TestCase):
    def test_every_kind_gives_text_without_a_leftover_of_its_template(self):
        rng = random.Random(1)
        for kind in sentences.KINDS:
            for _ in range(300):
                self.assertNotRegex(sentences.sentence(rng, kind), r"[<>()|]")

    def test_a_hundred_thousand_distinct_texts_are_within_reach(self):
        rng = random.Random(2)
        texts = {grammar.transcript(sentences.sentence(rng)) for _ in range(20_000)}
        self.assertGreater(len(texts), 10_000)

    def test_a_transcript_has_no_capital_hyphen_or_punctuation(self):
        self.assertEqual(grammar.transcript("Redis-moi ça, l'École Saint-Joseph !"), "redis moi ça l'école saint joseph")

    def test_a_text_is_always_in_the_same_part(self):
        self.assertEqual(grammar.fold("facture de dix euros"), grammar.fold("facture de dix euros"))
        self.assertEqual(grammar.fold("au revoir"), "any")

    def test_digit_words_are_about_as_frequent_as_each_other(self):
        rng = random.Random(3)
        said = " ".join(amounts.money(rng).replace("-", " ") for _ in range(4000)).split()
        counts = [said.count(word) for word in ("deux", "trois", "cinq", "six", "sept", "huit", "neuf")]
        self.assertLess(max(counts), 1.5 * min(counts))

    def test_the_sentences_of_the_test_are_not_training_material(self):
        folder = Path(__file__).parent
        for name in ("data", "train", "out_of_domain", "sentences", "tokenizer"):
            self.assertNotIn("test_sentences", re.sub(r'"""(.|\n)*?"""', "", (folder / f"{name}.py").read_text()))
        self.assertGreaterEqual(len(test_sentences.FRENCH), 100)


class Voices(unittest.TestCase):
    def test_no_reserved_voice_is_ever_drawn_for_training_or_validation(self):
        reserved = set(speakers.RESERVED)
        self.assertFalse(reserved & set(speakers.STOCK))
        self.assertFalse(reserved & set(speakers.VALIDATION))
        self.assertFalse(set(speakers.VALIDATION) & set(speakers.STOCK))

    def test_the_frozen_sets_are_spoken_by_reserved_voices_only(self):
        for name in ("sentences", "amounts", "out_of_domain"):
            items = load(name)
            self.assertGreaterEqual(len(items), 200)
            self.assertLessEqual({item["variant"] for item in items}, set(speakers.RESERVED))

    def test_frozen_sentences_are_of_the_test_part(self):
        self.assertTrue(all(grammar.fold(item["transcript"]) == "test" for item in load("sentences")))

    def test_two_random_speakers_differ(self):
        rng = random.Random(4)
        self.assertNotEqual(speakers.random_definition(rng), speakers.random_definition(rng))


class Features(unittest.TestCase):
    def test_the_spectrogram_equals_torchs(self):
        samples = np.random.default_rng(1).standard_normal(SAMPLE_RATE).astype(np.float32)
        spectrum = torch.stft(torch.from_numpy(samples), 400, 320, window=torch.hann_window(400), return_complex=True)
        from training.recogniser.features import FILTERS

        expected = torch.log10((spectrum.abs()[:, :-1] ** 2).T @ torch.from_numpy(FILTERS))
        np.testing.assert_allclose(log_power(samples), expected.numpy(), atol=1e-4)

    def test_the_input_fills_the_window_and_spans_at_most_two(self):
        scaled = model_input(np.sin(np.arange(8000) * 0.3))
        self.assertEqual(scaled.shape, (MELS, FRAMES))
        self.assertLessEqual(scaled.max() - scaled.min(), 2.0001)

    def test_sounds_are_finite_and_of_the_length_asked(self):
        for make in sounds.KINDS.values():
            for seed in range(20):
                made = make(5000 + seed * 997, np.random.default_rng(seed))
                self.assertEqual(len(made), 5000 + seed * 997)
                self.assertTrue(np.isfinite(made).all())


class Model(unittest.TestCase):
    def test_tokens_give_the_text_back(self):
        tokenizer = Tokenizer(learn_merges(["facture de vingt euros", "c'est l'étiquette"] * 3, 40))
        for text in ("c'est l'étiquette", "ça coûte où", ""):
            self.assertEqual(tokenizer.decode(tokenizer.encode(text)), text)
        self.assertEqual(tokenizer.special[SPECIAL[-1]], tokenizer.size - 1)

    def test_the_convolution_while_training_equals_the_exported_one(self):
        torch.manual_seed(1)
        encoder = Recogniser(SMALL).encoder
        log_mel = torch.randn(2, MELS, 60)
        trained = encoder.train()(log_mel)
        torch.testing.assert_close(trained, encoder.eval()(log_mel), atol=1e-5, rtol=1e-4)

    def test_the_decoder_with_a_cache_equals_the_one_without(self):
        torch.manual_seed(2)
        model = Recogniser(SMALL).eval()
        cached, encoded = CachedDecoder(model.decoder), torch.randn(1, 20, SMALL.width)
        ids = torch.tensor([[1, 2, 3, 4, 5]])
        past = [torch.zeros(1, 2, 0, 8)] * 8
        first = cached(ids[:, :3], encoded, *past)
        rows, past = [first[0]], first[1:]
        for index in (3, 4):
            step = cached(ids[:, index : index + 1], encoded, *past)
            rows.append(step[0])
            past = step[1:]
        self.assertEqual(past[2].shape[2], 20)
        torch.testing.assert_close(torch.cat(rows, 1), model.decoder(ids, encoded), atol=1e-5, rtol=1e-4)


class Figures(unittest.TestCase):
    def test_word_errors_count_each_edit_once(self):
        self.assertEqual(metrics.word_errors("le prix du pain", "le prix du bon pain"), 1)
        self.assertEqual(metrics.word_errors("oui", ""), 1)

    def test_a_plural_that_cannot_be_heard_is_no_wrong_amount(self):
        self.assertEqual(metrics.amount_words("ça fait trois cents francs"), metrics.amount_words("trois cent franc"))
        self.assertNotEqual(metrics.amount_words("trois cent deux"), metrics.amount_words("trois cent douze"))

    def test_the_threshold_spares_all_but_one_in_a_hundred(self):
        results = [("sentences", "clean", "oui", "oui", -0.01 * index) for index in range(200)]
        least = threshold(results)
        self.assertLessEqual(sum(row[4] < least for row in results), 2)


if __name__ == "__main__":
    unittest.main()
