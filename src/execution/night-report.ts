import type { Fact, FactType } from '#agent';
import { parseIso } from '#platform';
import { type AlertLine, alertLedgers } from './alert-ledger.ts';
import { type DarkAccounting, darkAccounting } from './dark-accounting.ts';
import { exposingSeconds } from './exposing-time.ts';
import { factsOf, sentenceOfFact } from './fact-sentence.ts';
import {
  type AlarmLine,
  alarmsOf,
  bypassesOf,
  type CalibrationLine,
  calibrationsOf,
  locksOf,
  type PersonAct,
} from './night-acts.ts';

/** What became of one sequence. */
export interface SequenceLine {
  readonly sequenceId: number;
  readonly name: string;
  readonly program: string;
  readonly outcome: string;
  readonly reason: string;
  readonly images: number;
}

/** The night in figures: plain JSON, the file `report.json`. Durations in seconds. */
export interface NightReport {
  readonly night: string;
  readonly headline: string;
  readonly site: string;
  readonly unit: string;
  readonly timeline: readonly { at: string; text: string }[];
  readonly lost: readonly { cause: string; seconds: number }[];
  readonly sequences: readonly SequenceLine[];
  readonly images: { count: number; byFilter: { filter: string; count: number }[] };
  readonly alerts: readonly AlertLine[];
  readonly efficiency: { darkSeconds: number; openSeconds: number; exposingSeconds: number };
  readonly restarts: readonly { agent: string; at: string; reason: string }[];
  /** Where the dark went, each second once. */
  readonly accounting: DarkAccounting;
  readonly calibrations: readonly CalibrationLine[];
  readonly alarms: readonly AlarmLine[];
  readonly bypasses: readonly PersonAct[];
  readonly locks: readonly PersonAct[];
}

/** What the report is made of: nothing but what was told and what was asked. */
export interface ReportInputs {
  readonly night: string;
  readonly site: string;
  readonly unit: string;
  /** Facts of the night, oldest first. */
  readonly facts: readonly Fact[];
  readonly sequences: readonly {
    id: number;
    name: string;
    program: string;
    status: string;
    reason: string;
  }[];
  readonly images: readonly {
    filter: string;
    seconds: number;
    start_at: string;
    sequence_id: number;
  }[];
  /** When science may run, UTC ms; null when the night is too bright. */
  readonly dark: { startMs: number; endMs: number } | null;
}

/** The report of a night that is over. */
export function nightReport(inputs: ReportInputs): NightReport {
  const lost = timeLost(inputs);
  const lostSeconds = lost.reduce((sum, one) => sum + one.seconds, 0);
  const darkSeconds = inputs.dark ? (inputs.dark.endMs - inputs.dark.startMs) / 1000 : 0;
  const sequences = inputs.sequences
    .filter((sequence) => isOfThisNight(sequence, inputs.facts))
    .map((sequence) => sequenceLine(sequence, inputs.images));
  return {
    night: inputs.night,
    headline: headline(sequences, inputs),
    site: inputs.site,
    unit: inputs.unit,
    timeline: timeline(inputs.facts),
    lost,
    sequences,
    images: { count: inputs.images.length, byFilter: countByFilter(inputs.images) },
    alerts: alertLedgers(inputs.facts),
    efficiency: {
      darkSeconds,
      openSeconds: Math.max(0, darkSeconds - lostSeconds),
      exposingSeconds: exposingSeconds(inputs.images, inputs.dark),
    },
    restarts: factsOf(inputs.facts, 'AgentRestarted').map(({ at, payload }) => {
      return { agent: payload.agent, at, reason: payload.reason };
    }),
    accounting: darkAccounting(inputs),
    calibrations: calibrationsOf(inputs.facts),
    alarms: alarmsOf(inputs.facts),
    bypasses: bypassesOf(inputs.facts),
    locks: locksOf(inputs.facts),
  };
}

/** What was finished on an earlier night belongs to the report of that night. */
function isOfThisNight(
  { id, status }: ReportInputs['sequences'][number],
  facts: readonly Fact[],
): boolean {
  if (status !== 'DONE' && status !== 'PARTIAL' && status !== 'FAILED') return true;
  return factsOf(facts, 'SequenceEnded').some((fact) => fact.payload.sequenceId === id);
}

function headline(sequences: readonly SequenceLine[], inputs: ReportInputs): string {
  const done = sequences.filter((one) => one.outcome === 'DONE').length;
  const bursts = factsOf(inputs.facts, 'SequenceStarted').filter(
    (one) => one.payload.isAlert,
  ).length;
  const closings = new Set(factsOf(inputs.facts, 'DomeClosed').map((fact) => fact.at)).size;
  const alert = bursts > 0 ? `, ${bursts === 1 ? 'one alert' : `${bursts} alerts`} observed` : '';
  const closed = closings > 1 ? `, the dome closed ${closings} times` : '';
  return `${done} of ${sequences.length} sequences done, ${inputs.images.length} images${alert}${closed}`;
}

function sequenceLine(
  sequence: ReportInputs['sequences'][number],
  images: ReportInputs['images'],
): SequenceLine {
  const taken = images.filter((image) => image.sequence_id === sequence.id).length;
  const { id, name, program, status, reason } = sequence;
  return { sequenceId: id, name, program, ...outcome(status, reason, taken), images: taken };
}

const SAID_BY_STATUS: ReadonlySet<string> = new Set(['DONE', 'PARTIAL', 'FAILED', 'CANCELLED']);

/** Every planned sequence has an outcome: what was not done says why. */
function outcome(status: string, reason: string, taken: number) {
  if (SAID_BY_STATUS.has(status)) return { outcome: status, reason };
  const why = reason || 'the night ended before its turn';
  return { outcome: taken > 0 ? 'PARTIAL' : 'NOT DONE', reason: why };
}

function countByFilter(images: readonly { filter: string }[]): { filter: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { filter } of images) counts.set(filter, (counts.get(filter) ?? 0) + 1);
  return [...counts].map(([filter, count]) => ({ filter, count }));
}

/** The stretches of darkness in which the dome was not open, by the reason that stood then. */
export function timeLost(
  inputs: Pick<ReportInputs, 'facts' | 'dark'>,
): { cause: string; seconds: number }[] {
  const totals = new Map<string, number>();
  for (const stretch of closedStretches(inputs)) {
    const seconds = (stretch.toMs - stretch.fromMs) / 1000;
    totals.set(stretch.cause, (totals.get(stretch.cause) ?? 0) + seconds);
  }
  return [...totals].map(([cause, seconds]) => ({ cause, seconds: Math.round(seconds) }));
}

/** Those stretches one by one, oldest first. Instants are UTC ms. */
export function closedStretches(
  inputs: Pick<ReportInputs, 'facts' | 'dark'>,
): { fromMs: number; toMs: number; cause: string }[] {
  const { dark } = inputs;
  if (!dark) return [];
  const stretches: { fromMs: number; toMs: number; cause: string }[] = [];
  let closedSinceMs: number | null = dark.startMs;
  let cause = 'the dome was not open yet';
  const end = (toMs: number) => {
    if (closedSinceMs === null) return;
    const fromMs = Math.max(closedSinceMs, dark.startMs);
    if (Math.min(toMs, dark.endMs) > fromMs) {
      stretches.push({ fromMs, toMs: Math.min(toMs, dark.endMs), cause });
    }
    closedSinceMs = null;
  };
  for (const fact of inputs.facts) {
    if (fact.type === 'DomeOpened') end(parseIso(fact.at));
    if (fact.type !== 'DomeClosing' || closedSinceMs !== null) continue;
    closedSinceMs = parseIso(fact.at);
    cause = causeOf(fact.payload.reason);
  }
  end(dark.endMs);
  return stretches;
}

/** A reason made a cause: without the figures that change every minute. */
function causeOf(reason: string): string {
  const words = ['rain', 'humidity', 'wind', 'cloud', 'temperature', 'PLC', 'Sun', 'daylight'];
  return words.find((word) => reason.includes(word)) ?? reason;
}

/** The facts that a reader of the night wants in order; how often an alarm was told, `alarms` says. */
function timeline(facts: readonly Fact[]): { at: string; text: string }[] {
  return facts.flatMap((fact) => {
    const again = fact.type === 'AlarmRaised' && fact.payload.count > 1;
    return TOLD.has(fact.type) && !again ? [{ at: fact.at, text: sentenceOfFact(fact) }] : [];
  });
}

const TOLD: ReadonlySet<FactType> = new Set<FactType>([
  'NightStarted',
  'NightAcknowledged',
  'ModeChanged',
  'SafetyChanged',
  'DomeOpened',
  'DomeClosing',
  'DomeClosed',
  'TelescopeParked',
  'AlertReceived',
  'AlertUpdated',
  'AlertRetracted',
  'AlertRefused',
  'TargetMoved',
  'SequencePreempted',
  'SequenceStarted',
  'SequenceEnded',
  'AgentRestarted',
  'AgentGivenUp',
  'DeviceFailed',
  'PlcFrameRefused',
  'RequestRefused',
  'BypassAsked',
  'BypassChanged',
  'BypassFailed',
  'ObservatoryLocked',
  'ObservatoryUnlocked',
  'RemoteAsked',
  'AlarmRaised',
  'AlarmCleared',
  'ClockJumped',
  'CalibrationsStarted',
  'CalibrationsEnded',
  'SequenceRequeued',
  'NightEnded',
]);
