"""Needs espeak-ng, torch and scipy; run with `python3 -m unittest discover -s training/voice -t .`."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from training.common.espeak import SAMPLE_RATE
from training.voice.analysis import ENVELOPE_POINTS, HOP, analyse, frame_count
from training.voice.coach import Coach
from training.voice.corpus import key, read_test_sentences, training_sentences
from training.voice.dataset import Sample
from training.voice.export import Piper
from training.voice.listener import phone_distance, phones
from training.voice.loudness import loudness
from training.voice.model import FRAME_WIDTH, NOISE_WIDTH, PHASE_WIDTH, Residual, Voice, frame_layout
from training.voice.symbols import PHONEME_IDS
from training.voice.synthesiser import Synthesiser, fade, limit
from training.voice.teacher import LEADING_SILENCE, SPEAKERS, TRAILING_SILENCE, open_espeak, speak
from training.voice.train import (
    BATCH_SIZE, MEL_BANDS, RARE_REPEATS, RESOLUTIONS, batches, mel_distance, mel_filters, spectra, spectral_distance,
    with_rare_repeated,
)


class CorpusTest(unittest.TestCase):
    def test_no_frozen_sentence_is_ever_trained_on(self):
        frozen = {key(sentence) for sentence in read_test_sentences()}
        self.assertEqual(len(frozen), 200)
        self.assertFalse(frozen & {key(sentence) for sentence in training_sentences(3000, 11)})

    def test_the_same_seed_gives_the_same_sentences(self):
        self.assertEqual(training_sentences(300, 4), training_sentences(300, 4))


class TeacherTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory()
        cls.espeak = open_espeak(Path(cls.directory.name))

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    def test_durations_add_up_to_the_sound_for_every_frozen_sentence(self):
        for speaker in SPEAKERS:
            self.espeak.set_voice(speaker.voice)
            for sentence in read_test_sentences():
                example = speak(self.espeak, sentence)
                self.assertIsNotNone(example, sentence)
                self.assertEqual(example.durations.sum(), len(example.audio), sentence)

    def test_a_word_read_as_english_is_aligned_too(self):
        self.espeak.set_voice("fr")
        example = speak(self.espeak, "Le parking est plein.")
        self.assertIn(PHONEME_IDS["ŋ"], example.ids)

    def test_a_sentence_begins_and_ends_in_silence(self):
        self.espeak.set_voice("fr")
        audio = speak(self.espeak, "Oui.").audio
        for silence in (audio[:LEADING_SILENCE], audio[-TRAILING_SILENCE:]):
            self.assertLess(np.abs(silence).max(), 0.003)

    def test_consonants_sit_on_no_offset(self):
        self.espeak.set_voice("fr")
        audio = speak(self.espeak, "Six phares.").audio
        quarter = SAMPLE_RATE // 4
        self.assertLess(max(abs(audio[start : start + quarter].mean()) for start in range(0, len(audio), quarter)), 0.002)


class LoudnessTest(unittest.TestCase):
    def test_a_full_scale_tone_measures_as_the_recommendation_says(self):
        tone = np.sin(2 * np.pi * 997 * np.arange(3 * SAMPLE_RATE) / SAMPLE_RATE)
        self.assertAlmostEqual(loudness(tone, SAMPLE_RATE), -3.01, delta=0.05)

    def test_half_the_amplitude_is_six_decibels_less(self):
        noise = np.random.RandomState(0).randn(2 * SAMPLE_RATE) * 0.1
        self.assertAlmostEqual(loudness(noise, SAMPLE_RATE) - loudness(noise / 2, SAMPLE_RATE), 6.02, delta=0.01)


def synthesise(f0, envelope, middle, noise):
    """The sound of those frames, the noise's phases drawn at random."""
    torch.manual_seed(0)
    return Synthesiser()(f0, envelope, middle, noise, 2 * np.pi * torch.rand(*f0.shape, PHASE_WIDTH))


class SynthesiserTest(unittest.TestCase):
    def test_the_pitch_asked_for_is_the_pitch_heard(self):
        for hertz in (90.0, 210.0):
            frames = 60
            envelope = torch.full((1, frames, ENVELOPE_POINTS), -4.0)
            silence = torch.full((1, frames, NOISE_WIDTH), -20.0)
            sound = synthesise(torch.full((1, frames), hertz), envelope, torch.ones(1, frames), silence)[0].numpy()
            heard = analyse(sound, frame_count(len(sound)), 60.0, 380.0)
            self.assertAlmostEqual(np.median(heard.f0[5:-5]), hertz, delta=0.5)
            self.assertTrue(heard.voiced[5:-5].all())

    def test_noise_comes_out_as_loud_as_it_was_measured(self):
        noise = np.random.RandomState(0).randn(200 * HOP) * 0.05
        measured = analyse(noise, 200, 60.0, 250.0).noise
        silent = torch.full((1, 200, ENVELOPE_POINTS), -20.0)
        sound = synthesise(torch.full((1, 200), 100.0), silent, torch.ones(1, 200), torch.tensor(measured)[None])[0].numpy()
        self.assertAlmostEqual(20 * np.log10(sound[HOP:-HOP].std() / noise.std()), 0.0, delta=1.5)

    def test_voiced_sound_can_stop_between_the_middles_of_two_frames(self):
        envelope, silence = torch.full((1, 20, ENVELOPE_POINTS), -4.0), torch.full((1, 20, NOISE_WIDTH), -20.0)
        envelope[:, 10:] = -20.0
        straight, bent = torch.ones(1, 20), torch.ones(1, 20)
        bent[0, 9] = 0.0
        late = slice(9 * HOP + HOP // 2, 10 * HOP)
        pitch = torch.full((1, 20), 200.0)
        levels = [float(synthesise(pitch, envelope, middle, silence)[0, late].pow(2).mean()) for middle in (straight, bent)]
        self.assertLess(levels[1], 0.2 * levels[0])

    def test_no_sound_passes_full_scale_and_quiet_sound_is_untouched(self):
        sound = torch.linspace(-3, 3, 601)
        limited = limit(sound)
        self.assertLessEqual(float(limited.abs().max()), 1.0)
        quiet = sound.abs() < 0.7
        self.assertTrue(torch.equal(limited[quiet], sound[quiet]))

    def test_both_ends_are_zero(self):
        faded = fade(torch.ones(1, 500))[0]
        self.assertEqual([float(faded[0]), float(faded[-1]), float(faded[250])], [0.0, 0.0, 1.0])


class ModelTest(unittest.TestCase):
    def test_frames_fall_to_the_symbols_that_last(self):
        owner, position = frame_layout(torch.tensor([2, 2, 5]), torch.arange(5))
        self.assertEqual(owner.tolist(), [0, 0, 2, 2, 2])
        self.assertTrue(torch.isfinite(position).all())

    def test_a_frame_knows_where_within_it_its_symbol_begins(self):
        early, late = (frame_layout(torch.tensor([2.0 + shift, 6.0]), torch.arange(6)) for shift in (-0.4, 0.4))
        self.assertEqual(early[0].tolist(), [0, 0, 1, 1, 1, 1])
        self.assertEqual(early[0].tolist(), late[0].tolist())
        self.assertGreater(float(early[1][2, 1]), float(late[1][2, 1]))
        self.assertTrue(torch.isfinite(late[1]).all())

    def test_training_and_use_agree_but_for_rounding(self):
        torch.manual_seed(0)
        block, x = Residual(32, 5, 2), torch.randn(2, 40, 32, requires_grad=True)
        x.grad = None
        block.eval()(x, None).sum().backward()
        exact, x.grad = x.grad, None
        rounded = block.train()(x, None)
        rounded.sum().backward()
        self.assertLess(float((rounded - block.eval()(x, None)).abs().max()), 0.02)
        self.assertLess(float((x.grad - exact).norm() / exact.norm()), 0.05)

    def test_a_consonant_sounds_the_same_every_time(self):
        torch.manual_seed(0)
        piper, ids = Piper(Voice(2)).eval(), torch.tensor([[1, 14, 25, 30, 10, 2]])
        with torch.no_grad():
            first, second = (piper(ids, torch.tensor([6]), torch.tensor([0.667, 1.0, 0.8]), torch.tensor([1])) for _ in range(2))
        self.assertTrue(torch.equal(first, second))

    def test_the_phases_of_noise_begin_anew_with_each_symbol(self):
        voice = Voice(2).eval()
        _, position = frame_layout(torch.tensor([3.4, 7.8]), torch.arange(8))
        with torch.no_grad():
            phase = voice.decode(torch.zeros(1, 8, FRAME_WIDTH), position[None], torch.tensor([0])).phase[0]
        self.assertTrue(torch.equal(phase[:3], phase[3:6]))
        self.assertFalse(torch.equal(phase[0], phase[1]))

    def test_pads_and_scales_of_noise_change_nothing_in_the_plan(self):
        torch.manual_seed(0)
        piper = Piper(Voice(2)).eval()
        ids = [1, 14, 25, 30, 10, 2]
        padded = [part for index in ids for part in (index, 0)]
        with torch.no_grad():
            lengths = {
                piper(torch.tensor([given]), torch.tensor([len(given)]), torch.tensor(scales), torch.tensor([1])).shape[-1]
                for given in (ids, padded) for scales in ([0.667, 1.0, 0.8], [0.0, 1.0, 0.0])
            }
        self.assertEqual(len(lengths), 1)


class TrainingTest(unittest.TestCase):
    def test_every_mel_band_is_a_mean_over_the_bins_it_covers(self):
        for (size, _), bands in zip(RESOLUTIONS, MEL_BANDS):
            filters = mel_filters(size, bands)
            self.assertEqual(tuple(filters.shape), (bands, size // 2 + 1))
            self.assertTrue(torch.allclose(filters.sum(1), torch.ones(bands)))

    def test_mel_bands_tell_noise_by_its_level_and_not_by_its_draw(self):
        torch.manual_seed(0)
        first, second = torch.randn(2, 1, 8 * HOP * 10) * 0.1
        filters = [mel_filters(size, bands) for (size, _), bands in zip(RESOLUTIONS, MEL_BANDS)]
        same = mel_distance(spectra(first), spectra(second), filters)
        self.assertLess(float(same), 0.6 * float(spectral_distance(spectra(first), spectra(second))))
        self.assertLess(float(same), float(mel_distance(spectra(first), spectra(2 * second), filters)) - 0.2)

    def test_a_sentence_with_a_rare_phone_is_met_more_often(self):
        common, rare = (np.array([PHONEME_IDS[symbol] for symbol in text]) for text in ("^pa.$", "^paŋ.$"))
        samples = [Sample(0, ids, *[np.zeros(0)] * 6) for ids in [common] * 99 + [rare]]
        met = with_rare_repeated(samples)
        self.assertEqual(sum(sample.ids is rare for sample in met), RARE_REPEATS)
        self.assertEqual(len(met), 99 + RARE_REPEATS)

    def test_processes_that_train_together_share_no_sentence_and_resume_where_they_were(self):
        names = {frames: number for number, frames in enumerate(range(20, 200))}
        samples = [_silent_sample(frames) for frames in names]

        def met(process, first_step):
            drawn = batches(samples, first_step, 7, torch.device("cpu"), process, 2)
            return [[names[len(sample.f0)] for sample in batch.samples] for batch in drawn]

        first, second = met(0, 0), met(1, 0)
        self.assertEqual(met(1, 4), second[4:])
        for mine, others in zip(first, second):
            self.assertEqual(len(mine), BATCH_SIZE)
            self.assertFalse(set(mine) & set(others))


def _silent_sample(frames):
    ids = np.array([PHONEME_IDS[symbol] for symbol in "^a.$"])
    zeros = np.zeros(frames, np.float32)
    envelope, noise = np.zeros((frames, ENVELOPE_POINTS)), np.zeros((frames, NOISE_WIDTH))
    return Sample(0, ids, np.full(4, frames / 4), zeros + 100, zeros > 0, envelope, noise, np.zeros(frames * HOP, np.int16))


class CoachTest(unittest.TestCase):
    def test_it_notices_another_sound_and_says_which_way_to_mend_it(self):
        torch.manual_seed(0)
        coach = Coach(["a", "p"]).train().requires_grad_(False)
        teacher = 0.1 * torch.randn(2, 40 * HOP)
        quieter = (0.3 * teacher).requires_grad_()
        self.assertEqual(float(coach.distance(teacher, teacher)), 0)
        noticed = coach.distance(quieter, teacher)
        noticed.backward()
        self.assertGreater(float(noticed), 0.01)
        mended = (quieter - 0.5 * quieter.grad / quieter.grad.norm()).detach()
        self.assertLess(float(coach.distance(mended, teacher)), float(noticed))


class ListenerTest(unittest.TestCase):
    def test_phones_leave_out_what_is_not_sounded(self):
        ids = [PHONEME_IDS[symbol] for symbol in "^bˈɔ\u0303ʒuʁ.$"]
        self.assertEqual(phones(ids), ["b", "ɔ\u0303", "ʒ", "u", "ʁ"])

    def test_the_distance_counts_each_kind_of_error_once(self):
        self.assertEqual(phone_distance(list("abcd"), list("abcd")), 0)
        self.assertEqual(phone_distance(list("abcd"), list("axcde")), 2)
        self.assertEqual(phone_distance(list("abcd"), list("bcd")), 1)


if __name__ == "__main__":
    unittest.main()
