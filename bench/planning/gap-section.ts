import { fullEffort, type Instance, instanceInputOf, plan, type Schedule } from '#planning';
import {
  median,
  percent,
  type Row,
  type Section,
  type Spent,
  spentOn,
  spentText,
} from './report.ts';
import { FAMILIES, type Family, type Tasks } from './task.ts';

/** Whole minutes of setup and observation, so that any plan fits a grid of one minute. */
const SETUP_SECONDS = 60;
const GOAL_SECONDS = 1;

export interface SectionOptions {
  readonly tasks: Tasks;
  readonly seeds: readonly number[];
  readonly isQuick: boolean;
}

interface Proof extends Spent {
  readonly gap: number;
}

/** How far a plan can be from the best one, by its own proof, where slews take no time. */
export function gapSection({ tasks, seeds, isQuick }: SectionOptions): Section {
  const wanted = FAMILIES.filter(({ kind, n }) => {
    return (kind === 'U' || kind === 'Q') && n >= 50 && (n <= 300 || !isQuick);
  });
  const results = wanted.map((family) => {
    const proofs = seeds.map((seed) => proofOf(tasks.task(family, seed).instance));
    return { family, proofs };
  });
  const rows = results.map(({ family, proofs }) => rowOf(family, proofs));
  return { rows, details: results };
}

/** NaN of a plan that proves nothing. */
export function provenGap({ bound, gap }: Pick<Schedule, 'bound' | 'gap'>): number {
  return bound > 0 ? gap : Number.NaN;
}

/** The second of two plans counts: the first one also compiles. */
function proofOf(instance: Instance): Proof {
  const { transition: _, ...input } = instanceInputOf(
    { ...instance, setupSec: SETUP_SECONDS },
    { effort: fullEffort },
  );
  plan(input);
  let gap = Number.NaN;
  const spent = spentOn(() => {
    const schedule = plan(input);
    gap = provenGap(schedule);
  });
  return { gap, ...spent };
}

function rowOf({ kind, n }: Family, proofs: readonly Proof[]): Row {
  const goal = kind === 'Q' ? 0.02 : 0.01;
  const gaps = proofs.map(({ gap }) => gap);
  const seconds = median(proofs.map((proof) => proof.seconds));
  const gap = median(gaps);
  return {
    what: `proven gap, fixed overheads, ${kind === 'Q' ? 'quotas bind, ' : ''}n = ${n}`,
    measured: `${percent(gap)} (worst ${percent(Math.max(...gaps))}) in ${spentText(proofs)}`,
    goal: `≤ ${percent(goal, 0)} in ≤ ${GOAL_SECONDS} s`,
    isMet: gap <= goal && seconds <= GOAL_SECONDS,
  };
}
