import type { AgentMode } from './command.ts';
import { DEVICE_COMMAND, deviceText, isDeviceWord, parseDevice } from './device-grammar.ts';
import { type ParsedCommand, refuse, splitWord, understood } from './parsed-command.ts';

const LONGEST = 4000;
/** As long as the column of the name. */
const LONGEST_NAME = 50;
const NAME = /^[A-Za-z_]\w*$/;
/** A lone surrogate is no character, and not every database keeps it. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;

/** Reads what follows the word that names the command. */
type Reading = (rest: string) => ParsedCommand;

const MODES: ReadonlyMap<string, AgentMode> = new Map([
  ['active', 'ACTIVE'],
  ['idle', 'IDLE'],
]);

const GETS: ReadonlyMap<string, Reading> = new Map([
  ['status', alone('get_status')],
  ['mode', alone('get_mode')],
]);

const SETS: ReadonlyMap<string, Reading> = new Map([
  ['status', setMode],
  ['mode', setMode],
]);

const DOES: ReadonlyMap<string, Reading> = new Map([
  ['exit', alone('exit')],
  ['restart_init', alone('restart_init')],
  ['flush_commands', alone('flush_commands')],
  ['abort', (rest) => understood('abort', rest === '' ? null : plainText(rest))],
  ['eval', evaluation],
]);

/** First words with a meaning of their own; any other is a command of the recipient. */
const FIRST_WORDS: ReadonlyMap<string, Reading> = new Map([
  ...DOES,
  ['get', (rest) => oneOf('get', GETS, rest)],
  ['set', (rest) => oneOf('set', SETS, rest)],
  ['do', (rest) => oneOf('do', DOES, rest)],
  ['get_status', alone('get_status')],
  ['get_mode', alone('get_mode')],
  ['set_mode', setMode],
]);

/**
 * Reads a command as people type it.
 *
 * | text | name, payload | fact |
 * |---|---|---|
 * | `get status`, `get_status` | `get_status`, null | R-173 |
 * | `get mode`, `get_mode` | `get_mode`, null | R-173 |
 * | `set status active`, `set mode idle`, `set_mode IDLE` | `set_mode`, `'ACTIVE'` or `'IDLE'` | R-163, R-164, R-173 |
 * | `do exit`, `exit` | `exit`, null | R-156, R-173 |
 * | `do restart_init`, `restart_init` | `restart_init`, null | R-155, R-173 |
 * | `do abort`, `abort rain` | `abort`, the reason or null | R-149, R-173 |
 * | `do flush_commands`, `flush_commands` | `flush_commands`, null | R-173 |
 * | `do eval 2+2`, `eval 2+2` | `eval`, the expression | R-148, R-178 |
 * | `MOUNT START goto 83.63 22.01`, `CHAN VIS GET status` | `device`, see `DeviceOrder` | R-176 |
 * | `specific1`, `run_sequence {"sequenceId": 3}` | its first word, the rest | R-149 |
 *
 * These words are read in any case. What follows the name of a specific command is its payload: JSON
 * where it is JSON, else the text as it stands, null where there is nothing.
 */
export function parseCommandText(text: string): ParsedCommand {
  const fault = faultOf(text);
  if (fault) return refuse(fault);
  const { word, rest } = splitWord(text.trim());
  const reading = FIRST_WORDS.get(word.toLowerCase());
  if (reading) return reading(rest);
  return isDeviceWord(word) ? parseDevice(text.trim()) : specific(word, rest);
}

/**
 * The text of a command, which reads back as the same one: the shortest of its forms, as the guide
 * writes it (`eval 2+2`, `get status`, `set mode idle`, `MOUNT STOP`). A command that no text can
 * give, such as an `exit` with a payload, is shown with its payload in JSON.
 */
export function formatCommand({ name, payload }: { name: string; payload: unknown }): string {
  switch (name) {
    case 'get_status':
    case 'get_mode':
      return payload === null ? name.replace('_', ' ') : withPayload(name, payload);
    case 'set_mode':
      if (payload === 'ACTIVE' || payload === 'IDLE') return `set mode ${payload.toLowerCase()}`;
      return withPayload(name, payload);
    case 'abort':
    case 'eval':
      if (typeof payload !== 'string') return withPayload(name, payload);
      return `${name} ${readsAs(plainText, payload) ? payload : jsonText(payload)}`;
    case DEVICE_COMMAND:
      return printable(deviceText(payload)) ?? withPayload(name, payload);
    default:
      return withPayload(name, payload);
  }
}

/** The guide's words for a general command, and what they are today. */
const GENERIC: ReadonlyMap<string, string> = new Map([
  ['IDLE', 'set mode idle'],
  ['ACTIVE', 'set mode active'],
  ['STOP', 'do exit'],
  ['EXIT', 'do exit'],
  ['ABORT', 'do abort'],
  ['RESTART_INIT', 'do restart_init'],
  ['FLUSH_COMMANDS', 'do flush_commands'],
  ['EVAL', 'do eval'],
]);

/**
 * Reads a command in the guide's older form: a type and a message, for `EVAL` its
 * expression as a third. Words in any case; the argument may as well stand in the message.
 *
 * | type | message | reads as |
 * |---|---|---|
 * | `Generic` | `IDLE`, `ACTIVE` | `set mode idle`, `set mode active` |
 * | `Generic` | `STOP` or `EXIT` | `exit` |
 * | `Generic` | `ABORT`, `RESTART_INIT`, `FLUSH_COMMANDS`, `EVAL` and `3+4` | the same, in small letters |
 * | `Pyros` | `MOUNT START goto 83.63 22.01`, `CHAN VIS GET status` | the same |
 */
export function parseTypedCommand(type: string, message: string, argument = ''): ParsedCommand {
  const text = `${message} ${argument}`;
  const fault = faultOf(text);
  if (fault) return refuse(fault);
  switch (type.trim().toUpperCase()) {
    case 'GENERIC':
      return parseGeneric(text.trim());
    case 'PYROS':
      return parseDevice(text);
    default:
      return refuse(`"${type}" is no type of command: write Generic or Pyros.`);
  }
}

function parseGeneric(text: string): ParsedCommand {
  const { word, rest } = splitWord(text);
  const today = GENERIC.get(word.toUpperCase());
  if (today) return parseCommandText(`${today} ${rest}`);
  return refuse(`"${word}" is no Generic command: there are ${[...GENERIC.keys()].join(', ')}.`);
}

function faultOf(text: string): string | null {
  if (text.trim() === '') return 'The command is empty: write one, such as "get status".';
  if (text.length > LONGEST) {
    return `The command has ${text.length} characters: write at most ${LONGEST}.`;
  }
  const character = UNPRINTABLE.exec(text.trim())?.[0];
  if (character === undefined) return null;
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `The command holds a control character (U+${code}): write it in one line, with blanks.`;
}

function oneOf(verb: string, objects: ReadonlyMap<string, Reading>, rest: string): ParsedCommand {
  const { word, rest: after } = splitWord(rest);
  const reading = objects.get(word.toLowerCase());
  if (reading) return reading(after);
  const known = [...objects.keys()].map((object) => `"${verb} ${object}"`).join(', ');
  const own = verb === 'do' ? ' A command of the recipient itself goes without "do".' : '';
  const what = word === '' ? `"${verb}" says not what` : `"${verb} ${word}" does not exist`;
  return refuse(`${what}: there are ${known}.${own}`);
}

function alone(name: string): Reading {
  return (rest) =>
    rest === ''
      ? understood(name, null)
      : refuse(
          `"${formatCommand({ name, payload: null })}" takes nothing after it: leave "${rest}" out.`,
        );
}

function setMode(rest: string): ParsedCommand {
  const mode = MODES.get(rest.toLowerCase());
  if (mode) return understood('set_mode', mode);
  const what = rest === '' ? 'The mode is missing' : `"${rest}" is no mode`;
  return refuse(`${what}: write "set mode active" or "set mode idle".`);
}

function evaluation(rest: string): ParsedCommand {
  if (rest === '') return refuse('"eval" needs an expression: write one, such as "eval 2+2".');
  return understood('eval', plainText(rest));
}

function specific(name: string, rest: string): ParsedCommand {
  if (!NAME.test(name)) {
    const rule = 'a letter or _, then letters, digits and _';
    return refuse(`"${name}" cannot be the name of a command: a name is ${rule}.`);
  }
  if (name.length > LONGEST_NAME) {
    const much = `The name of the command has ${name.length} characters`;
    return refuse(`${much}: it may have ${LONGEST_NAME}.`);
  }
  return understood(name, rest === '' ? null : payloadOf(rest));
}

/** JSON where it is JSON, with finite numbers; else the text itself. */
function payloadOf(rest: string): unknown {
  let allFinite = true;
  const watch = (_key: string, value: unknown): unknown => {
    if (typeof value === 'number' && !Number.isFinite(value)) allFinite = false;
    return value;
  };
  try {
    const value: unknown = JSON.parse(rest, watch);
    return allFinite ? value : rest;
  } catch {
    return rest;
  }
}

/** The text itself, or what a JSON string stands for, so that every text can be written. */
function plainText(rest: string): string {
  const value = rest.startsWith('"') ? payloadOf(rest) : rest;
  return typeof value === 'string' ? value : rest;
}

function withPayload(name: string, payload: unknown): string {
  if (payload === null || payload === undefined) return name;
  const isBare = typeof payload === 'string' && readsAs(payloadOf, payload);
  return `${name} ${isBare ? payload : jsonText(payload)}`;
}

/** Whether the bare text can stand behind a name and reads back as itself. */
function readsAs(reading: (rest: string) => unknown, text: string): boolean {
  return text !== '' && text.trim() === text && printable(text) !== null && reading(text) === text;
}

function printable(text: string | null): string | null {
  return text === null || UNPRINTABLE.test(text) ? null : text;
}

/** JSON escapes no character above U+007E, but some of them are control characters too. */
function jsonText(value: unknown): string {
  const escaped = (character: string) =>
    `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return (JSON.stringify(value) ?? 'null').replace(/\p{Cc}/gu, escaped);
}
