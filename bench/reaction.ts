/**
 * From an unsafe value on the PLC's wire to the order to close on the dome's wire, in processes as the
 * product runs them, with the web server flooded, the planner busy and the database locked by a writer:
 * `./pyros bench reaction [--trials 200]`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { seededRandom } from '#platform';
import { type Machine, machineNow, machineSentence, stolenMs } from './support/machine.ts';
import { type Quantiles, quantilesOf } from './support/quantiles.ts';
import {
  type ReactionObservatory,
  startReactionObservatory,
  type Wires,
} from './support/reaction-observatory.ts';
import { textTable } from './support/text-table.ts';

const GOALS = { totalP99Ms: 2500, afterArrivalP99Ms: 500 };
/** A run ends after this, with what was measured by then. */
const LONGEST_MS = 40 * 60_000;
/** A trial that was not answered by then failed, milliseconds. */
const PATIENCE_MS = 10_000;
/** The dome is open again by then, or something is wrong, milliseconds. */
const OPEN_MS = 90_000;
const LOOK_MS = 20;
const POLL_MS = 2000;

/** One rain. Milliseconds; null: never within the patience. */
interface Trial {
  /** From the PLC's first word of it to the first order to close, whoever gave it. */
  readonly total: number | null;
  /** The same from the arrival of the first frame that told, at whoever heard it first. */
  readonly afterFirst: number | null;
  /** The guardian alone: from the arrival of its own frame to its own order. */
  readonly guardian: number | null;
  /** The guardian alone, from the PLC's first word. */
  readonly guardianTotal: number | null;
  readonly stolenMs: number;
}

async function untilOpen({ dome }: ReactionObservatory, signal: AbortSignal): Promise<void> {
  const endMs = performance.now() + OPEN_MS;
  for (;;) {
    const { shutter, permitSeconds } = await dome.status();
    if (shutter === 'open' && permitSeconds > 0) return;
    signal.throwIfAborted();
    if (performance.now() > endMs) throw new Error(`the dome does not open: it is ${shutter}`);
    // Whoever opens is not what is measured: a hand of our own may, when the guardian permits it.
    if (permitSeconds > 0 && shutter !== 'opening') await dome.open().catch(() => undefined);
    await sleep(100);
  }
}

async function oneTrial(observatory: ReactionObservatory): Promise<Trial> {
  const { guardian, others } = observatory;
  for (const { plc, dome } of [guardian, others]) {
    plc.forget();
    dome.forget();
  }
  const stolenBefore = stolenMs();
  const rainMs = performance.now();
  await observatory.rain(true);
  const endMs = rainMs + PATIENCE_MS;
  const isOver = () => orderAfter(guardian, rainMs) !== null && orderAfter(others, rainMs) !== null;
  while (!isOver() && performance.now() < endMs) await sleep(LOOK_MS);
  await observatory.rain(false);
  const stolen = stolenMs() - stolenBefore;
  const frames = [guardian, others].map(({ plc }) => plc.firstAfter(rainMs));
  const orders = [guardian, others].map((wires) => orderAfter(wires, rainMs));
  const [frameMs = null] = frames;
  const [orderMs = null] = orders;
  return {
    total: between(rainMs, earliest(orders)),
    afterFirst: between(earliest(frames), earliest(orders)),
    guardian: between(frameMs, orderMs),
    guardianTotal: between(rainMs, orderMs),
    stolenMs: stolen,
  };
}

function orderAfter({ dome }: Wires, ms: number): number | null {
  return dome.firstAfter(ms);
}

function earliest(instants: readonly (number | null)[]): number | null {
  const known = instants.filter((one) => one !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function between(fromMs: number | null, toMs: number | null): number | null {
  return fromMs === null || toMs === null ? null : toMs - fromMs;
}

async function measure(trials: number, signal: AbortSignal): Promise<Trial[]> {
  const observatory = await startReactionObservatory();
  const random = seededRandom(1);
  const done: Trial[] = [];
  try {
    while (done.length < trials && !signal.aborted) {
      await untilOpen(observatory, signal);
      // Rain begins at any moment between two looks at the PLC.
      await sleep(random.next() * POLL_MS);
      await observatory.submit();
      done.push(await oneTrial(observatory));
      if (done.length % 10 === 0) console.error(`${done.length} of ${trials} rains`);
    }
  } catch (error) {
    if (!signal.aborted || done.length === 0) throw error;
  } finally {
    await observatory.stop();
  }
  return done;
}

const ROWS: readonly [string, keyof Trial][] = [
  ['rain at the PLC → first order to close', 'total'],
  ['first frame arrived → first order to close', 'afterFirst'],
  ['rain at the PLC → the guardian’s order', 'guardianTotal'],
  ['the guardian’s frame arrived → its order', 'guardian'],
];

/** A trial without an answer counts as longer than anything. */
function stagesOf(trials: readonly Trial[]): Record<string, Quantiles> {
  return Object.fromEntries(
    ROWS.map(([name, key]) => [
      name,
      quantilesOf(trials.map((one) => one[key] ?? Number.POSITIVE_INFINITY)),
    ]),
  );
}

function print(trials: readonly Trial[], machine: { before: Machine; after: Machine }): void {
  const stages = stagesOf(trials);
  const rows = Object.entries(stages).map(([name, { p50, p95, p99, max }]) => {
    return [name, p50, p95, p99, max];
  });
  const stolen = trials.filter((one) => one.stolenMs > 0).length;
  console.log(
    `\n${trials.length} rains under load, ${stolen} while the machine was taken from us; ms`,
  );
  console.log(
    `before: ${machineSentence(machine.before)}; at the end: ${machineSentence(machine.after)}`,
  );
  console.log(textTable([['stage', 'p50', 'p95', 'p99', 'max'], ...rows]));
  const total = stages['rain at the PLC → first order to close']?.p99 ?? Number.NaN;
  const arrival = stages['the guardian’s frame arrived → its order']?.p99 ?? Number.NaN;
  goal('p99 in all', total, GOALS.totalP99Ms);
  goal('p99 after the frame arrived', arrival, GOALS.afterArrivalP99Ms);
  console.log(
    JSON.stringify({ bench: 'reaction', goals: GOALS, machine, stages, trials: trials.length }),
  );
}

function goal(what: string, measured: number, mostMs: number): void {
  const ratio = (measured / mostMs).toFixed(2);
  const word = measured <= mostMs ? 'reached' : 'NOT reached';
  console.log(`goal: ${what} ${measured} ≤ ${mostMs} ms (${ratio} of it): ${word}`);
}

function readTrials(): number {
  const { values } = parseArgs({ options: { trials: { type: 'string' } } });
  const trials = Number(values.trials ?? 200);
  if (Number.isInteger(trials) && trials >= 1) return trials;
  console.error('usage: reaction [--trials 200]');
  process.exit(2);
}

const trials = readTrials();
const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => interrupted.abort(new Error('interrupted')));
}
const signal = AbortSignal.any([interrupted.signal, AbortSignal.timeout(LONGEST_MS)]);
const before = machineNow();
const done = await measure(trials, signal);
print(done, { before, after: machineNow() });
