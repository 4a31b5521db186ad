import type { Fact, FactPayloads, FactType } from '#agent';
import { parseIso } from '#platform';
import { factsOf } from './fact-sentence.ts';

/** One alert, with the seconds from its notice's last byte to each stage. */
export interface AlertLine {
  readonly trigger: string;
  readonly mission: string;
  readonly stages: readonly { name: string; at: string; seconds: number }[];
}

/** For each alert that was observed or tried, when each stage was reached. */
export function alertLedgers(facts: readonly Fact[]): AlertLine[] {
  const alerts = factsOf(facts, 'AlertReceived');
  return alerts.map((alert, index) => {
    const receivedMs = parseIso(alert.payload.receivedAt);
    const after = facts.filter((fact) => fact.id > alert.id);
    const own = sequencesOf(facts, { afterId: alerts[index - 1]?.id ?? 0, toId: alert.id });
    const stages = stagesOf(after, own).map(({ name, at }) => {
      const seconds = Math.round((parseIso(at) - receivedMs) / 10) / 100;
      return { name, at, seconds };
    });
    const received = { name: 'received', at: alert.payload.receivedAt, seconds: 0 };
    const parsed = {
      name: 'matched',
      at: alert.at,
      seconds: Math.round((parseIso(alert.at) - receivedMs) / 10) / 100,
    };
    const { trigger, mission } = alert.payload;
    return { trigger, mission, stages: [received, parsed, ...stages] };
  });
}

/** The sequences requested for an alert: their submission is told just before it. */
function sequencesOf(
  facts: readonly Fact[],
  { afterId, toId }: { afterId: number; toId: number },
): readonly number[] {
  return factsOf(facts, 'RequestSubmitted')
    .filter((fact) => fact.payload.isAlert && afterId < fact.id && fact.id < toId)
    .flatMap((fact) => fact.payload.sequences);
}

function stagesOf(
  after: readonly Fact[],
  sequences: readonly number[],
): { name: string; at: string }[] {
  const first = <T extends FactType>(
    name: string,
    type: T,
    fits: (payload: FactPayloads[T]) => boolean,
  ) => {
    const fact = factsOf(after, type).find((one) => fits(one.payload as FactPayloads[T]));
    return fact ? [{ name, at: fact.at }] : [];
  };
  const mine = (payload: { sequenceId: number }) => sequences.includes(payload.sequenceId);
  return [
    ...first('planned', 'SchedulePublished', () => sequences.length > 0),
    ...first('pre-empted', 'SequencePreempted', (payload) => sequences.includes(payload.by)),
    ...first('slewing', 'SlewStarted', mine),
    ...first('on target', 'SlewEnded', mine),
    ...first('exposing', 'ExposureStarted', mine),
    ...first('first image', 'ImageTaken', mine),
    ...first('refined', 'TargetMoved', mine),
  ];
}
