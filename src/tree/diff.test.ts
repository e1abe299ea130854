import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreements, diff, type LastCommon, type SideName, type TreeAction } from './diff.ts';

/** Fake content is its own digest. */
interface Tree {
  name: string;
  files: Map<string, { sha256: string; mtime: number }>;
  deleted: Set<string>;
}
type Common = Map<string, { mine: string; theirs: string }>;

const runs = process.env['LAWS'] === 'long' ? 100_000 : 2000;
const treeOf = (
  name: string,
  files: Record<string, [sha256: string, mtime: number]> = {},
  deleted: string[] = [],
): Tree => ({
  name,
  files: new Map(Object.entries(files).map(([path, [sha256, mtime]]) => [path, { sha256, mtime }])),
  deleted: new Set(deleted),
});
const sideOf = (tree: Tree, keeps: (path: string) => boolean = () => false, wants: () => boolean = () => true) => ({
  name: tree.name,
  entries: [...tree.files].map(([path, { sha256, mtime }]) => ({ path, size: 1, mtime, sha256 })),
  deleted: [...tree.deleted].map((path) => ({ path })),
  wants,
  keeps,
});
const plan = (mine: Tree, theirs: Tree, common: LastCommon) => diff(sideOf(mine), sideOf(theirs), common);

function put(tree: Tree, path: string, file: { sha256: string; mtime: number }): void {
  tree.files.set(path, file);
  tree.deleted.delete(path);
}

/** The steps of an action as a client takes them; a power cut may come between any two. */
function* stepsOf(action: TreeAction, trees: Record<SideName, Tree>, common: Common): Generator<void> {
  const agree = (path: string, sha256: string): void => void common.set(path, { mine: sha256, theirs: sha256 });
  if (action.kind === 'copy') {
    put(trees[action.to], action.path, action.file);
    yield;
    agree(action.path, action.file.sha256);
    yield;
  } else if (action.kind === 'delete') {
    trees[action.at].files.delete(action.path);
    trees[action.at].deleted.add(action.path);
    yield;
    common.delete(action.path);
    yield;
  } else if (action.kind === 'conflict') {
    for (const side of ['mine', 'theirs'] as const) {
      put(trees[side], action.keptAs, action.lost);
      yield;
    }
    agree(action.keptAs, action.lost.sha256);
    put(trees[action.winner === 'mine' ? 'theirs' : 'mine'], action.path, action.won);
    yield;
    agree(action.path, action.won.sha256);
    yield;
  }
}

/** Applies actions until they are done or the power fails. */
function apply(actions: TreeAction[], trees: Record<SideName, Tree>, common: Common, steps = Number.POSITIVE_INFINITY) {
  let left = steps;
  for (const action of actions) {
    for (const _ of stepsOf(action, trees, common)) {
      left -= 1;
      if (left < 0) return;
    }
  }
}

const contents = (tree: Tree) => Object.fromEntries([...tree.files].sort().map(([path, { sha256 }]) => [path, sha256]));
const digests = (...trees: Tree[]) =>
  new Set(trees.flatMap(({ files }) => [...files.values()].map((file) => file.sha256)));

const paths = ['a.txt', 'b', 'd/e.json', 'd/f', 'cache/ai/m.onnx'];
const awkwardPaths = [...paths, 'A.txt', 'b/c', 'D/e.json', 'cache/ai/tmp/x', 'd/f.part'];
const change = (among: string[]) =>
  fc.record({
    side: fc.constantFrom('mine', 'theirs'),
    path: fc.constantFrom(...among),
    deed: fc.constantFrom('write', 'write', 'delete', 'evict'),
    content: fc.constantFrom('1', '2', '3'),
    mtime: fc.integer({ min: 0, max: 3 }),
  });
type Change = { side: string; path: string; deed: string; content: string; mtime: number };

function perform(tree: Tree, { path, deed, content, mtime }: Change): void {
  if (deed === 'write') put(tree, path, { sha256: `${path}:${content}`, mtime });
  else if (tree.files.delete(path) && deed === 'delete') tree.deleted.add(path);
}

/** Two trees that agreed once, and what each side did since. */
function scene(before: Change[], since: Change[]) {
  const trees = { mine: treeOf('comptoir-1'), theirs: treeOf('disque') };
  const common: Common = new Map();
  for (const one of before) perform(trees[one.side === 'mine' ? 'mine' : 'theirs'], one);
  apply(plan(trees.mine, trees.theirs, common), trees, common);
  for (const one of since) perform(trees[one.side === 'mine' ? 'mine' : 'theirs'], one);
  return { trees, common };
}
const history = (among = paths) =>
  [fc.array(change(among), { maxLength: 8 }), fc.array(change(among), { maxLength: 8 })] as const;
const copyOf = (tree: Tree): Tree => ({ name: tree.name, files: new Map(tree.files), deleted: new Set(tree.deleted) });

function settle(trees: Record<SideName, Tree>, common: Common): TreeAction[] {
  const agreed = agreements(sideOf(trees.mine).entries, sideOf(trees.theirs).entries);
  for (const [path, sha256] of agreed) common.set(path, { mine: sha256, theirs: sha256 });
  apply(plan(trees.mine, trees.theirs, common), trees, common);
  return plan(trees.mine, trees.theirs, common);
}

describe('whatever both sides did', () => {
  it('leaves equal trees, and nothing more to do', () => {
    fc.assert(
      fc.property(...history(), (before, since) => {
        const { trees, common } = scene(before, since);
        expect(settle(trees, common)).toEqual([]);
        expect(contents(trees.mine)).toEqual(contents(trees.theirs));
      }),
      { numRuns: runs },
    );
  });

  it('loses nothing that a side wrote, but what the other, who had it, replaced or deleted on purpose', () => {
    fc.assert(
      fc.property(...history(), (before, since) => {
        const { trees, common } = scene(before, since);
        const replaced = ([path, { mine: sha256 }]: [string, { mine: string }]): boolean =>
          [trees.mine, trees.theirs].some(({ files, deleted }) =>
            files.has(path) ? files.get(path)?.sha256 !== sha256 : deleted.has(path),
          );
        const mayGo = new Set([...common].filter(replaced).map(([, { mine }]) => mine));
        const written = digests(trees.mine, trees.theirs);
        settle(trees, common);
        for (const sha256 of written) if (!mayGo.has(sha256)) expect(digests(trees.mine)).toContain(sha256);
      }),
      { numRuns: runs },
    );
  });

  it('is the same seen from the other side', () => {
    const exchange = (name: SideName): SideName => (name === 'mine' ? 'theirs' : 'mine');
    const exchanged = (action: TreeAction): TreeAction => {
      if (action.kind === 'copy') return { ...action, to: exchange(action.to) };
      if (action.kind === 'delete') return { ...action, at: exchange(action.at) };
      if (action.kind === 'conflict') return { ...action, winner: exchange(action.winner) };
      if (action.kind === 'merge') return { ...action, mine: action.theirs, theirs: action.mine };
      return action;
    };
    fc.assert(
      fc.property(...history([...awkwardPaths, 'logs/ai.log']), (before, since) => {
        const { trees, common } = scene(before, since);
        const mirrored = new Map([...common].map(([path, { mine, theirs }]) => [path, { mine: theirs, theirs: mine }]));
        expect(plan(trees.theirs, trees.mine, mirrored).map(exchanged)).toEqual(plan(trees.mine, trees.theirs, common));
      }),
      { numRuns: runs },
    );
  });

  it('comes to the same end when the power fails at any step', () => {
    fc.assert(
      fc.property(...history(), fc.array(fc.nat(6), { maxLength: 4 }), (before, since, cuts) => {
        const { trees, common } = scene(before, since);
        const written = digests(trees.mine, trees.theirs);
        const kept = digests(...Object.values(calm(trees, common)));
        for (const steps of cuts) apply(plan(trees.mine, trees.theirs, common), trees, common, steps);
        expect(settle(trees, common)).toEqual([]);
        expect(contents(trees.mine)).toEqual(contents(trees.theirs));
        for (const sha256 of kept) expect(digests(trees.mine)).toContain(sha256);
        for (const sha256 of digests(trees.mine)) expect(written).toContain(sha256);
      }),
      { numRuns: runs },
    );
  });

  it('never sends a content to a side that has it under that path', () => {
    fc.assert(
      fc.property(...history(), (before, since) => {
        const { trees, common } = scene(before, since);
        for (const action of plan(trees.mine, trees.theirs, common)) {
          if (action.kind === 'copy')
            expect(trees[action.to].files.get(action.path)?.sha256).not.toBe(action.file.sha256);
        }
      }),
      { numRuns: runs },
    );
  });

  it('deletes only what was deleted on purpose, and unchanged since', () => {
    fc.assert(
      fc.property(...history(), (before, since) => {
        const { trees, common } = scene(before, since);
        for (const action of plan(trees.mine, trees.theirs, common)) {
          if (action.kind !== 'delete') continue;
          const other = action.at === 'mine' ? 'theirs' : 'mine';
          expect(trees[other].deleted).toContain(action.path);
          expect(common.get(action.path)?.mine).toBe(trees[action.at].files.get(action.path)?.sha256);
        }
      }),
      { numRuns: runs },
    );
  });

  it('leaves where it is what the other disk could not hold beside its own, and mirrors the rest', () => {
    fc.assert(
      fc.property(...history(awkwardPaths), (before, since) => {
        const { trees, common } = scene(before, since);
        const written = { mine: copyOf(trees.mine), theirs: copyOf(trees.theirs) };
        settle(trees, common);
        const left = settle(trees, common);
        expect(left.every(({ kind }) => kind === 'blocked')).toBe(true);
        for (const { path } of left) {
          const holder = written.mine.files.has(path) ? 'mine' : 'theirs';
          expect(trees[holder].files.has(path)).toBe(true);
        }
      }),
      { numRuns: runs },
    );
  });
});

/** The end of a sync that nothing disturbed, on copies. */
function calm(trees: Record<SideName, Tree>, common: Common): Record<SideName, Tree> {
  const copies = { mine: copyOf(trees.mine), theirs: copyOf(trees.theirs) };
  apply(plan(copies.mine, copies.theirs, common), copies, new Map(common));
  return copies;
}

it('brings several counters to the same tree through one disk, in whatever order they meet it', () => {
  const counters = 3;
  const deed = fc.record({ ...{ counter: fc.nat(counters) }, one: change(paths), meets: fc.boolean() });
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 20 }), (deeds) => {
      const disk = treeOf('disque');
      const all = Array.from({ length: counters }, (_, index) => ({
        tree: treeOf(`comptoir-${index + 1}`),
        common: new Map() as Common,
      }));
      const meet = ({ tree, common }: (typeof all)[number]): TreeAction[] =>
        settle({ mine: tree, theirs: disk }, common);
      for (const { counter, one, meets } of deeds) {
        const chosen = all[counter];
        perform(chosen?.tree ?? disk, one);
        if (meets && chosen) meet(chosen);
      }
      // A deletion that nobody else saw yet takes a round to each of its holders.
      for (let round = 0; round <= counters; round += 1) for (const counter of all) meet(counter);
      for (const counter of all) {
        expect(plan(counter.tree, disk, counter.common)).toEqual([]);
        expect(contents(counter.tree)).toEqual(contents(disk));
      }
    }),
    { numRuns: runs / 4 },
  );
});

describe('one file', () => {
  const nothing: LastCommon = new Map();
  const agreed = (path: string, sha256: string): LastCommon => new Map([[path, { mine: sha256, theirs: sha256 }]]);
  const day = new Date(2026, 10, 22, 14).getTime();

  it('that both changed: the later one wins, the other is kept beside it', () => {
    const mine = treeOf('comptoir-2', { 'papiers/horaires.md': ['old', day] });
    const theirs = treeOf('disque', { 'papiers/horaires.md': ['new', day + 1] });
    expect(plan(mine, theirs, nothing)).toMatchObject([
      { kind: 'conflict', winner: 'theirs', keptAs: 'papiers/horaires (conflit 2026-11-22 comptoir-2).md' },
    ]);
  });

  it('keeps both losers when two conflicts on a day would take one name', () => {
    const taken = 'a (conflit 2026-11-22 comptoir-2).txt';
    const mine = treeOf('comptoir-2', { 'a.txt': ['old', day], [taken]: ['other', day] });
    const theirs = treeOf('disque', { 'a.txt': ['new', day + 1], [taken]: ['other', day] });
    expect(plan(mine, theirs, nothing)).toMatchObject([{ keptAs: 'a (conflit 2026-11-22 comptoir-2 2).txt' }]);
  });

  it('keeps the name of a loser short enough for a disk', () => {
    const path = `${'é'.repeat(120)}.json`;
    const [action] = plan(
      treeOf('comptoir-2', { [path]: ['old', 1] }),
      treeOf('disque', { [path]: ['new', 2] }),
      nothing,
    );
    const keptAs = action?.kind === 'conflict' ? action.keptAs : '';
    expect(new TextEncoder().encode(keptAs).length).toBeLessThanOrEqual(250);
    expect(keptAs).toMatch(/ comptoir-2\)\.json$/);
  });

  it('that was evicted here comes back, and stays there', () => {
    const theirs = treeOf('disque', { a: ['1', 1] });
    expect(plan(treeOf('comptoir-1'), theirs, agreed('a', '1'))).toMatchObject([{ kind: 'copy', to: 'mine' }]);
  });

  it('that was deleted there on purpose goes here as well', () => {
    const mine = treeOf('comptoir-1', { a: ['1', 1] });
    expect(plan(mine, treeOf('disque', {}, ['a']), agreed('a', '1'))).toMatchObject([{ kind: 'delete', at: 'mine' }]);
  });

  it('that is in use outlives its deletion elsewhere', () => {
    const mine = sideOf(treeOf('comptoir-1', { a: ['1', 1] }), (path) => path === 'a');
    const theirs = sideOf(treeOf('disque', {}, ['a']));
    expect(diff(mine, theirs, agreed('a', '1'))).toMatchObject([{ kind: 'copy', to: 'theirs' }]);
  });

  it('that this side does not want is left where it is', () => {
    const unwanting = sideOf(treeOf('comptoir-1'), undefined, () => false);
    expect(diff(unwanting, sideOf(treeOf('disque', { 'x.pkl': ['1', 1] })), nothing)).toEqual([]);
  });

  it('that a log is gets merged, and then left alone until a side writes again', () => {
    const mine = treeOf('comptoir-1', { 'logs/ai.log': ['m', 1] });
    const theirs = treeOf('disque', { 'logs/ai.log': ['t', 2] });
    expect(plan(mine, theirs, nothing)).toMatchObject([{ kind: 'merge' }]);
    expect(plan(mine, theirs, new Map([['logs/ai.log', { mine: 'm', theirs: 't' }]]))).toEqual([]);
  });
});
