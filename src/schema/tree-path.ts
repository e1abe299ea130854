const reservedOnWindows = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i;
/** Characters that Windows refuses in a name; a colon would open an alternate data stream. */
const refusedOnWindows = /[<>:"|?*\\]/;
const maxPathBytes = 1024;
/** Disks hold 255; `.part` is put behind a name while its file is written. */
const maxNameBytes = 250;
/** `GLOWFL~1` is another name of `.glowflix` on Windows. */
const shortNameOfWindows = /^(?=[^.]{1,8}(\.|$))[^.]{1,6}~\d{1,6}(\.[^.]{0,3})?$/;
const encoder = new TextEncoder();

/**
 * Why `path` cannot be a path of the tree, in English, or null. A path is relative, in NFC, with `/` between names that
 * every disk and the browser can hold. Nothing is decoded here: what comes from an address is decoded once before.
 */
export function treePathProblem(path: string): string | null {
  if (path === '') return 'is empty';
  if (/\p{Surrogate}/u.test(path)) return 'is not valid Unicode';
  if (path !== path.normalize('NFC')) return 'is not in normal form C';
  if (encoder.encode(path).length > maxPathBytes) return `is longer than ${maxPathBytes} bytes`;
  for (const name of path.split('/')) {
    const problem = nameProblem(name);
    if (problem) return problem;
  }
  return null;
}

function nameProblem(name: string): string | null {
  if (name === '') return 'has an empty name: it starts or ends with a slash, or has two in a row';
  if (name === '.' || name === '..') return 'has a step';
  if ([...name].some(isControl)) return 'has a control character';
  if (refusedOnWindows.test(name)) return 'has a character that Windows refuses';
  if (/%(2e|2f|5c|00|25)/i.test(name)) return 'is encoded twice';
  if (/[. ]$/.test(name)) return 'has a name that ends with a dot or a space';
  if (reservedOnWindows.test(name)) return 'has the name of a Windows device';
  if (shortNameOfWindows.test(name)) return 'has a short name of Windows';
  if (encoder.encode(name).length > maxNameBytes) return `has a name longer than ${maxNameBytes} bytes`;
  return null;
}

function isControl(character: string): boolean {
  return character < ' ' || character === '\u007f';
}

const ownFolders = ['.glowflix', 'database', 'backups', 'cache/ai/tmp', '$recycle.bin', 'system volume information'];
/** What systems and programs leave in folders, half-written files, and the log's older files, which each side turns by itself. */
const neverMirrored =
  /(^|\/)(\.ds_store|thumbs\.db|desktop\.ini|\._[^/]*|~\$[^/]*|lost\+found)(\/|$)|\.part(\/|$)|^logs\/ai\.log\.\d+$/;

/** Whether the file at `path` belongs to the tree that browsers and disk have in common. */
export function isMirrored(path: string): boolean {
  const folded = foldPath(path);
  if (neverMirrored.test(folded)) return false;
  return !ownFolders.some((folder) => folded === folder || folded.startsWith(`${folder}/`));
}

/** Two paths that give the same name here are one file on a disk that does not tell capitals from small letters. */
export function foldPath(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
