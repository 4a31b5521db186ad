import type { Database } from '#db';
import { type Clock, PyrosError } from '#platform';
import type { AgentMode } from './command.ts';
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
 * @throws PyrosError `AGENT_NAME_TAKEN` when another life holds it and this one does not stand by.
 */
export async function claim(claimant: Claimant, signal: AbortSignal): Promise<Life> {
  const { database, clock, name } = claimant;
  const watch = new SilenceWatch(clock);
  let told = false;
  for (;;) {
    const holder = await readSurvey(database, name);
    if (!holder || watch.isSilent(holder) || isFree(holder, claimant)) {
      const life = await take(claimant, holder);
      if (life) return life;
    } else if (!claimant.standby) {
      throw taken(holder, clock.now());
    } else if (!told) {
      claimant.waiting(holder);
      told = true;
    }
    if (claimant.standby) await clock.sleep(clock.period(LOOK_SECONDS), signal);
  }
}

/** Clocks of two computers differ: silence is measured by the watch of the one who waits. */
class SilenceWatch {
  readonly #clock: Clock;
  #lastWord = '';
  #sinceMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  isSilent(holder: Survey): boolean {
    const word = `${holder.incarnation} ${holder.atMs} ${holder.status}`;
    if (word !== this.#lastWord) {
      this.#lastWord = word;
      this.#sinceMs = this.#clock.monotonic();
    }
    const patienceMs = this.#clock.allow(SILENCE_SECONDS) * 1000;
    return holder.status !== STOPPED && this.#clock.monotonic() - this.#sinceMs > patienceMs;
  }
}

function isFree(holder: Survey, { pid, host, clock, standby }: Claimant): boolean {
  // Who was stopped on purpose is not replaced by whoever stands by.
  if (standby && holder.status === STOPPED) return false;
  // The holder's clock may be another: whoever stands by trusts its own watch instead.
  if (standby ? holder.status === NOT_STARTED : !isAlive(holder, clock.now())) return true;
  return holder.host === host && (holder.pid === pid || !isProcess(holder.pid));
}

async function take(claimant: Claimant, holder: Survey | null): Promise<Life | null> {
  const { name, pid, host, clock, database } = claimant;
  const died = holder !== null && holder.pid !== 0 && holder.status !== STOPPED;
  const mode = died ? holder.mode : 'ACTIVE';
  const incarnation = (holder?.incarnation ?? 0) + 1;
  const claimed = await database.transaction((transaction) =>
    claimName(transaction, {
      name,
      pid,
      host,
      incarnation,
      mode,
      status: 'LAUNCHED',
      iteration: 0,
      atMs: clock.now(),
      validitySeconds: clock.allow(SURVEY_VALIDITY_SECONDS),
    }),
  );
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
function isProcess(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
