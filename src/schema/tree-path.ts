const reservedOnWindows = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i;
/** Characters that Windows refuses in a name; a colon would open an alternate data stream. */
const refusedOnWindows = /[<>:"|?*\\]/;
const maxPathBytes = 1024;
const maxNameBytes = 255;
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
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (/[\u0000-\u001f\u007f]/.test(name)) return 'has a control character';
  if (refusedOnWindows.test(name)) return 'has a character that Windows refuses';
  if (/%(2e|2f|5c|00|25)/i.test(name)) return 'is encoded twice';
  if (/[. ]$/.test(name)) return 'has a name that ends with a dot or a space';
  if (reservedOnWindows.test(name)) return 'has the name of a Windows device';
  if (encoder.encode(name).length > maxNameBytes) return `has a name longer than ${maxNameBytes} bytes`;
  return null;
}
