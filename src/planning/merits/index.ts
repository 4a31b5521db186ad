import type { PlanSequence } from '../schedule.ts';
import { elevationMerit } from './elevation-merit.ts';
import { immediacy } from './immediacy.ts';
import type { MeritOf } from './merit.ts';
import { preferredTime } from './preferred-time.ts';

/** The merit that a sequence asks for. */
export function meritFor(sequence: PlanSequence): MeritOf {
  if (sequence.tPreferedMs !== null) return preferredTime;
  return sequence.startMode === 'IMMEDIATE' ? immediacy : elevationMerit;
}
