import { monitorEventLoopDelay } from 'node:perf_hooks';
import {
  fullEffort,
  type Instance,
  type InstanceSequence,
  instanceInputOf,
  instancePlanOf,
  type PlanInput,
  type PlannerClient,
  replanEffort,
  type Schedule,
  type ScheduleEntry,
  threadedPlanner,
} from '#planning';
import { RealClock, seededRandom } from '#platform';
import { julianDate, siderealHours } from '#sky';
import { quantilesOf } from '../support/quantiles.ts';
import type { SectionOptions } from './gap-section.ts';
import { judged } from './own-tasks.ts';
import type { Row, Section } from './report.ts';
import type { Family, Verdict } from './task.ts';
import { faultRows } from './value-section.ts';

const FAMILY: Family = { kind: 'U', n: 1000, load: 5 };
const EVENTS = 21;
const ALERT_ID = 1_000_000;
const ALERT_MINUTES = 10;
/** How long the dome was closed for the weather. */
const CLOSED_MS = 40 * 60_000;
const TOLERANCE_SECONDS = 5;
const GOALS = { firstP50: 10, firstP99: 50, fullP95: 500, blocked: 20 };

/** What one event cost, milliseconds. */
interface Answer {
  readonly kind: 'alert' | 'weather';
  readonly firstMs: number;
  readonly fullMs: number;
  /** Longest time that the loop of who asks stood still. */
  readonly blockedMs: number;
  readonly verdicts: readonly Omit<Verdict, 'upperBound'>[];
}

/** From an alert, or from the end of a closure, to a new plan, through the threads of the agent. */
export async function replanSection({ tasks, seeds, isQuick }: SectionOptions): Promise<Section> {
  const planner = threadedPlanner(new RealClock());
  const answers: Answer[] = [];
  try {
    for (const seed of seeds) {
      const { instance } = tasks.task(FAMILY, seed);
      const events = eventsOf(instance, seed, isQuick ? 5 : EVENTS);
      const input = instanceInputOf(instance);
      const night = await bothPlans(planner, input);
      for (const event of events) {
        const inputThen = inputAt(event, night.full.entries);
        // A new one each time: what happens between two events would count.
        const delay = monitorEventLoopDelay({ resolution: 1 });
        delay.enable();
        const { first, full, firstMs, fullMs } = await bothPlans(planner, inputThen);
        delay.disable();
        const verdicts = [first, full].map((schedule) => verdictOf(schedule, event.instance));
        answers.push({ kind: event.kind, firstMs, fullMs, blockedMs: delay.max / 1e6, verdicts });
      }
    }
  } finally {
    await planner.close();
  }
  return sectionOf(answers);
}

/** Something that happens in the night, and the instance with what came of it. */
interface Event {
  readonly kind: 'alert' | 'weather';
  readonly nowMs: number;
  readonly instance: Instance;
}

/** Alerts high in the sky, and closures, in turn through the night. */
function eventsOf(instance: Instance, seed: number, count: number): Event[] {
  const random = seededRandom(seed);
  const { night } = instanceInputOf(instance);
  return Array.from({ length: 2 * count }, (_, i): Event => {
    const share = 0.1 + (0.75 * (i + random.next())) / (2 * count);
    const { scienceStartMs: startMs, scienceEndMs: endMs } = night;
    const nowMs = Math.round(startMs + share * (endMs - startMs));
    if (i % 2 === 1) return { kind: 'weather', nowMs, instance };
    const hourAngleDeg = 40 * (random.next() - 0.5);
    const ra = siderealHours(nowMs, instance.site.lon) * 15 - hourAngleDeg;
    const dec = instance.site.lat + 30 * (random.next() - 0.5);
    const sequences = [...instance.sequences, alertAt({ ra, dec, nowMs, endMs })];
    return { kind: 'alert', nowMs, instance: { ...instance, sequences } };
  });
}

function alertAt(about: {
  readonly ra: number;
  readonly dec: number;
  readonly nowMs: number;
  readonly endMs: number;
}): InstanceSequence {
  return {
    id: ALERT_ID,
    ra: ((about.ra % 360) + 360) % 360,
    dec: about.dec,
    durMin: ALERT_MINUTES,
    priority: 100,
    jd1: julianDate(about.nowMs),
    jd2: julianDate(about.endMs),
    tpref: 'IMMEDIATE',
    minAlt: 20,
    minMoonDeg: 0,
  };
}

/** What the agent would ask at an event: the rest of the night, with the plan that held until then. */
function inputAt({ kind, nowMs, instance }: Event, entries: readonly ScheduleEntry[]): PlanInput {
  const input = instanceInputOf(instance);
  const goneMs = kind === 'weather' ? nowMs - CLOSED_MS : nowMs;
  const begun = entries.filter(({ startMs }) => startMs - instance.setupSec * 1000 < goneMs);
  const last = kind === 'alert' ? begun.at(-1) : undefined;
  const byId = new Map(input.sequences.map((sequence) => [sequence.id, sequence]));
  const running = last && last.endMs > nowMs ? byId.get(last.sequenceId) : undefined;
  for (const { sequenceId } of begun) {
    if (sequenceId !== running?.id) byId.delete(sequenceId);
  }
  return {
    ...input,
    nowMs,
    sequences: [...byId.values()].map((sequence) =>
      sequence.id === ALERT_ID ? { ...sequence, isAlert: true, mayPreempt: true } : sequence,
    ),
    running:
      running && last ? { sequence: running, startMs: last.startMs, endMs: last.endMs } : null,
    previous: startsOf(entries.filter(({ startMs }) => startMs >= nowMs)),
  };
}

/** A first plan, then the full one from there, as the agent asks for them. */
async function bothPlans(planner: PlannerClient, input: PlanInput) {
  const beganMs = performance.now();
  const first = await planner.first(input);
  const firstMs = performance.now() - beganMs;
  const effort = input.previous ? replanEffort : fullEffort;
  const full = await planner.full({ ...input, previous: startsOf(first.entries), effort });
  if (!full) throw new Error('a full plan was skipped');
  return { first, full, firstMs, fullMs: performance.now() - beganMs };
}

function startsOf(entries: readonly ScheduleEntry[]): NonNullable<PlanInput['previous']> {
  return { startMs: new Map(entries.map(({ sequenceId, startMs }) => [sequenceId, startMs])) };
}

function verdictOf(schedule: Schedule, instance: Instance): Omit<Verdict, 'upperBound'> {
  const { plan } = instancePlanOf(schedule, { name: '', instance, seconds: 0 });
  return judged(instance, plan, TOLERANCE_SECONDS);
}

function sectionOf(answers: readonly Answer[]): Section {
  const blockedMs = Math.max(...answers.map((answer) => answer.blockedMs));
  const firsts = quantilesOf(answers.map(({ firstMs }) => firstMs));
  const fulls = quantilesOf(answers.map(({ fullMs }) => fullMs));
  const what = `alert or weather, n = ${FAMILY.n}`;
  const row = (about: string, ms: number, goal: number): Row => {
    return { what: about, measured: `${ms} ms`, goal: `≤ ${goal} ms`, isMet: ms <= goal };
  };
  const verdicts = answers.flatMap((answer) => answer.verdicts);
  return {
    rows: [
      row(`${what}: first valid plan, p50 of ${answers.length}`, firsts.p50, GOALS.firstP50),
      row(`${what}: first valid plan, p99`, firsts.p99, GOALS.firstP99),
      row(`${what}: optimised plan, p95`, fulls.p95, GOALS.fullP95),
      row('longest time that the loop of who asks stands still', round(blockedMs), GOALS.blocked),
      ...faultRows(verdicts, 'after events'),
    ],
    details: { firsts, fulls, blockedMs },
  };
}

function round(ms: number): number {
  return Math.round(10 * ms) / 10;
}
