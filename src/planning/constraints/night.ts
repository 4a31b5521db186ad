import { clockTime, secondsText } from '../wording.ts';
import type { Constraint } from './constraint.ts';

/** Science needs a dark sky. */
export const night: Constraint = {
  code: 'NIGHT',
  allowed: ({ dark }) => (dark.endMs < dark.startMs ? [] : [dark]),
  explain: ({ dark, sequence }) => ({
    sentence:
      dark.endMs <= dark.startMs
        ? `the dark time ended at ${clockTime(dark.endMs)}`
        : `only ${secondsText((dark.endMs - dark.startMs) / 1000)} of dark time are left, and it takes ${secondsText(sequence.durationSeconds)}`,
    remedy: 'Wait for the next night, or ask for fewer images.',
  }),
};
