/** @typedef {{path: string, size: number}} SyncFile */
/** What a page of the office gives a test. @typedef {{lagraceOffice: {files: import('../../src/storage/tree/tree.ts').Tree}}} PageGlobals */
/**
 * The part of the browser's own files that is used here.
 * @typedef {{getDirectoryHandle(name: string): Promise<Folder>, getFileHandle(name: string): Promise<{getFile(): Promise<Blob>}>}} Folder
 */
/** @typedef {{navigator: {storage: {getDirectory(): Promise<Folder>}}}} StorageGlobals */

// Each of these runs in the page alone: it knows nothing of this module.

/**
 * Writes the files into the browser's tree; nothing could compress their content.
 * @param {SyncFile[]} files
 */
export async function fill(files) {
  const { files: tree } = /** @type {PageGlobals} */ (/** @type {unknown} */ (globalThis)).lagraceOffice;
  const noise = new Uint8Array(1 << 16);
  crypto.getRandomValues(noise);
  let next = 0;
  const work = async () => {
    for (let file = files[next++]; file; file = files[next++]) {
      const { path, size } = file;
      const parts = Array.from({ length: Math.ceil(size / noise.length) }, () => noise);
      const content = new Blob([path, ...parts]).slice(0, size);
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await content.arrayBuffer()));
      const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
      await tree.write(path, content, { size, sha256 });
    }
  };
  await Promise.all([work(), work(), work(), work()]);
}

/**
 * Sends files of the browser's own storage without any care, from a page that has no mirror; gives milliseconds.
 * @param {SyncFile[]} files
 */
export async function putPlainly(files) {
  const { storage } = /** @type {StorageGlobals} */ (/** @type {unknown} */ (globalThis)).navigator;
  const root = await storage.getDirectory();
  const from = performance.now();
  let next = 0;
  const work = async () => {
    for (let file = files[next++]; file; file = files[next++]) {
      const names = file.path.split('/');
      const name = /** @type {string} */ (names.pop());
      let folder = root;
      for (const step of names) folder = await folder.getDirectoryHandle(step);
      const body = await (await folder.getFileHandle(name)).getFile();
      const response = await fetch(`/api/files/${file.path}`, { method: 'PUT', body });
      if (!response.ok) throw new Error(`PUT ${file.path}: ${response.status}`);
      await response.arrayBuffer();
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  return performance.now() - from;
}

/**
 * Resolves when the browser's tree has so many files of `papers/`.
 * @param {number} count
 */
export async function waitForAll(count) {
  const { files: tree } = /** @type {PageGlobals} */ (/** @type {unknown} */ (globalThis)).lagraceOffice;
  const paths = new Set();
  await new Promise((resolve) => {
    const note = (/** @type {string} */ path) => {
      if (path.startsWith('papers/')) paths.add(path);
      if (paths.size >= count) resolve(null);
    };
    tree.subscribe(({ path, entry }) => entry && note(path));
    void tree.list().then((entries) => {
      for (const { path } of entries) note(path);
    });
  });
}
