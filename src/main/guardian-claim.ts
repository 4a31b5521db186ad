import { hostname } from 'node:os';
import { isAlive, type Survey } from '#agent';
import { type Clock, PyrosError, realPause } from '#platform';
import { isProcess, SILENCE_SECONDS } from '../agent/name-claim.ts';

/** Who watches another life looks this often, seconds. */
const LOOK_SECONDS = 1;
/** A database that does not answer by then knows of nobody, real milliseconds. */
const PATIENCE_MS = 2000;

export interface GuardianClaimant {
  readonly name: string;
  readonly pid: number;
  readonly clock: Clock;
  /** Waits for the death of another guardian, instead of giving up. */
  readonly standby: boolean;
  /** The last word in this name. */
  readonly lastWord: () => Promise<Survey | null>;
}

/**
 * Lets a guardian begin unless another one of its unit is seen at work: two would close each other's
 * domes, for a new one knows nothing yet. A word that stays the same is nobody's, and so is one that
 * cannot be read: where nobody knows, there is a guardian rather than none.
 *
 * @throws PyrosError `AGENT_NAME_TAKEN` when another one speaks and this one does not stand by.
 */
export async function claimGuardian(claimant: GuardianClaimant): Promise<void> {
  const { clock, standby } = claimant;
  let heard = await wordOfAnother(claimant);
  let sinceMs = clock.monotonic();
  while (heard && clock.monotonic() - sinceMs <= clock.allow(SILENCE_SECONDS) * 1000) {
    await clock.sleep(clock.period(LOOK_SECONDS));
    const next = await wordOfAnother(claimant);
    if (next && next.atMs !== heard.atMs) {
      if (!standby) throw taken(next);
      sinceMs = clock.monotonic();
    }
    heard = next;
  }
}

async function wordOfAnother(claimant: GuardianClaimant): Promise<Survey | null> {
  const { clock, lastWord, pid } = claimant;
  const late = realPause(PATIENCE_MS).then(() => null);
  const word = await Promise.race([lastWord().catch(() => null), late]);
  if (!word || !isAlive(word, clock.now())) return null;
  const isHere = word.host === hostname();
  return isHere && (word.pid === pid || !isProcess(word.pid)) ? null : word;
}

function taken({ name, host, pid }: Survey): PyrosError {
  return new PyrosError('AGENT_NAME_TAKEN', `${name} guards already on ${host} (process ${pid}).`, {
    remedy: 'Stop that unit first, or start this guardian with --standby.',
  });
}
