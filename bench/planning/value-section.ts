import { fullEffort, instanceInputOf, instancePlanOf, plan, type Schedule } from '#planning';
import { provenGap, type SectionOptions } from './gap-section.ts';
import {
  median,
  percent,
  type Row,
  type Section,
  type Spent,
  spentOn,
  spentText,
  sumOf,
} from './report.ts';
import { FAMILIES, type Family, type JudgedPlan, type Task, type Verdict } from './task.ts';

/** Least share of the slew-free bound, by number of sequences, for targets all over the sky. */
const GOALS = new Map([
  [20, 0.995],
  [50, 0.98],
  [100, 0.97],
  [200, 0.96],
  [300, 0.945],
  [1000, 0.9],
]);
/** The other families may be this far below. */
const ALLOWANCE = 0.02;
const GOAL_SECONDS = 1;
/** The judge's grid and sky are not the planner's. */
const PRECISION = 1e-3;

interface Trial extends Spent {
  readonly seed: number;
  readonly gap: number;
  /** The judge found more in the plan than the planner said there could be. */
  readonly isRefuted: boolean;
  readonly verdict: Verdict;
}

/** What plans with real slews are worth, by an independent judge, of a bound that knows no slews. */
export function valueSection({ tasks, seeds, isQuick }: SectionOptions): Section {
  const wanted = FAMILIES.filter(({ n }) => n <= 300 || !isQuick);
  const results = wanted.map((family) => {
    const trials = seeds.map((seed): Trial => {
      const task = tasks.task(family, seed);
      const { planned, schedule, spent } = plannedBy(task);
      const verdict = tasks.judge(task, planned);
      const gap = provenGap(schedule);
      const isRefuted = verdict.value > schedule.bound * (1 + PRECISION);
      return { seed, ...spent, gap, isRefuted, verdict };
    });
    return { family, trials };
  });
  const verdicts = results.flatMap(({ trials }) => trials.map(({ verdict }) => verdict));
  const rows = results.map(({ family, trials }) => rowOf(family, trials));
  const refuted = results.flatMap(({ trials }) => trials.filter((trial) => trial.isRefuted)).length;
  const proofs: Row = {
    what: 'proofs that the judge refutes, plans above',
    measured: `${refuted} of ${verdicts.length}`,
    goal: '0',
    isMet: refuted === 0,
  };
  return { rows: [...rows, ...faultRows(verdicts, 'plans above'), proofs], details: results };
}

/** The second of two plans counts: the first one also compiles. */
function plannedBy({ name, instance }: Task): {
  planned: JudgedPlan;
  schedule: Schedule;
  spent: Spent;
} {
  const input = instanceInputOf(instance, { effort: fullEffort });
  let schedule = plan(input);
  const spent = spentOn(() => {
    schedule = plan(input);
  });
  const planned = instancePlanOf(schedule, { name, instance, seconds: spent.seconds });
  return { planned, schedule, spent };
}

function rowOf({ kind, n }: Family, trials: readonly Trial[]): Row {
  const shares = trials.map(({ verdict: { value, upperBound } }) => value / upperBound);
  const share = median(shares);
  const seconds = median(trials.map((trial) => trial.seconds));
  const goal = (GOALS.get(n) ?? 1) - (kind === 'U' ? 0 : ALLOWANCE);
  const gap = median(trials.map((trial) => trial.gap));
  const measured = [
    `${percent(share)} (worst ${percent(Math.min(...shares))})`,
    `proven ${percent(1 - gap)}`,
    spentText(trials),
  ];
  // The bound is loose by some percent where quotas bind, so that no share of it can be asked for.
  const isGoal = kind !== 'Q';
  return {
    what: `value with slews of the slew-free bound, ${kind}, n = ${n}`,
    measured: measured.join(', '),
    goal: isGoal ? `≥ ${percent(goal, 1)} in ${GOAL_SECONDS} s` : '(told)',
    isMet: isGoal ? share >= goal && seconds <= GOAL_SECONDS : null,
  };
}

/** What may never happen, in how many plans. */
export function faultRows(
  verdicts: readonly Pick<Verdict, 'invalid' | 'overQuota'>[],
  where: string,
): Row[] {
  const row = (what: string, count: number): Row => {
    const measured = `${count} in ${verdicts.length} plans`;
    return { what: `${what}, ${where}`, measured, goal: '0', isMet: count === 0 };
  };
  return [
    row('quota overruns', sumOf(verdicts.map(({ overQuota }) => overQuota))),
    row('invalid observations', sumOf(verdicts.map(({ invalid }) => invalid))),
  ];
}
