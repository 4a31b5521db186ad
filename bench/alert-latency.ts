/**
 * From the last byte of a VOEvent to the GOTO at the mount, on the machine's own time and in
 * processes as the product runs them: `./pyros bench alert-latency [--alerts 100] [--engine both]`.
 */
import { parseArgs } from 'node:util';
import { type PrivateServer, startPostgres } from '../tests/database-servers.ts';
import { needs } from '../tests/needs.ts';
import { type AlertJourney, bombard } from './support/bombardment.ts';
import { startDarkObservatory } from './support/dark-observatory.ts';
import { type Machine, machineNow, machineSentence } from './support/machine.ts';
import { type Quantiles, quantilesOf } from './support/quantiles.ts';
import { textTable } from './support/text-table.ts';

const GOAL_P95_MS = 250;
/** An engine's run ends after this, with what was measured by then. */
const LONGEST_MS = 8 * 60_000;

/** The kernel counts stolen time in ticks of 10 ms: two of them are told from none. */
const STOLEN_MS = 20;

type Engine = 'sqlite' | 'postgres';

interface EngineResult {
  readonly engine: Engine;
  readonly alerts: number;
  /** How many took the telescope from the ordinary sequence. */
  readonly preempting: number;
  /** Before the run, and at its end. */
  readonly machine: { readonly before: Machine; readonly after: Machine };
  readonly stages: Readonly<Record<string, Quantiles>>;
  /** The same whole way, for the alerts during which the machine gave us all of its processors. */
  readonly undisturbed: Quantiles & { readonly alerts: number };
}

/** Each stage with the instant that begins it and the one that ends it. */
const STAGES: readonly [string, keyof AlertJourney | null, keyof AlertJourney][] = [
  ['received by the listener', null, 'receivedMs'],
  ['parsed, matched, stored', 'receivedMs', 'storedMs'],
  ['planned', 'storedMs', 'plannedMs'],
  ['pre-emption decided', 'plannedMs', 'preemptedMs'],
  ['ordinary sequence stopped', 'preemptedMs', 'stoppedMs'],
  ['alert taken up', 'stoppedMs', 'slewingMs'],
  ['GOTO at the mount', 'slewingMs', 'gotoMs'],
  ['in all', null, 'gotoMs'],
  ['(acknowledged to the author)', null, 'answeredMs'],
];

function stagesOf(journeys: readonly AlertJourney[]): Record<string, Quantiles> {
  const rows = STAGES.map(([name, from, to]) => {
    const lengths = journeys.flatMap((journey) => {
      const begin = from === null ? 0 : journey[from];
      const end = journey[to];
      return begin === null || end === null ? [] : [end - begin];
    });
    return [name, quantilesOf(lengths)] as const;
  });
  return Object.fromEntries(rows);
}

async function measure(
  engine: Engine,
  options: { alerts: number; databaseUrl?: string; signal: AbortSignal },
): Promise<EngineResult> {
  const before = machineNow();
  const observatory = await startDarkObservatory(options.databaseUrl);
  try {
    const { alerts, signal } = options;
    const onRound = (done: number) => {
      if (done % 10 === 0) console.error(`${engine}: ${done} of ${alerts} alerts`);
    };
    const journeys = await bombard(observatory, { alerts, signal, onRound });
    const preempting = journeys.filter((journey) => journey.preemptedMs !== null).length;
    const machine = { before, after: machineNow() };
    const calm = journeys.filter((journey) => journey.stolenMs < STOLEN_MS);
    const undisturbed = { ...quantilesOf(calm.map((one) => one.gotoMs)), alerts: calm.length };
    const stages = stagesOf(journeys);
    return { engine, alerts: journeys.length, preempting, machine, stages, undisturbed };
  } finally {
    await observatory.stop();
  }
}

async function onPostgres(alerts: number, signal: AbortSignal): Promise<EngineResult> {
  const server: PrivateServer = await startPostgres();
  try {
    return await measure('postgres', { alerts, databaseUrl: server.url, signal });
  } finally {
    await server.stop();
  }
}

function print({ engine, alerts, preempting, machine, stages, undisturbed }: EngineResult): void {
  const rows = Object.entries(stages).map(([name, { p50, p95, max }]) => [name, p50, p95, max]);
  const { p50, p95, max } = undisturbed;
  rows.push([`in all, ${undisturbed.alerts} undisturbed`, p50, p95, max]);
  console.log(`\n${engine}: ${alerts} alerts, ${preempting} of them pre-empted; milliseconds`);
  const { before, after } = machine;
  console.log(`before: ${machineSentence(before)}; at the end: ${machineSentence(after)}`);
  console.log(textTable([['stage', 'p50', 'p95', 'max'], ...rows]));
  const reached = (stages['in all']?.p95 ?? Number.NaN) <= GOAL_P95_MS;
  console.log(`goal: p95 in all ≤ ${GOAL_P95_MS} ms: ${reached ? 'reached' : 'NOT reached'}`);
}

function readOptions(): { alerts: number; engines: Engine[] } {
  const { values } = parseArgs({
    options: { alerts: { type: 'string' }, engine: { type: 'string' } },
  });
  const alerts = Number(values.alerts ?? 100);
  const engine = values.engine ?? 'both';
  const isKnown = ['sqlite', 'postgres', 'both'].includes(engine);
  if (!Number.isInteger(alerts) || alerts < 1 || !isKnown) {
    console.error('usage: alert-latency [--alerts 100] [--engine sqlite|postgres|both]');
    process.exit(2);
  }
  if (engine !== 'both') return { alerts, engines: [engine as Engine] };
  const hasPostgres = needs('postgresql').available;
  if (!hasPostgres) console.error(`No PostgreSQL here: ${needs('postgresql').install}`);
  return { alerts, engines: hasPostgres ? ['sqlite', 'postgres'] : ['sqlite'] };
}

const { alerts, engines } = readOptions();
const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => interrupted.abort(new Error('interrupted')));
}
const results: EngineResult[] = [];
for (const engine of engines) {
  const signal = AbortSignal.any([interrupted.signal, AbortSignal.timeout(LONGEST_MS)]);
  const result =
    engine === 'postgres'
      ? await onPostgres(alerts, signal)
      : await measure(engine, { alerts, signal });
  print(result);
  results.push(result);
}
console.log(JSON.stringify({ bench: 'alert-latency', goalP95Ms: GOAL_P95_MS, results }));
