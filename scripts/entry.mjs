// Every command begins here. This file imports nothing and keeps to old syntax, so that an old Node can still read it.

/** The releases that package.json's `engines` names: lowest minor of a major, and the major from which all will do. */
const lowestMinor = { 20: 19, 22: 12 };
const everyMajorFrom = 24;

/** A failure that the person at the keyboard can mend: its message is all they need, in French. */
export class CommandError extends Error {
  /**
   * @param {string} message
   * @param {number} [exitCode]
   */
  constructor(message, exitCode) {
    super(message);
    this.exitCode = exitCode === undefined ? 1 : exitCode;
  }
}

/**
 * What to say to a Node that is too old for this project, in one line; null when it will do.
 * @param {string} version as in `process.versions.node`
 * @returns {string | null}
 */
export function nodeTooOld(version) {
  const parts = version.split('.');
  const major = Number(parts[0]);
  const minor = Number(parts[1]);
  const lowest = lowestMinor[/** @type {keyof typeof lowestMinor} */ (major)];
  if (major >= everyMajorFrom || (lowest !== undefined && minor >= lowest)) return null;
  return `LaGrace a besoin de Node 20.19, 22.12 ou 24 (ou plus récent) ; celui-ci est le ${version}. Installez une version LTS depuis https://nodejs.org, puis relancez la commande.`;
}

/**
 * Runs one command to its exit code: 0 done, 1 failed, 2 not understood.
 * @param {() => Promise<{main: (argv: string[]) => Promise<number>}>} load imports the command, once Node is known to be able to
 */
export function runEntry(load) {
  const refusal = nodeTooOld(process.versions.node);
  if (refusal !== null) {
    console.error(refusal);
    process.exitCode = 1;
    return;
  }
  void load()
    .then((command) => command.main(process.argv.slice(2)))
    .catch((error) => {
      const expected = error instanceof CommandError;
      console.error(expected ? error.message : error);
      return expected ? error.exitCode : 1;
    })
    .then((exitCode) => {
      process.exitCode = exitCode;
      // What a command leaves open (a socket that lingers) must not keep its person waiting.
      setTimeout(() => process.exit(), 3000).unref();
    });
}
