import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, PyrosError, uniqueId } from '#platform';

/** 256 bits, as 43 letters, digits, `-` and `_`. */
const KEY = /^[\w-]{43}$/;
const BYTES = 32;
/** The rights of group and others. */
const STRANGERS = 0o077;

/** Where the key of a data folder lies. */
export function operatorKeyFile(dataFolder: string): string {
  return join(dataFolder, 'state', 'operator.key');
}

/**
 * The secret with which actions are let in on the web: read from its file, or made at random when there
 * is none. Its file belongs to the user who runs the unit, and nobody else may read it.
 *
 * @throws PyrosError `OPERATOR_KEY` when the file holds no key, or others may read it.
 */
export function operatorKey(dataFolder: string): string {
  const file = operatorKeyFile(dataFolder);
  return readKey(file) ?? makeKey(dataFolder, file);
}

function readKey(file: string): string | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw refused(file, 'cannot be read', error);
  }
  if ((statSync(file).mode & STRANGERS) !== 0) throw refused(file, 'can be read by others');
  const key = text.trim();
  if (!KEY.test(key)) throw refused(file, 'holds no key');
  return key;
}

/** Two that start together agree: the first to give its file that name has made the key. */
function makeKey(dataFolder: string, file: string): string {
  makeFolder(join(dataFolder, 'state'));
  const draft = `${file}.${uniqueId()}`;
  const key = randomBytes(BYTES).toString('base64url');
  writeFileSync(draft, `${key}\n`, { mode: 0o600, flag: 'wx' });
  chmodSync(draft, 0o600);
  try {
    linkSync(draft, file);
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readKey(file) ?? key;
  } finally {
    rmSync(draft, { force: true });
  }
}

function refused(file: string, why: string, cause?: unknown): PyrosError {
  return new PyrosError('OPERATOR_KEY', `The operator's key ${file} ${why}.`, {
    cause,
    remedy: 'Remove the file: the web server makes a new key when it starts.',
  });
}
