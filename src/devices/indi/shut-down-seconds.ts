import type { DomeSpec } from '#unit';

/** A shutter may take so much longer than the unit file says, seconds. */
const SLACK_SECONDS = 10;

/** How long the end of a process that serves a dome may take: it closes first. Seconds of real time. */
export function shutDownSeconds({ closeSeconds }: Pick<DomeSpec, 'closeSeconds'>): number {
  return closeSeconds + SLACK_SECONDS;
}
