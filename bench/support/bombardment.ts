import type { Fact } from '#agent';
import { swiftPacket } from '#alert';
import { iso, type Random, seededRandom } from '#platform';
import { sendAlert } from './alert-author.ts';
import type { DarkObservatory } from './dark-observatory.ts';
import { FactReader } from './fact-reader.ts';
import { stolenMs } from './machine.ts';
import { placeOfAlert } from './night-now.ts';

/** One alert from its sending to the mount. Instants are milliseconds since the sending. */
export interface AlertJourney {
  readonly answeredMs: number;
  /** From the facts, to the millisecond; null where the fact is missing. */
  readonly receivedMs: number | null;
  readonly storedMs: number | null;
  readonly plannedMs: number | null;
  readonly preemptedMs: number | null;
  readonly stoppedMs: number | null;
  readonly slewingMs: number | null;
  /** The first byte of the GOTO, at the mount's port. */
  readonly gotoMs: number;
  /** Processor time that a shared machine gave to others meanwhile, summed over its cores. */
  readonly stolenMs: number;
}

/** The most that one step of a round may take, seconds. */
const STEP_SECONDS = 60;
/** Alerts come at any moment of an ordinary exposure and its read-out, seconds after its start. */
const EARLIEST_SECONDS = 0.2;
const LATEST_SECONDS = 2.4;

/**
 * Sends alerts one after the other, each while the ordinary sequence is at work, and follows each to
 * the mount. Ends early, with what was measured, when `signal` aborts.
 */
export async function bombard(
  observatory: DarkObservatory,
  options: { alerts: number; signal: AbortSignal; onRound?: (done: number) => void },
): Promise<AlertJourney[]> {
  const random = seededRandom(1);
  const reader = new FactReader(observatory.database);
  const journeys: AlertJourney[] = [];
  while (journeys.length < options.alerts && !options.signal.aborted) {
    const trigger = String(700_000 + journeys.length);
    const round = { observatory, reader, random, trigger, signal: options.signal };
    const journey = await oneAlert(round).catch((error: unknown) => {
      if (options.signal.aborted) return null;
      throw error;
    });
    if (journey) journeys.push(journey);
    if (journey) options.onRound?.(journeys.length);
  }
  return journeys;
}

interface Round {
  readonly observatory: DarkObservatory;
  readonly reader: FactReader;
  readonly random: Random;
  readonly trigger: string;
  readonly signal: AbortSignal;
}

async function oneAlert(round: Round): Promise<AlertJourney> {
  const { observatory, reader, random, trigger, signal } = round;
  const wait = { afterId: reader.lastId, seconds: STEP_SECONDS, signal };
  await reader.until((fact) => fact.type === 'ExposureStarted', {
    ...wait,
    what: 'an ordinary exposure',
  });
  const pause = EARLIEST_SECONDS + (LATEST_SECONDS - EARLIEST_SECONDS) * random.next();
  await new Promise((resolve) => setTimeout(resolve, pause * 1000));
  await reader.read();
  const afterId = reader.lastId;
  const { unit, recorder } = observatory;
  const arrival = recorder.nextGoto();
  const stolenBeforeMs = stolenMs();
  const sent = await sendAlert(packetOf(observatory, random, trigger), unit.alerts.listen);
  // Nothing is read meanwhile: this process must not take the computer from those it measures.
  const gotoMs = await inTime(arrival, `the GOTO of ${trigger}`);
  const stolen = stolenMs() - stolenBeforeMs;
  const answeredMs = await inTime(sent.answered, `the answer to ${trigger}`);
  const sequenceId = await sequenceOf(trigger, { reader, afterId, signal });
  await reader.until(
    (fact) => fact.type === 'SequenceEnded' && fact.payload.sequenceId === sequenceId,
    {
      ...wait,
      afterId,
      what: `the end of ${trigger}`,
    },
  );
  const facts = reader.facts.filter((fact) => fact.id > afterId);
  return {
    ...stagesOf(facts, sequenceId, sent.sentAtMs),
    answeredMs: answeredMs - sent.sentMs,
    gotoMs: gotoMs - sent.sentMs,
    stolenMs: stolen,
  };
}

function packetOf({ unit }: DarkObservatory, random: Random, trigger: string): string {
  const nowMs = Date.now();
  const { raDeg, decDeg } = placeOfAlert(unit.site, nowMs, random);
  const eventAt = iso(nowMs - 10_000);
  return swiftPacket({ packet: 'bat', trigger, eventAt, raDeg, decDeg, errorDeg: 0.05 }, nowMs);
}

/** The sequence that an alert became. */
async function sequenceOf(
  trigger: string,
  where: { reader: FactReader; afterId: number; signal: AbortSignal },
): Promise<number> {
  const { reader, afterId, signal } = where;
  const isIt = (fact: Fact) =>
    fact.type === 'SequenceStarted' && fact.payload.name === `Swift ${trigger}`;
  const options = { afterId, seconds: STEP_SECONDS, what: `the start of ${trigger}`, signal };
  const started = await reader.until(isIt, options);
  return started.type === 'SequenceStarted' ? started.payload.sequenceId : 0;
}

/** What the facts after the sending tell of an alert's way. */
function stagesOf(facts: readonly Fact[], sequenceId: number, sentAtMs: number) {
  const since = (at: string | undefined) => (at ? Date.parse(at) - sentAtMs : null);
  const first = (wish: (fact: Fact) => boolean) => since(facts.find(wish)?.at);
  const received = facts.find((fact) => fact.type === 'AlertReceived');
  return {
    receivedMs: received?.type === 'AlertReceived' ? since(received.payload.receivedAt) : null,
    storedMs: since(received?.at),
    plannedMs: first(
      (fact) => fact.type === 'SchedulePublished' && fact.payload.first === sequenceId,
    ),
    preemptedMs: first(
      (fact) => fact.type === 'SequencePreempted' && fact.payload.by === sequenceId,
    ),
    stoppedMs: first(
      (fact) => fact.type === 'SequenceEnded' && fact.payload.outcome === 'INTERRUPTED',
    ),
    slewingMs: first(
      (fact) => fact.type === 'SlewStarted' && fact.payload.sequenceId === sequenceId,
    ),
  };
}

async function inTime<T>(promise: Promise<T>, what: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`never came: ${what}`)),
    STEP_SECONDS * 1000,
  );
  return await Promise.race([promise, late.promise]).finally(() => clearTimeout(timer));
}
