import type { Agreed, MirrorMemory } from './memory.ts';

/** What both sides agree on, known at once and kept a little later: what a power cut takes is found out again by looking. */
export interface Agreements {
  readonly common: ReadonlyMap<string, Agreed>;
  note(agreed: Agreed): void;
  /** Neither side has the file any more. */
  forget(path: string): void;
  flush(): Promise<void>;
}

const keptTogether = 200;

/** What both sides are known to have, beginning with what was kept; it is written to the memory many at a time. */
export function createAgreements(
  memory: Pick<MirrorMemory, 'agree' | 'forget'>,
  kept: ReadonlyMap<string, Agreed>,
): Agreements {
  const common = new Map(kept);
  let unkept: Agreed[] = [];
  const flush = async (): Promise<void> => {
    const keeping = unkept;
    unkept = [];
    if (keeping.length > 0) await memory.agree(keeping);
  };
  let flushing: Promise<unknown> = Promise.resolve();
  const later = (work: () => Promise<void>): void => {
    flushing = flushing.then(work).catch(() => undefined);
  };
  return {
    common,
    note(agreed) {
      common.set(agreed.path, agreed);
      unkept.push(agreed);
      if (unkept.length >= keptTogether) later(flush);
    },
    forget(path) {
      common.delete(path);
      unkept = unkept.filter((one) => one.path !== path);
      later(() => memory.forget(path));
    },
    async flush() {
      await flushing;
      await flush();
    },
  };
}
