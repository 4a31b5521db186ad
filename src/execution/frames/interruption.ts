import { codeOf } from '#platform';
import type { ObstacleCode } from './frame-check.ts';

/** What becomes of the exposures under way when their sequence is ended. */
export type ExposuresRule = 'discard' | 'readout';

/** Nobody's fault: the sequence goes back to the planner as it was. */
const INTERRUPTING: ReadonlySet<string> = new Set<ObstacleCode | 'SEQUENCE_GONE'>([
  'UNSAFE',
  'DOME_NOT_OPEN',
  'WEATHER_COMING',
  'DAYLIGHT',
  'TARGET_LIMIT',
  'MOUNT_AT_LIMIT',
  'SEQUENCE_GONE',
]);

/** Of no channel in particular: another try, or another channel, would meet it again. */
const COMMON: ReadonlySet<string> = new Set<string>([
  'MOUNT_NOT_HOMED',
  'MOUNT_NOT_TRACKING',
  'TELESCOPE_ASTRAY',
]);

/** The sequence ends here although nothing failed. */
export function isInterruption(error: unknown): boolean {
  return INTERRUPTING.has(codeOf(error));
}

/** It ends the whole sequence, not one channel. */
export function endsSequence(error: unknown): boolean {
  return isInterruption(error) || COMMON.has(codeOf(error));
}

/**
 * What to do with the exposures under way: as the abort asks (`{ reason, exposures }`, the cause of its
 * error), otherwise what was exposed under a good sky is kept.
 */
export function exposuresRule(error: unknown): ExposuresRule {
  const code = codeOf(error);
  if (code !== 'ABORTED')
    return endsSequence(error) || code === 'SLIT_AWAY' ? 'readout' : 'discard';
  const order = error instanceof Error ? error.cause : undefined;
  const isObject = typeof order === 'object' && order !== null;
  return isObject && 'exposures' in order && order.exposures === 'readout' ? 'readout' : 'discard';
}
