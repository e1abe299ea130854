import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { readArguments } from '../arguments.mjs';
import { CommandError } from '../entry.mjs';
import { ensureInstalled } from '../install.mjs';
import { buildRoot, projectRoot } from '../paths.mjs';
import { prepare } from '../prepare.mjs';

const note = (/** @type {string} */ line) => console.error(line);

/**
 * Measures the sections that are named, or all: a table each, and the same as JSON in `build/bench`.
 * @param {string[]} argv
 */
export async function main(argv) {
  const { positionals } = readArguments(argv, {}, { positionals: true });
  await ensureInstalled(note);
  const { sections } = await import('../../bench/sections.mjs');
  const names = positionals.length > 0 ? positionals : Object.keys(sections);
  const unknown = names.find((name) => !Object.hasOwn(sections, name));
  if (unknown !== undefined) {
    throw new CommandError(`Mesure inconnue : ${unknown}. Mesures possibles : ${Object.keys(sections).join(', ')}.`, 2);
  }
  const machine = describeMachine();
  console.log(
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}`,
  );
  let failed = 0;
  for (const name of names) {
    const section = sections[name];
    if (section && !(await runSection(name, section, machine))) failed += 1;
  }
  return failed === 0 ? 0 : 1;
}

/**
 * @param {string} name
 * @param {import('../../bench/sections.mjs').Section} section
 * @param {ReturnType<typeof describeMachine>} machine
 */
async function runSection(name, { about, needs, load }, machine) {
  console.log(`\n${name}: ${about}`);
  try {
    await prepare(needs, note);
    const { summarise, formatTable } = await import('../../bench/statistics.mjs');
    const result = await (await load()).measure({ note });
    const rows = result.measures.filter(({ samples }) => samples.length > 0).map(summarise);
    const [load1 = 0] = loadavg();
    console.log(formatTable(rows));
    console.log(`${load1.toFixed(1)} processes wanted to run in the last minute, this measure's own among them`);
    const folder = join(buildRoot, 'bench');
    mkdirSync(folder, { recursive: true });
    const report = {
      section: name,
      measuredAt: new Date().toISOString(),
      machine: { ...machine, load: load1 },
      versions: readVersions(),
      about: result.about ?? {},
      rows,
    };
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(report, null, 2)}\n`);
    return true;
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

function describeMachine() {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown processor',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.versions.node,
  };
}

/** The versions of what the measures hang on. */
function readVersions() {
  const { version, dependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  const names = ['onnxruntime-web', '@huggingface/transformers', '@echogarden/espeak-ng-emscripten'];
  return { lagrace: version, ...Object.fromEntries(names.map((name) => [name, dependencies[name]])) };
}
