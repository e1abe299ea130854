import { tokenize } from '../french/fold.ts';

/** A parsed template. A choice with an empty sequence among its options is optional. */
export type TemplateNode =
  | { kind: 'word'; word: string; said: string }
  | { kind: 'slot'; slot: string }
  | { kind: 'sequence'; nodes: TemplateNode[] }
  | { kind: 'choice'; options: TemplateNode[] };

/** Templates by name, which others include as `<name>`. */
export type TemplateRules = Readonly<Record<string, string>>;

const deepestNesting = 40;

/**
 * Parses a sentence template in hassil's syntax: `(a|b)` one of, `[a|b]` one of or nothing, `{slot}`, `<rule>`.
 * Throws a SyntaxError that says where.
 */
export function parseTemplate(source: string, rules: TemplateRules = {}): TemplateNode {
  return new TemplateParser(source, rules, 0).parse();
}

class TemplateParser {
  readonly #source: string;
  readonly #rules: TemplateRules;
  readonly #outerDepth: number;
  #at = 0;

  constructor(source: string, rules: TemplateRules, depth: number) {
    this.#source = source;
    this.#rules = rules;
    this.#outerDepth = depth;
  }

  parse(): TemplateNode {
    const node = this.#choice(this.#outerDepth);
    if (this.#at < this.#source.length) throw this.#error(`"${this.#source[this.#at]}" closes nothing`);
    return node;
  }

  #choice(depth: number): TemplateNode {
    if (depth > deepestNesting) throw this.#error('too deeply nested; does a rule include itself?');
    const options = [this.#sequence(depth)];
    while (this.#source[this.#at] === '|') {
      this.#at += 1;
      options.push(this.#sequence(depth));
    }
    const [only] = options;
    return options.length === 1 && only !== undefined ? only : { kind: 'choice', options };
  }

  #sequence(depth: number): TemplateNode {
    const nodes: TemplateNode[] = [];
    while (this.#at < this.#source.length && !/[|)\]]/.test(this.#source[this.#at] ?? '')) {
      nodes.push(...this.#item(depth));
    }
    return { kind: 'sequence', nodes };
  }

  #item(depth: number): TemplateNode[] {
    const opening = this.#source[this.#at];
    if (opening === '(' || opening === '[') {
      this.#at += 1;
      const inner = this.#choice(depth + 1);
      this.#expect(opening === '(' ? ')' : ']');
      return opening === '(' ? [inner] : [{ kind: 'choice', options: [inner, { kind: 'sequence', nodes: [] }] }];
    }
    if (opening === '{') return [{ kind: 'slot', slot: this.#name('}') }];
    if (opening === '<') return [this.#rule(this.#name('>'), depth)];
    return this.#words();
  }

  #rule(name: string, depth: number): TemplateNode {
    const rule = Object.hasOwn(this.#rules, name) ? this.#rules[name] : undefined;
    if (rule === undefined) throw this.#error(`there is no rule <${name}>`);
    return new TemplateParser(rule, this.#rules, depth + 1).parse();
  }

  #words(): TemplateNode[] {
    const from = this.#at;
    while (this.#at < this.#source.length && !/[|()[\]{}<>]/.test(this.#source[this.#at] ?? '')) this.#at += 1;
    const said = this.#source.slice(from, this.#at);
    if (this.#at === from) throw this.#error(`"${this.#source[from]}" is out of place`);
    const tokens = tokenize(said);
    return tokens.map((token, index) => ({
      kind: 'word',
      word: token.text,
      said: said.slice(token.start, tokens[index + 1]?.start).trim(),
    }));
  }

  #name(closing: string): string {
    const from = this.#at + 1;
    const end = this.#source.indexOf(closing, from);
    const name = this.#source.slice(from, end);
    if (end < 0 || !/^\w+$/.test(name)) throw this.#error('a name must be letters and underscores');
    this.#at = end + 1;
    return name;
  }

  #expect(closing: string): void {
    if (this.#source[this.#at] !== closing) throw this.#error(`"${closing}" is missing`);
    this.#at += 1;
  }

  #error(what: string): SyntaxError {
    return new SyntaxError(`template "${this.#source}", character ${this.#at + 1}: ${what}`);
  }
}

/** Says a template once: `pick(n)` chooses one of n options, `fill` says a slot. */
export function sayTemplate(
  node: TemplateNode,
  pick: (count: number) => number,
  fill: (slot: string) => string,
): string {
  const parts: string[] = [];
  const visit = (visited: TemplateNode): void => {
    if (visited.kind === 'word') parts.push(visited.said);
    else if (visited.kind === 'slot') parts.push(fill(visited.slot));
    else if (visited.kind === 'sequence') visited.nodes.forEach(visit);
    else {
      const option = visited.options[pick(visited.options.length)];
      if (option !== undefined) visit(option);
    }
  };
  visit(node);
  return parts
    .filter((part) => part !== '')
    .join(' ')
    .replace(/(['’-]) /g, '$1');
}

/** How many of the words that a wildcard may stand for are worth believing. */
const longestWildcard = 8;

/** What a slot may stand for, from word `at`: the ends of its spans; or any words, up to eight in a sentence. */
export type SlotEnds = (slot: string, at: number) => number[] | 'any-word';

export interface TemplateMatch<Label> {
  label: Label;
  /** Words that a wildcard took; the fewer, the surer. */
  wildcardWords: number;
}

interface State {
  free: number[];
  words: Map<string, number[]>;
  slots: { slot: string; to: number }[];
  accepts: number[];
}

/** Matches whole sentences of folded words against many templates at once: an automaton without backtracking, linear in the words. */
export class TemplateMatcher<Label> {
  readonly #labels: Label[] = [];
  readonly #states: State[] = [emptyState()];
  readonly #closed = new Map<number, State>();

  constructor(templates: Iterable<{ template: TemplateNode; label: Label }>) {
    for (const { template, label } of templates) {
      const start = this.#newState();
      this.#state(0).free.push(start);
      this.#state(this.#add(template, start)).accepts.push(this.#labels.length);
      this.#labels.push(label);
    }
  }

  /** Every template that is this sentence, the fewest wildcard words first. */
  match(words: readonly string[], slotEnds: SlotEnds): TemplateMatch<Label>[] {
    const active: Map<number, number>[] = [new Map([[0, 0]])];
    words.forEach((word, at) => {
      const reached = active[at];
      if (reached === undefined) return;
      for (const [state, cost] of reached) this.#step(state, cost, word, at, slotEnds, active);
    });
    const best = new Map<number, number>();
    for (const [state, cost] of active[words.length] ?? []) {
      for (const template of this.#close(state).accepts) best.set(template, Math.min(cost, best.get(template) ?? cost));
    }
    const matches = [...best].flatMap(([template, wildcardWords]) => {
      const label = this.#labels[template];
      return label === undefined ? [] : [{ label, wildcardWords }];
    });
    return matches.sort((a, b) => a.wildcardWords - b.wildcardWords);
  }

  #step(
    state: number,
    cost: number,
    word: string,
    at: number,
    slotEnds: SlotEnds,
    active: Map<number, number>[],
  ): void {
    const reach = (to: number, end: number, newCost: number): void => {
      active[end] ??= new Map();
      const known = active[end].get(to);
      if (known === undefined || newCost < known) active[end].set(to, newCost);
    };
    const { words, slots } = this.#close(state);
    for (const to of words.get(word) ?? []) reach(to, at + 1, cost);
    for (const { slot, to } of slots) {
      const ends = slotEnds(slot, at);
      if (ends !== 'any-word') for (const end of ends) reach(to, end, cost);
      else if (cost < longestWildcard) reach(this.#looped(slot, to), at + 1, cost + 1);
    }
  }

  /** The state inside a wildcard: it may take another word, or go on as `to` does. */
  readonly #loops = new Map<string, number>();
  #looped(slot: string, to: number): number {
    const key = `${slot} ${to}`;
    let loop = this.#loops.get(key);
    if (loop === undefined) {
      loop = this.#newState();
      this.#loops.set(key, loop);
      this.#state(loop).free.push(to);
      this.#state(loop).slots.push({ slot, to });
    }
    return loop;
  }

  #newState(): number {
    return this.#states.push(emptyState()) - 1;
  }

  #state(index: number): State {
    const state = this.#states[index];
    if (state === undefined) throw new RangeError(`template matcher: no state ${index}`);
    return state;
  }

  #add(node: TemplateNode, from: number): number {
    if (node.kind === 'sequence') return node.nodes.reduce((state, child) => this.#add(child, state), from);
    const to = this.#newState();
    if (node.kind === 'word') {
      const { words } = this.#state(from);
      words.set(node.word, [...(words.get(node.word) ?? []), to]);
    } else if (node.kind === 'slot') {
      this.#state(from).slots.push({ slot: node.slot, to });
    } else {
      for (const option of node.options) this.#state(this.#add(option, from)).free.push(to);
    }
    return to;
  }

  /** A state with all that can be reached from it without a word; worked out when first needed. */
  #close(start: number): State {
    const known = this.#closed.get(start);
    if (known !== undefined) return known;
    const closed = emptyState();
    const seen = new Set([start]);
    for (const index of seen) {
      const state = this.#state(index);
      for (const next of state.free) seen.add(next);
      for (const [word, to] of state.words) closed.words.set(word, [...(closed.words.get(word) ?? []), ...to]);
      closed.slots.push(...state.slots);
      closed.accepts.push(...state.accepts);
    }
    this.#closed.set(start, closed);
    return closed;
  }
}

function emptyState(): State {
  return { free: [], words: new Map(), slots: [], accepts: [] };
}
