import { describe, expect, it } from 'vitest';
import { fold } from '../french/fold.ts';
import { createRandom } from './random.ts';
import { sentences } from './sentences.ts';
import { parseTemplate, sayTemplate, TemplateMatcher, type TemplateNode } from './templates.ts';

const anyWord = (slot: string, at: number): number[] | 'any-word' => (slot === 'number' ? [at + 1] : 'any-word');

function matches(source: string, text: string): boolean {
  const matcher = new TemplateMatcher([{ template: parseTemplate(source), label: source }]);
  return matcher.match(fold(text).split(' '), anyWord).length > 0;
}

describe('a sentence template', () => {
  it.each([
    ["(imprime|sors) [moi] (le|l') reçu", 'Imprime le reçu !', true],
    ["(imprime|sors) [moi] (le|l') reçu", 'sors-moi le recu', true],
    ["(imprime|sors) [moi] (le|l') reçu", 'imprime', false],
    ["(imprime|sors) [moi] (le|l') reçu", 'imprime le reçu demain', false],
    ['quelle heure [est-il|il est]', 'quelle heure est il', true],
    ['quelle heure [est-il|il est]', 'Quelle heure', true],
    ['quelle heure [est-il|il est]', 'quelle heure est il est', false],
    ['prix (de|du) {product}', 'prix du sac de riz', true],
    ['prix (de|du) {product}', 'prix du', false],
    ['prix {product}', 'prix un deux trois quatre cinq six sept huit neuf dix', false],
    ['facture {number} [pour {client}]', 'facture douze pour Marie', true],
    ['[a [b [c]]] d', 'a b d', true],
    ['((a|b) (c|d)|e)', 'b c', true],
    ['((a|b) (c|d)|e)', 'b e', false],
  ])('%j says %j: %j', (source, text, expected) => {
    expect(matches(source, text)).toBe(expected);
  });

  it('prefers the sentence with the fewest free words', () => {
    const matcher = new TemplateMatcher(
      ['{thing}', 'prix {thing}', 'prix du {thing}'].map((source) => ({
        template: parseTemplate(source),
        label: source,
      })),
    );
    expect(matcher.match(['prix', 'du', 'riz'], anyWord).map(({ label }) => label)).toEqual([
      'prix du {thing}',
      'prix {thing}',
      '{thing}',
    ]);
  });

  it('includes rules', () => {
    const template = parseTemplate('<want> une facture', { want: '(je veux|<wish>)', wish: "j'aimerais" });
    expect(
      sayTemplate(
        template,
        () => 1,
        () => '',
      ),
    ).toBe("j'aimerais une facture");
  });

  it.each([
    ['(a|b', '")" is missing'],
    ['a]', 'closes nothing'],
    ['{two words}', 'name'],
    ['<nowhere>', 'no rule <nowhere>'],
    ['<constructor>', 'no rule <constructor>'],
    ['a > b', 'out of place'],
    ['{open', 'name'],
  ])('%j is refused with its reason', (source, reason) => {
    expect(() => parseTemplate(source)).toThrow(reason);
  });

  it('refuses a rule that includes itself, and nesting without end', () => {
    expect(() => parseTemplate('<a>', { a: '[<b>]', b: '(<a>|x)' })).toThrow('include itself');
    expect(() => parseTemplate('('.repeat(100_000))).toThrow('nested');
  });
});

describe('every sentence of the intents', () => {
  it('matches whatever it can say', () => {
    const random = createRandom(7);
    for (const { source, template } of sentences) {
      const matcher = new TemplateMatcher([{ template, label: source }]);
      for (let time = 0; time < 20; time += 1) {
        const said = sayTemplate(
          template,
          (count) => random.below(count),
          () => 'quelconque',
        );
        const words = fold(said).split(' ');
        expect(
          matcher.match(words, (slot, at) => (/^(client|product)$/.test(slot) ? 'any-word' : [at + 1])),
          said,
        ).not.toEqual([]);
      }
    }
  });
});

describe('hostile text and templates', () => {
  const quickly = (work: () => unknown): void => {
    const startedAt = performance.now();
    work();
    expect(performance.now() - startedAt).toBeLessThan(2000);
  };
  const matcher = (source: string): TemplateMatcher<string> =>
    new TemplateMatcher<string>([{ template: parseTemplate(source), label: source }]);

  it('takes no longer than its length deserves', () => {
    const words = Array.from({ length: 20_000 }, () => 'a');
    quickly(() => matcher(`${'[a] '.repeat(30)}${'a '.repeat(30)}`).match(words, anyWord));
    quickly(() => matcher('{x} {y} {z} {x} {y} b').match(words, anyWord));
    quickly(() => matcher('((a|a a)|(a [a] [a])) '.repeat(20)).match(words, anyWord));
  });

  it('matches all the intents’ sentences against 100 kB at once', () => {
    const all: { template: TemplateNode; label: string }[] = sentences.map(({ template, source }) => ({
      template,
      label: source,
    }));
    const words = 'combien coûte la facture de '.repeat(4000).split(' ');
    quickly(() => new TemplateMatcher(all).match(words, anyWord));
  });
});
