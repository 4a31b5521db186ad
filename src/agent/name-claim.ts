import { type Database, isDatabaseTrouble, isUnsure } from '#db';
import { type Clock, PyrosError } from '#platform';
import type { AgentMode } from './command.ts';
import { SilenceWatch } from './silence-watch.ts';
import {
  claimName,
  isAlive,
  NOT_STARTED,
  readSurvey,
  STOPPED,
  type Survey,
} from './survey-store.ts';

/** Silent for this long by the watch of whoever waits for its name, an agent is taken for dead. */
export const SILENCE_SECONDS = 15;
/** Whoever stands by looks this often, seconds. */
const LOOK_SECONDS = 1;
/** A claim by silence is made within this, seconds, or not at all. */
const PROMPT_SECONDS = 2;
/** A database that is away for longer than this, seconds, is told to who does not stand by. */
const PATIENCE_SECONDS = 60;
/** What a life says of itself counts for this long when nothing newer comes. */
export const SURVEY_VALIDITY_SECONDS = 60;

export interface Claimant {
  readonly name: string;
  readonly pid: number;
  readonly host: string;
  /** Waits for the present holder to die, instead of giving up. */
  readonly standby: boolean;
  readonly clock: Clock;
  readonly database: Database;
  /** Told once when the wait begins. */
  readonly waiting: (holder: Survey) => void;
}

/** A life of a name: only the newest may write in it. */
export interface Life {
  readonly incarnation: number;
  /** Of a life that died, the mode that somebody had set is kept. */
  readonly mode: AgentMode;
}

/**
 * Takes an agent's name for a new life. Two lives of one name would do everything twice.
 *
 * A holder whose word is out of date, or dated in the future, by this computer's clock is neither
 * trusted nor taken for dead: it is listened to for as long as whoever stands by does.
 *
 * @throws PyrosError `AGENT_NAME_TAKEN` when another life holds it and this one does not stand by;
 * what the database raises when it stays away for a minute, unless this one stands by.
 */
export async function claim(claimant: Claimant, signal: AbortSignal): Promise<Life> {
  const { clock, standby } = claimant;
  const watch = new SilenceWatch(clock, LOOK_SECONDS);
  const tellOnce = once(claimant.waiting);
  const endMs = clock.monotonic() + clock.allow(PATIENCE_SECONDS) * 1000;
  for (;;) {
    try {
      const life = await tryOnce(claimant, watch, tellOnce);
      if (life) return life;
    } catch (error) {
      const mayPass = isDatabaseTrouble(error) || isUnsure(error);
      if (!mayPass || (!standby && clock.monotonic() > endMs)) throw error;
      watch.forget();
    }
    await clock.sleep(clock.period(LOOK_SECONDS), signal);
  }
}

/** Takes the name if nobody holds it. Null: later, perhaps. */
async function tryOnce(
  claimant: Claimant,
  watch: SilenceWatch,
  tellOnce: (holder: Survey) => void,
): Promise<Life | null> {
  const { database, clock, name, standby } = claimant;
  for (;;) {
    const holder = await readSurvey(database, name);
    if (!holder || isFree(holder, claimant)) {
      const life = await take(claimant, holder);
      if (life) return life;
      // Another took it at this moment: see who.
      continue;
    }
    if (!standby && isFresh(holder, clock.now())) throw taken(holder, clock.now());
    const isSilent = watch.silentSeconds(wordOf(holder)) > clock.allow(SILENCE_SECONDS);
    if (!isSilent || holder.status === STOPPED) {
      tellOnce(holder);
      return null;
    }
    return await takeFromSilent(claimant, holder, watch);
  }
}

const wordOf = ({ incarnation, atMs, status }: Survey) => `${incarnation} ${atMs} ${status}`;

function once<T>(tell: (value: T) => void): (value: T) => void {
  let isTold = false;
  return (value) => {
    if (!isTold) tell(value);
    isTold = true;
  };
}

function isFree(holder: Survey, { pid, host, standby }: Claimant): boolean {
  if (holder.status === NOT_STARTED) return true;
  // Who was stopped on purpose is not replaced by whoever stands by.
  if (holder.status === STOPPED) return !standby;
  return holder.host === host && (holder.pid === pid || !isProcess(holder.pid));
}

/** Whether its word counts by this computer's clock, which may differ by as much as it counts. */
function isFresh(holder: Survey, nowMs: number): boolean {
  return isAlive(holder, nowMs) && holder.atMs - nowMs <= holder.validitySeconds * 1000;
}

/**
 * Who holds the database locked keeps the holder from speaking as well: a claim that had to wait is
 * not made, and the holder is listened to anew.
 */
async function takeFromSilent(
  claimant: Claimant,
  holder: Survey,
  watch: SilenceWatch,
): Promise<Life | null> {
  const { clock } = claimant;
  const endMs = clock.monotonic() + clock.allow(PROMPT_SECONDS) * 1000;
  try {
    return await take(claimant, holder, () => {
      if (clock.monotonic() > endMs) throw new PyrosError('DATABASE_BUSY', 'It had to wait.');
    });
  } catch (error) {
    watch.forget();
    throw error;
  }
}

async function take(
  claimant: Claimant,
  holder: Survey | null,
  check: () => void = () => undefined,
): Promise<Life | null> {
  const { name, pid, host, clock, database } = claimant;
  const died = holder !== null && holder.pid !== 0 && holder.status !== STOPPED;
  const mode = died ? holder.mode : 'ACTIVE';
  const incarnation = (holder?.incarnation ?? 0) + 1;
  const claimed = await database.transaction(async (transaction) => {
    const isDone = await claimName(transaction, holder, {
      name,
      pid,
      host,
      incarnation,
      mode,
      status: 'LAUNCHED',
      iteration: 0,
      atMs: clock.now(),
      validitySeconds: clock.allow(SURVEY_VALIDITY_SECONDS),
    });
    check();
    return isDone;
  });
  return claimed ? { incarnation, mode } : null;
}

function taken(holder: Survey, nowMs: number): PyrosError {
  const seconds = Math.max(0, Math.round((nowMs - holder.atMs) / 1000));
  return new PyrosError(
    'AGENT_NAME_TAKEN',
    `${holder.name} runs already on ${holder.host} (process ${holder.pid}, last heard ${seconds} s ago).`,
    { remedy: `Stop it first (./pyros stop ${holder.name}), or start this one with --standby.` },
  );
}

/** Whether this computer has such a process. */
export function isProcess(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
