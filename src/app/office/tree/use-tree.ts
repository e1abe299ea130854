import { useCallback, useEffect, useState } from 'react';
import type { TreeEntry } from '../../../schema/tree.ts';
import { findUnused } from '../../../storage/clean-up.ts';
import type { CompanionClient } from '../../../storage/companion-client.ts';
import { type OfficeParts, useOffice } from '../office-parts.ts';
import { type FileRow, rowsOf } from './rows.ts';

/** Changes come in swarms: the list follows them at this pace. */
const followMs = 400;
const listMs = 10_000;

/** The files of both sides, followed as they change; null until they are known. `reload` looks at once. */
export function useTree(): { rows: FileRow[] | null; reload: () => Promise<void> } {
  const office = useOffice();
  const [rows, setRows] = useState<FileRow[] | null>(null);
  const reload = useCallback(async () => setRows(await readRows(office)), [office]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const look = (): void => {
      timer = null;
      reload().catch((thrown: unknown) => office.log.warn('the files could not be listed', thrown));
    };
    const soon = (): void => {
      timer ??= setTimeout(look, followMs);
    };
    look();
    const stops = [office.storage.files.tree.subscribe(soon), office.mirror.state.subscribe(soon)];
    return () => {
      for (const stop of stops) stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [office, reload]);
  return { rows, reload };
}

async function readRows({ storage, mirror, companion, isInUse, now }: OfficeParts): Promise<FileRow[]> {
  const { tree } = storage.files;
  const isThere = mirror.state.getState().status?.companion === 'there';
  const [mine, unused, theirs] = await Promise.all([
    tree.list(),
    findUnused({ tree, isInUse, now: now() }),
    isThere ? listRemote(companion) : null,
  ]);
  return rowsOf({ mine, theirs, isInUse, unused: new Set(unused.map(({ path }) => path)) });
}

/** Null when the companion does not answer; the strip says so already. */
async function listRemote(companion: CompanionClient): Promise<TreeEntry[] | null> {
  try {
    return (await companion.listTree({ signal: AbortSignal.timeout(listMs) })).entries;
  } catch {
    return null;
  }
}
