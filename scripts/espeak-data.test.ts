import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cutEspeakData, espeak } from './espeak-data.mjs';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'espeak-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('espeak-ng’s data, cut', () => {
  it('holds French, English and the tables they share, and is under a megabyte', async () => {
    const { files, bytes, data } = await cutEspeakData({ to: folder });
    const names = files.map((file) => file.replace('/usr/share/espeak-ng-data/', ''));
    for (const name of [
      'phontab',
      'phonindex',
      'phondata',
      'intonations',
      'fr_dict',
      'en_dict',
      'lang/roa/fr',
      'lang/gmw/en',
    ]) {
      expect(names).toContain(name);
    }
    for (const name of names) expect(name).toMatch(/^phon|^intonations|^(fr|en)_dict$|\/(fr|en)(-|$)/);
    expect(bytes).toBeLessThan(1_000_000);
    expect((await stat(data)).size).toBe(bytes);
  });

  it('is written once: a second run touches nothing', async () => {
    const { script, data } = await cutEspeakData({ to: folder });
    const before = await Promise.all([stat(script), stat(data)]);
    await cutEspeakData({ to: folder });
    const after = await Promise.all([stat(script), stat(data)]);
    expect(after.map(({ ino, mtimeMs }) => [ino, mtimeMs])).toEqual(before.map(({ ino, mtimeMs }) => [ino, mtimeMs]));
  });

  it('is refused when the script and the data of the package do not belong together', async () => {
    await writeFile(path.join(folder, 'espeak-ng.js'), 'loadPackage({files:[],remote_package_size:5})');
    await writeFile(path.join(folder, 'espeak-ng.data'), 'abc');
    await expect(cutEspeakData({ from: folder, to: folder })).rejects.toThrow('3 bytes');
    await writeFile(path.join(folder, 'espeak-ng.js'), 'export default 1');
    await expect(cutEspeakData({ from: folder, to: folder })).rejects.toThrow('no table of files');
  });

  it('comes with the app’s build: the page has the address alone, who runs espeak-ng has its code', async () => {
    await writeFile(path.join(folder, 'page.js'), "import address from 'virtual:espeak-data'; console.log(address);");
    await writeFile(path.join(folder, 'worker.js'), "import create from 'virtual:espeak'; console.log(create);");
    await build({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      plugins: [espeak()],
      build: {
        outDir: 'built',
        minify: false,
        rolldownOptions: {
          input: { page: path.join(folder, 'page.js'), worker: path.join(folder, 'worker.js') },
          output: { entryFileNames: '[name].js' },
        },
      },
    });
    const page = await readFile(path.join(folder, 'built', 'page.js'), 'utf8');
    const [, address = ''] = /"(\/assets\/espeak-ng-[\w-]+\.data)"/.exec(page) ?? [];
    expect((await stat(path.join(folder, 'built', address))).size).toBeLessThan(1_000_000);
    expect(page.length).toBeLessThan(5000);
    expect(await readFile(path.join(folder, 'built', 'worker.js'), 'utf8')).toContain('getPreloadedPackage');
    expect((await readdir(path.join(folder, 'built'), { recursive: true })).toSorted()).toEqual([
      'assets',
      path.join('assets', path.basename(address)),
      'page.js',
      'worker.js',
    ]);
  });
});
