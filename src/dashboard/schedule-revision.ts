import type { FactType } from '#agent';
import type { TonightSources } from './tonight-sources.ts';

/** After these the page "Schedule" looks other. */
const TELLING: ReadonlySet<FactType> = new Set<FactType>([
  'NightStarted',
  'NightEnded',
  'RequestSubmitted',
  'SchedulePublished',
  'SequenceStarted',
  'SequenceEnded',
  'TargetMoved',
  'DomeOpened',
  'DomeClosing',
  'DomeClosed',
]);

/** Changes whenever the page "Schedule" does: plan and last telling fact. */
export function scheduleRevision({ schedule, facts }: TonightSources): string {
  const fact = facts.findLast(({ type }) => TELLING.has(type));
  return `${schedule?.id ?? 0}.${fact?.id ?? 0}`;
}
