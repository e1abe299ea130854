import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));
const defaultFrom = path.join(projectRoot, 'node_modules', '@echogarden', 'espeak-ng-emscripten');
const defaultTo = path.join(projectRoot, 'build', 'espeak');

/** What French needs: espeak's common tables, French, and English, to which French switches for words such as "pulls". */
const kept = /\/(phontab|phonindex|phondata|intonations|fr_dict|en_dict|lang\/roa\/fr[^/]*|lang\/gmw\/en[^/]*)$/;

const metadataPattern = /\{files:\[([^\]]*)\],remote_package_size:(\d+)\}/;
const filePattern = /\{filename:"([^"]+)",start:(\d+),end:(\d+)\}/g;

/**
 * Cuts espeak-ng's 24 MB of languages down to French and English.
 * Reads `espeak-ng.js` and `espeak-ng.data` in `from`, the npm package; writes both into `to`, touching only what changed.
 * @param {{ from?: string, to?: string }} [folders]
 * @returns {Promise<{ script: string, data: string, files: string[], bytes: number }>} the files written, and what the data holds
 */
export async function cutEspeakData({ from = defaultFrom, to = defaultTo } = {}) {
  const [script, data] = await Promise.all([
    readFile(path.join(from, 'espeak-ng.js'), 'utf8'),
    readFile(path.join(from, 'espeak-ng.data')),
  ]);
  const cut = cutPackage(script, data);
  const written = { script: path.join(to, 'espeak-ng.js'), data: path.join(to, 'espeak-ng.data') };
  await mkdir(to, { recursive: true });
  await Promise.all([
    writeIfChanged(written.script, Buffer.from(cut.script, 'utf8')),
    writeIfChanged(written.data, cut.data),
  ]);
  return { ...written, files: cut.files, bytes: cut.data.length };
}

/**
 * The script holds the table of what lies where in the data: both are rewritten together.
 * @param {string} script
 * @param {Buffer} data
 */
function cutPackage(script, data) {
  const [metadata = '', files = '', size = ''] = metadataPattern.exec(script) ?? [];
  if (metadata === '') throw new Error('espeak-ng.js holds no table of files: its package changed, look at it again');
  if (Number(size) !== data.length) {
    throw new Error(`espeak-ng.data is ${data.length} bytes, its script says ${size}: install the package again`);
  }
  const keptFiles = [...files.matchAll(filePattern)]
    .map(([, name = '', start, end]) => ({ name, content: data.subarray(Number(start), Number(end)) }))
    .filter(({ name }) => kept.test(name));
  let offset = 0;
  const entries = keptFiles.map(({ name, content }) => {
    const start = offset;
    offset += content.length;
    return `{filename:"${name}",start:${start},end:${offset}}`;
  });
  return {
    script: script.replace(metadata, () => `{files:[${entries.join(',')}],remote_package_size:${offset}}`),
    data: Buffer.concat(keptFiles.map(({ content }) => content)),
    files: keptFiles.map(({ name }) => name),
  };
}

/**
 * Whole or not at all, since a server or another test may be reading the file.
 * @param {string} file
 * @param {Buffer} content
 */
async function writeIfChanged(file, content) {
  const present = await readFile(file).catch(() => null);
  if (present?.equals(content)) return;
  const part = `${file}.${process.pid}.part`;
  await writeFile(part, content);
  await rename(part, file);
}

/**
 * The cut espeak-ng for programs that run in Node: what `createEspeak` in src/ai/tts takes.
 * @returns {Promise<{ factory: import('../src/ai/tts/espeak.ts').EspeakFactory, data: ArrayBuffer }>}
 */
export async function importEspeak() {
  const { script, data } = await cutEspeakData();
  const { default: factory } = await import(pathToFileURL(script).href);
  return { factory, data: new Uint8Array(await readFile(data)).buffer };
}

/**
 * The whole of espeak-ng, with every language and voice, for tests in which many people speak.
 * @returns {Promise<{ factory: import('../src/tools/frozen-speech.ts').SpeakingEspeakFactory, data: ArrayBuffer }>}
 */
export async function importWholeEspeak() {
  const { default: factory } = await import(pathToFileURL(path.join(defaultFrom, 'espeak-ng.js')).href);
  return { factory, data: new Uint8Array(await readFile(path.join(defaultFrom, 'espeak-ng.data'))).buffer };
}

/**
 * Vite plugin: `virtual:espeak` is the factory of the cut espeak-ng, `virtual:espeak-data` the address at which its data is served.
 * Two modules, so that a page can hand the address to a worker without carrying espeak-ng itself.
 * @returns {import('vite').Plugin}
 */
export function espeak() {
  /** @type {ReturnType<typeof cutEspeakData> | undefined} */
  let cutting;
  return {
    name: 'espeak',
    resolveId: (id) => (id === 'virtual:espeak' || id === 'virtual:espeak-data' ? `\0${id}` : null),
    async load(id) {
      if (!id.startsWith('\0virtual:espeak')) return null;
      cutting ??= cutEspeakData();
      const { script, data } = await cutting;
      if (id === '\0virtual:espeak-data') return reExport(`${data}?url&no-inline`);
      return this.environment.config.consumer === 'client'
        ? withoutNode(await readFile(script, 'utf8'))
        : reExport(script);
    },
  };
}

/** @param {string} file */
function reExport(file) {
  return `export { default } from ${JSON.stringify(file.split(path.sep).join('/'))};`;
}

/**
 * What the script does in Node only, and the WebAssembly file it does not have, would make a bundler look for modules that are not there.
 * @param {string} script
 */
function withoutNode(script) {
  return script
    .replace('await import("module")', '{}')
    .replace('new URL("espeak-ng.wasm",import.meta.url).href', '"espeak-ng.wasm"');
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { files, bytes } = await cutEspeakData();
  console.log(`espeak-ng: ${files.length} files, ${Math.round(bytes / 1000)} kB of data in build/espeak`);
}
