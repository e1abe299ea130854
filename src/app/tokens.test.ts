import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const darkAt = css.indexOf('@media (prefers-color-scheme: dark)');

/** The hexadecimal colours of one part of the tokens, by name. */
function colours(part: string): Record<string, string> {
  return Object.fromEntries([...part.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
}

const light = colours(css.slice(0, darkAt));
const schemes = { light, dark: { ...light, ...colours(css.slice(darkAt)) } };

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function contrastOf(tokens: Record<string, string>, one: string, other: string): number {
  const [first, second] = [tokens[one], tokens[other]];
  if (!first || !second) throw new Error(`tokens.css lacks --${first ? other : one}`);
  return contrast(first, second);
}

describe('contrast', () => {
  it('is 21 between black and white', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  });

  describe.each(Object.entries(schemes))('in the %s scheme', (_, token) => {
    it.each(['ink', 'ink-muted', 'leaf', 'brick'])('of %s as text is at least 4.5 on paper and ground', (name) => {
      expect(contrastOf(token, name, 'paper')).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(token, name, 'ground')).toBeGreaterThanOrEqual(4.5);
    });

    it.each(['leaf', 'brick'])('of what stands on %s is at least 4.5', (name) => {
      expect(contrastOf(token, 'on-leaf', name)).toBeGreaterThanOrEqual(4.5);
    });

    it.each(['leaf', 'saffron-ring', 'brick', 'edge'])('of a ring in %s is at least 3 on ground and paper', (name) => {
      expect(contrastOf(token, name, 'ground')).toBeGreaterThanOrEqual(3);
      expect(contrastOf(token, name, 'paper')).toBeGreaterThanOrEqual(3);
    });
  });
});

describe('tokens', () => {
  const sheets = [
    'base',
    'failure',
    'counter/counter',
    'counter/notice',
    'counter/receipt',
    'counter/strip',
    'counter/talk',
    'counter/turn',
  ];

  it.each(sheets)('are the only place of colours and durations: %s.css has none of its own', (name) => {
    const sheet = readFileSync(new URL(`./${name}.css`, import.meta.url), 'utf8');
    // A mask's colour is only opacity.
    expect(sheet.match(/#(?!000\b|0000\b)[0-9a-f]{3,8}\b|rgba?\(|hsla?\(|\b\d+ms\b/gi)).toBeNull();
  });

  it.each(sheets)('are all defined for %s.css', (name) => {
    const sheet = readFileSync(new URL(`./${name}.css`, import.meta.url), 'utf8');
    const defined = new Set([...(css + sheet).matchAll(/(--[\w-]+):/g)].map(([, token]) => token));
    // Set from the components, each with a fallback or always present.
    const fromComponents = new Set(['--level', '--share', '--figures']);
    const used = [...sheet.matchAll(/var\((--[\w-]+)/g)].map(([, token]) => token ?? '');
    expect(used.filter((token) => !defined.has(token) && !fromComponents.has(token))).toEqual([]);
  });

  it('stop all motion for who asked for less', () => {
    const reduced = css.slice(css.indexOf('prefers-reduced-motion'));
    expect(reduced).toMatch(/--motion: 0ms;/);
    expect(reduced).toMatch(/--beat: 0ms;/);
  });
});
