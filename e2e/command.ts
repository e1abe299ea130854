import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../scripts/paths.mjs';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}
export interface Running {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** Resolves with what stdout says once it matches. */
  said: (pattern: RegExp) => Promise<RegExpExecArray>;
}

const running = new Set<ChildProcess>();

/** Ends, without a word, the commands that a test has left running. */
export function killCommands(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Starts one of the project's commands, as npm does. */
export function command(name: string, ...args: string[]): Running {
  // Playwright asks for colours; with a person's NO_COLOR beside it, Node would write a warning of its own.
  const { FORCE_COLOR: _, ...env } = process.env;
  const child = spawn(process.execPath, [join(projectRoot, 'scripts', `${name}.mjs`), ...args], {
    cwd: projectRoot,
    env,
  });
  running.add(child);
  const output = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code, ...output });
    });
  });
  return {
    child,
    ended,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(output.stdout);
          if (found) resolve(found);
        };
        listeners.add(look);
        look();
        void ended.then(({ stderr }) => reject(new Error(`${name} ended without saying ${pattern}: ${stderr}`)));
      }),
  };
}
