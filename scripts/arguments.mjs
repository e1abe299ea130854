import { parseArgs } from 'node:util';
import { CommandError } from './entry.mjs';

/** @typedef {Record<string, {type: 'boolean' | 'string', value?: string, help: string}>} OptionList `value` names a string option's value; `help` is French */

/**
 * Reads a command's arguments, or says in one French line what is not understood (exit code 2). `--help` ends with the options, a
 * line each (exit code 0).
 * @param {string[]} argv
 * @param {OptionList} options
 * @param {{positionals?: boolean}} [allowed]
 * @returns {{values: Record<string, string | boolean | undefined>, positionals: string[]}}
 */
export function readArguments(argv, options, { positionals: allowPositionals = false } = {}) {
  const { tokens } = parseArgs({
    args: argv,
    options: shapes(options),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  /** @type {Record<string, string | boolean | undefined>} */
  const values = {};
  const positionals = [];
  for (const token of tokens) {
    if (token.kind === 'option') values[token.name] = readOption(token, options);
    if (token.kind === 'positional') positionals.push(token.value);
  }
  if (positionals.length > 0 && !allowPositionals) throw misuse(`« ${positionals[0]} » est en trop.`, options);
  return { values, positionals };
}

/**
 * @param {{name: string, rawName: string, value: string | undefined}} token
 * @param {OptionList} options
 */
function readOption({ name, rawName, value }, options) {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option && (rawName === '--help' || rawName === '-h')) throw new CommandError(explain(options), 0);
  if (!option) throw misuse(`Option inconnue : ${rawName}.`, options);
  if (option.type === 'boolean') {
    if (value !== undefined) throw misuse(`${rawName} ne prend pas de valeur.`, options);
    return true;
  }
  if (value === undefined || value === '' || value.startsWith('--'))
    throw misuse(`${rawName} attend une valeur.`, options);
  return value;
}

/** @param {OptionList} options */
function shapes(options) {
  return Object.fromEntries(Object.entries(options).map(([name, { type }]) => [name, { type }]));
}

/** @param {OptionList} options */
function explain(options) {
  const lines = Object.entries(options).map(([name, option]) => ({ spelling: spell(name, option), help: option.help }));
  if (lines.length === 0) return 'Cette commande n’a pas d’option.';
  const width = Math.max(...lines.map(({ spelling }) => spelling.length));
  return lines.map(({ spelling, help }) => `  ${spelling.padEnd(width)}  ${help}`).join('\n');
}

/**
 * @param {string} name
 * @param {{value?: string}} option
 */
function spell(name, { value }) {
  return `--${name}${value ? ` ${value}` : ''}`;
}

/**
 * @param {string} what
 * @param {OptionList} options
 */
function misuse(what, options) {
  const list = Object.entries(options).map(([name, option]) => spell(name, option));
  return new CommandError(list.length === 0 ? what : `${what} Options possibles : ${list.join(', ')}.`, 2);
}

/**
 * A port number out of an option.
 * @param {string | boolean | undefined} text
 * @param {number} fallback
 */
export function readPort(text, fallback) {
  if (text === undefined) return fallback;
  const port = typeof text === 'string' ? Number(text) : Number.NaN;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new CommandError(`--port attend un nombre de 0 à 65535, pas « ${text} ».`, 2);
  }
  return port;
}
