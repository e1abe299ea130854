import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TillAddress } from '../../companion/upstream/address.ts';
import { appRoot, nodeRoot } from '../../scripts/paths.mjs';

/** A companion in a process of its own, which can be killed like one that loses its power. */
export interface CompanionProcess {
  url: string;
  kill(): Promise<void>;
}

const running = new Set<ChildProcess>();

/** Serves the built app and the folder `root`; `port` 0 takes any free one. `upstream` is the till to work for. */
export async function startCompanion(root: string, port = 0, upstream?: TillAddress): Promise<CompanionProcess> {
  const program = `
    const { createCompanion } = await import(${JSON.stringify(pathToFileURL(join(nodeRoot, 'companion.js')).href)});
    const companion = await createCompanion(${JSON.stringify({ appFolder: appRoot, port, root, upstream })});
    console.log(companion.url);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  const ended = once(child, 'exit');
  const said = once(child.stdout.setEncoding('utf8'), 'data');
  const [line] = await Promise.race([said, ended.then(() => Promise.reject(new Error('the companion did not start')))]);
  return {
    url: String(line).trim(),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
      running.delete(child);
    },
  };
}

export function killCompanions(): void {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
}
