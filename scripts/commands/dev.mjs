import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { readArguments, readPort } from '../arguments.mjs';
import { ensureInstalled } from '../install.mjs';
import { packagedFiles } from '../packs.mjs';
import { projectRoot } from '../paths.mjs';

/**
 * Serves the sources with Vite, which reloads what changes.
 * @param {string[]} argv
 */
export async function main(argv) {
  const { values } = readArguments(argv, {
    port: { type: 'string', value: 'N', help: 'le port ; 5173 si rien n’est dit' },
  });
  const port = readPort(values['port'], 5173);
  await ensureInstalled((line) => console.error(line));
  const { createServer } = await import('vite');
  const server = await createServer({ root: projectRoot, server: { port }, plugins: [servePackagedFiles()] });
  await server.listen();
  server.printUrls();
  await new Promise((done) => process.once('SIGINT', done).once('SIGTERM', done));
  await server.close();
  return 0;
}

/**
 * Serves the model files that packages ship, which a build copies.
 * @returns {import('vite').Plugin}
 */
function servePackagedFiles() {
  return {
    name: 'packaged-model-files',
    configureServer(server) {
      for (const { path, from } of packagedFiles()) {
        server.middlewares.use(`/models/${path}`, (_request, response) => {
          response.setHeader('content-type', 'application/octet-stream');
          createReadStream(join(projectRoot, from)).pipe(response);
        });
      }
    },
  };
}
