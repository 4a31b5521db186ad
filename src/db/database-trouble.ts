import { PyrosError } from '#platform';

/** The server went away, does not answer, or does not take us for now. See `asTrouble`. */
const GONE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENETRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  '25P03', // a transaction in which nothing was done for too long
  '53300', // too many connections
  '57P01', // administrator shuts down
  '57P02', // another of its processes crashed
  '57P03', // it starts up or shuts down
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'ER_NORMAL_SHUTDOWN',
  'ER_CONNECTION_KILLED',
]);

/** Two transactions stood in each other's way and the server undid this one. */
const BUSY = new Set([
  '40001', // serialization failure
  '40P01', // deadlock
  '55P03', // lock not available
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_CHECKREAD', // the row was changed after the transaction's snapshot (innodb_snapshot_isolation)
]);

/** The disk of the database has no room. */
const FULL = new Set(['53100', 'ER_DISK_FULL', 'ER_RECORD_FILE_FULL']);
/** SQLITE_FULL, and what its files say when they cannot grow: SQLITE_IOERR_WRITE, _SHMSIZE. */
const SQLITE_FULL = new Set([13, 778, 4874]);

/** The drivers give some lost connections a sentence and no code. */
const GONE_SENTENCE =
  /^(connection terminated|client has encountered a connection error|timeout exceeded when trying to connect|timeout expired|can't (write in|add new command when connection is in) closed state)/i;

/** The class of SQLSTATE for connection exceptions. */
const CONNECTION_CLASS = /^08[0-9A-Z]{3}$/;

/**
 * What a driver's error means for the caller, as a PyrosError `DATABASE_GONE`, `DATABASE_BUSY` or
 * `DATABASE_FULL` with the error as its cause; any other error as it is.
 *
 * Codes: PostgreSQL's Appendix A, MariaDB's list of error codes, and those of Node's sockets.
 */
export function asTrouble(error: unknown): unknown {
  if (error instanceof PyrosError) return error;
  const code = codeOf(error);
  if (BUSY.has(code)) return busy('Two transactions stood in each other’s way', error);
  if (FULL.has(code) || SQLITE_FULL.has(sqliteCodeOf(error))) return full(error);
  return isLost(error) ? gone(error) : error;
}

/** What went wrong while the server was asked to keep something and did not say whether it did. */
export function asUnsure(error: unknown): unknown {
  return isLost(error) ? unsure(error) : asTrouble(error);
}

/** `DATABASE_BUSY`: nothing was kept; the same again may succeed. */
export function busy(sentence: string, cause: unknown): PyrosError {
  return new PyrosError('DATABASE_BUSY', `${sentence}; nothing was kept.`, {
    cause,
    remedy: 'Try again; if it stays, look which process keeps the database locked.',
  });
}

function full(cause: unknown): PyrosError {
  return new PyrosError('DATABASE_FULL', 'The disk of the database is full; nothing was kept.', {
    cause,
    remedy: 'Free space; agents go on by themselves.',
  });
}

/** `DATABASE_GONE`: the file that is open is no longer the one at its address. */
export function moved(file: string): PyrosError {
  return new PyrosError(
    'DATABASE_GONE',
    `${file} was deleted, moved or replaced while it was open.`,
    {
      remedy: 'Put it back, or stop the unit, restore a backup and start again.',
    },
  );
}

function gone(cause: unknown): PyrosError {
  return new PyrosError('DATABASE_GONE', `The database does not answer: ${sentence(cause)}.`, {
    cause,
    remedy: 'Start its server again; agents go on by themselves.',
  });
}

function unsure(cause: unknown): PyrosError {
  return new PyrosError(
    'DATABASE_UNSURE',
    `The connection broke before the database said whether it kept the change: ${sentence(cause)}.`,
    { cause, remedy: 'Look what is there before doing it again.' },
  );
}

const TROUBLES = ['DATABASE_BUSY', 'DATABASE_GONE', 'DATABASE_FULL'];

/** The database was busy, gone or full and surely kept nothing: wait, then repeat. */
export function isDatabaseTrouble(error: unknown): boolean {
  return error instanceof PyrosError && TROUBLES.includes(error.code);
}

/** Nobody knows whether the change was kept: look before repeating it. */
export function isUnsure(error: unknown): boolean {
  return error instanceof PyrosError && error.code === 'DATABASE_UNSURE';
}

/** PostgreSQL and MariaDB; SQLite says it in the extended code of its error. */
const DUPLICATE = new Set(['23505', 'ER_DUP_ENTRY']);
const SQLITE_DUPLICATE = new Set([2067, 1555]);

/** Another row has the same unique value; nothing was kept. */
export function isDuplicate(error: unknown): boolean {
  if (DUPLICATE.has(codeOf(error))) return true;
  return SQLITE_DUPLICATE.has(sqliteCodeOf(error));
}

/** SQLite's own extended code; NaN for any other error. */
function sqliteCodeOf(error: unknown): number {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) : Number.NaN;
}

function isLost(error: unknown): boolean {
  const code = codeOf(error);
  if (GONE.has(code) || CONNECTION_CLASS.test(code)) return true;
  return error instanceof Error && code === '' && GONE_SENTENCE.test(error.message);
}

/** A name that resolves to several addresses fails with one error for each. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : '';
}

function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text || codeOf(error);
}
