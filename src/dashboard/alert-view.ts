import { alertLedgers } from '#execution';
import { isSlewing } from './slewing.ts';
import type { Tonight } from './tonight.ts';
import type { TonightSources } from './tonight-sources.ts';

/** The latest burst that was asked for, with its best place and how fast it was reached. */
export function alertView(sources: TonightSources): Tonight['alert'] {
  const received = sources.facts.findLast((fact) => fact.type === 'AlertReceived');
  if (!received) return null;
  const { trigger, mission, eventAt, receivedAt } = received.payload;
  const best = sources.facts.findLast(
    (fact) => fact.type === 'AlertUpdated' && fact.payload.trigger === trigger,
  );
  const place = best?.type === 'AlertUpdated' ? best.payload : received.payload;
  const ledger = alertLedgers(sources.facts).find((one) => one.trigger === trigger);
  const after = (name: string) =>
    ledger?.stages.find((stage) => stage.name === name)?.seconds ?? null;
  return {
    mission,
    trigger,
    raDeg: place.raDeg,
    decDeg: place.decDeg,
    errorDeg: place.errorDeg,
    eventAt,
    receivedAt,
    state: alertState(sources, trigger),
    slewAfterSeconds: after('slewing'),
    openAfterSeconds: after('exposing'),
  };
}

/** How far the sequences of the burst are, or why they are not observed. */
function alertState(sources: TonightSources, trigger: string): string {
  const ids = sources.alerts
    .filter((alert) => alert.trigger === trigger)
    .flatMap((alert) => JSON.parse(alert.sequence_ids) as number[]);
  const mine = sources.sequences.filter((sequence) => ids.includes(sequence.id));
  const running = mine.find((sequence) => sequence.status === 'EXECUTING');
  if (running) return isSlewing(sources.facts, running.id) ? 'slewing' : 'observing';
  if (mine.length > 0 && mine.every((sequence) => sequence.status === 'DONE')) return 'observed';
  if (mine.some((sequence) => sequence.status === 'PLANNED')) return 'planned';
  const why = mine.find((sequence) => sequence.reason !== '')?.reason;
  if (why) return why;
  return mine.some((sequence) => sequence.status === 'PARTIAL') ? 'partly observed' : 'received';
}
