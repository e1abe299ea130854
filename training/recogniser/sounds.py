"""Sounds without a word in them, at 16 kHz: silence, noises, music-like tones, coughs, knocks. Their transcript is empty."""

import numpy as np
from scipy.signal import butter, sosfilt

SAMPLE_RATE = 16000


def coloured_noise(count, random, exponent):
    """Noise whose power falls as 1/f^(2 exponent): 0 white, 0.5 pink, 1 brown."""
    spectrum = np.fft.rfft(random.standard_normal(count))
    frequencies = np.arange(len(spectrum)) + count * 40 / SAMPLE_RATE
    return np.fft.irfft(spectrum / frequencies**exponent, count)


def silence(count, random):
    """Nothing at all, or a noise floor far below hearing."""
    return np.zeros(count) if random.random() < 0.5 else random.standard_normal(count) * 10 ** random.uniform(-6, -4)


def noise(count, random):
    """Steady noise of any colour; one time in two it swells or passes a band."""
    sound = coloured_noise(count, random, random.choice([0, 0.25, 0.5, 0.75, 1]))
    if random.random() < 0.3:
        low = random.uniform(60, 2000)
        sound = _band(sound, low, min(7600, low * random.uniform(1.5, 8)))
    if random.random() < 0.5:
        knots = random.uniform(0.05, 1, random.integers(3, 12))
        sound = sound * np.interp(np.linspace(0, 1, count), np.linspace(0, 1, len(knots)), knots)
    return sound


def hum(count, random):
    """A motor, a fan or the mains: a low tone with many harmonics over noise."""
    time = np.arange(count) / SAMPLE_RATE
    base = random.choice([50, 60, 100, random.uniform(30, 300)]) * (1 + 0.01 * np.sin(2 * np.pi * random.uniform(0.1, 2) * time))
    phase = 2 * np.pi * np.cumsum(base) / SAMPLE_RATE
    sound = sum(random.random() / number * np.sin(number * phase) for number in range(1, random.integers(3, 25)))
    return sound + coloured_noise(count, random, 0.5) * random.uniform(0, 2)


def tones(count, random):
    """Music-like notes: chords of decaying harmonics, a ring tone, a siren or a beep."""
    time = np.arange(count) / SAMPLE_RATE
    if random.random() < 0.2:
        sweep = random.uniform(300, 1500) * (1 + random.uniform(0.05, 0.5) * np.sin(2 * np.pi * random.uniform(0.2, 5) * time))
        return np.sin(2 * np.pi * np.cumsum(sweep) / SAMPLE_RATE)
    sound, start = np.zeros(count), 0
    step = int(random.uniform(0.08, 0.7) * SAMPLE_RATE)
    decay, harmonics = random.uniform(1, 12), random.integers(1, 9)
    while start < count:
        for _ in range(random.integers(1, 4)):
            frequency = 110 * 2 ** (random.integers(0, 40) / 12)
            local = time[: count - start]
            for number in range(1, harmonics + 1):
                if frequency * number < 7600:
                    sound[start:] += np.sin(2 * np.pi * frequency * number * local) * np.exp(-decay * local) / number
        start += step
    return sound


def coughs(count, random):
    """One to five bursts of breath: noise through throat resonances, a sharp start and a quick fall."""
    sound = np.zeros(count)
    for _ in range(random.integers(1, 6)):
        length = int(random.uniform(0.1, 0.45) * SAMPLE_RATE)
        burst = coloured_noise(length, random, 0.25)
        for centre in random.uniform((300, 900, 2000), (900, 2000, 4000)):
            burst = burst + 2 * _band(burst, centre * 0.85, centre * 1.15)
        time = np.arange(length) / length
        burst *= np.minimum(1, time * 25) * np.exp(-random.uniform(3, 8) * time)
        if random.random() < 0.4:
            pitch = random.uniform(80, 300)
            burst += 0.4 * np.abs(burst).max() * np.sin(2 * np.pi * pitch * np.arange(length) / SAMPLE_RATE) * np.exp(-6 * time)
        _add(sound, burst, random)
    return sound + random.standard_normal(count) * np.abs(sound).max() * 10 ** random.uniform(-3, -1.5)


def knocks(count, random):
    """Knocks, clicks, a drawer or coins: short damped resonances, single or in a row."""
    sound = np.zeros(count)
    period = int(random.uniform(0.08, 0.5) * SAMPLE_RATE)
    start = int(random.uniform(0, 0.3) * SAMPLE_RATE)
    metal = random.random() < 0.4
    for number in range(random.integers(1, 12)):
        length = int(random.uniform(0.02, 0.3) * SAMPLE_RATE)
        time = np.arange(length) / SAMPLE_RATE
        hit = random.standard_normal(length) * np.exp(-time * random.uniform(60, 400))
        for _ in range(random.integers(1, 6)):
            frequency = random.uniform(1500, 7000) if metal else random.uniform(60, 1200)
            hit += np.sin(2 * np.pi * frequency * time) * np.exp(-time * random.uniform(15, 150)) * random.random()
        at = start + number * period + int(random.uniform(0, 0.05) * SAMPLE_RATE)
        if at >= count:
            break
        end = min(count, at + length)
        sound[at:end] += hit[: end - at] * random.uniform(0.3, 1)
    return sound + random.standard_normal(count) * np.abs(sound).max() * 10 ** random.uniform(-3.5, -1.5)


KINDS = {"silence": silence, "noise": noise, "hum": hum, "tones": tones, "coughs": coughs, "knocks": knocks}


def _band(sound, low, high):
    return sosfilt(butter(2, (low, high), "bandpass", fs=SAMPLE_RATE, output="sos"), sound)


def _add(sound, burst, random):
    at = int(random.integers(0, max(1, len(sound) - len(burst))))
    end = min(len(sound), at + len(burst))
    sound[at:end] += burst[: end - at]
