import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instanceInputOf, plan } from '#planning';
import { CHECKOUT } from '../../src/main/run-settings.ts';
import type { SectionOptions } from './gap-section.ts';
import { notInstalled, pythonJson } from './python.ts';
import { inSeconds, median, type Row, type Section, times } from './report.ts';
import { FAMILIES, type Family, type JudgedPlan, type Task } from './task.ts';
import { faultRows } from './value-section.ts';

/** Least value, as a multiple of astroplan's. */
const GOALS = new Map([
  [50, 1.15],
  [100, 1.2],
  [300, 1.25],
]);
const GOAL_SPEED = 50;

/** One instance planned by both, one after the other. */
interface Match {
  readonly family: Family;
  readonly name: string;
  readonly value: number;
  readonly theirValue: number;
  /** In a new process, compiling included. */
  readonly seconds: number;
  /** In a process that has planned before, as the agent's has. */
  readonly warmSeconds: number;
  readonly theirSeconds: number;
  readonly invalid: number;
  readonly overQuota: number;
}

/** Beside astroplan's PriorityScheduler, instance by instance in one run. */
export async function astroplanSection(options: SectionOptions): Promise<Section> {
  const { tasks, seeds, isQuick } = options;
  const wanted = FAMILIES.filter(({ kind, n }) => {
    return kind === 'U' && GOALS.has(n) && (n <= 100 || !isQuick);
  });
  const matches: Match[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'pyros-astroplan-'));
  try {
    for (const family of wanted) {
      for (const seed of seeds) {
        const match = await matchOn(tasks.task(family, seed), options, folder);
        if (!match) return { rows: [missingRow()], details: null };
        matches.push(match);
        console.error(`${match.name}: astroplan ${inSeconds(match.theirSeconds)}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const rows = wanted.flatMap((family) =>
    rowsOf(
      family,
      matches.filter((match) => match.family === family),
    ),
  );
  return { rows: [...rows, ...faultRows(matches, 'against astroplan')], details: matches };
}

/** Null without astroplan. */
async function matchOn(
  task: Task,
  { tasks }: SectionOptions,
  folder: string,
): Promise<Match | null> {
  const file = join(folder, `${task.name}.json`);
  writeFileSync(file, JSON.stringify(task.instance));
  const theirs = await pythonJson<Omit<JudgedPlan, 'by'>>('astroplan-plan.py', [file]);
  if (!theirs) return null;
  const ours = planOfCommand(file, join(folder, 'plan.json'));
  const verdict = tasks.judge(task, ours);
  const their = tasks.judge(task, { ...theirs, by: 'astroplan' });
  return {
    family: task.family,
    name: task.name,
    value: verdict.value,
    theirValue: their.value,
    seconds: ours.sec,
    warmSeconds: warmSecondsOf(task),
    theirSeconds: theirs.sec,
    invalid: verdict.invalid,
    overQuota: verdict.overQuota,
  };
}

/** By `./pyros plan` in a new process, as astroplan's is: its time includes compiling. */
function planOfCommand(file: string, out: string): JudgedPlan {
  const cli = join(CHECKOUT, 'src', 'main', 'cli.ts');
  execFileSync(process.execPath, [...process.execArgv, cli, 'plan', file, '--out', out]);
  return JSON.parse(readFileSync(out, 'utf8')) as JudgedPlan;
}

/** The median of some plannings after the first ones. */
function warmSecondsOf({ instance }: Task): number {
  const input = instanceInputOf(instance);
  const seconds = Array.from({ length: 6 }, () => {
    const start = performance.now();
    plan(input);
    return (performance.now() - start) / 1000;
  });
  return median(seconds.slice(2));
}

function rowsOf({ n }: Family, matches: readonly Match[]): Row[] {
  const value = median(matches.map((match) => match.value / match.theirValue));
  const their = inSeconds(median(matches.map(({ theirSeconds }) => theirSeconds)));
  const faster = (secondsOf: (match: Match) => number) => {
    const speed = median(matches.map((match) => match.theirSeconds / secondsOf(match)));
    const own = inSeconds(median(matches.map(secondsOf)));
    return { speed, measured: `${times(speed, 0)} faster (${own}, ${their})` };
  };
  const warm = faster(({ warmSeconds }) => warmSeconds);
  const cold = faster(({ seconds }) => seconds);
  const goal = GOALS.get(n) ?? 1;
  return [
    {
      what: `value of astroplan's, n = ${n}`,
      measured: times(value, 3),
      goal: `≥ ${goal}×`,
      isMet: value >= goal,
    },
    {
      what: `time of astroplan's, n = ${n}`,
      measured: warm.measured,
      goal: `≥ ${GOAL_SPEED}×`,
      isMet: warm.speed >= GOAL_SPEED,
    },
    {
      what: `  first plan of a new process, n = ${n}`,
      measured: cold.measured,
      goal: '',
      isMet: null,
    },
  ];
}

function missingRow(): Row {
  const measured = notInstalled('astroplan');
  return { what: 'value and time of astroplan’s', measured, goal: '', isMet: null };
}
