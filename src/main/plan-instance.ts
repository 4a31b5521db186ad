import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  type Effort,
  firstEffort,
  fullEffort,
  type Instance,
  type InstancePlan,
  instanceInputOf,
  instancePlanOf,
  plan,
  readInstance,
} from '#planning';
import { PyrosError, RealClock } from '#platform';

export interface PlanOptions {
  readonly out: string;
  readonly effort: 'first' | 'full';
  readonly seed: number;
  readonly iterations?: number;
  readonly rounds?: number;
}

/** `./pyros plan INSTANCE.json --out PLAN.json`: plans the night of an instance file. */
export function planInstanceFile(file: string, options: PlanOptions): number {
  const instance = instanceIn(file);
  const clock = new RealClock();
  const startMs = clock.monotonic();
  const schedule = plan(
    instanceInputOf(instance, { seed: options.seed, effort: effortOf(options) }),
  );
  const seconds = (clock.monotonic() - startMs) / 1000;
  const name = basename(file).replace(/\.json$/, '');
  const result = instancePlanOf(schedule, { name, instance, seconds });
  write(options.out, result);
  console.log(summaryOf(result, instance));
  return 0;
}

function effortOf({ effort, iterations, rounds }: PlanOptions): Effort {
  const usual = effort === 'first' ? firstEffort : fullEffort;
  return {
    boundIterations: iterations ?? usual.boundIterations,
    searchRounds: rounds ?? usual.searchRounds,
  };
}

function instanceIn(file: string): Instance {
  const reading = readInstance(textOf(file));
  if (reading.ok) return reading.instance;
  throw new PyrosError('INSTANCE_INVALID', `${file} cannot be planned: ${reading.reason}.`, {
    remedy: 'The format is described in docs/command-line.md.',
  });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new PyrosError('INSTANCE_UNREADABLE', `The instance file ${file} cannot be read.`, {
      cause,
      remedy: 'Give the path of a JSON file.',
    });
  }
}

function write(file: string, result: InstancePlan): void {
  try {
    writeFileSync(file, `${JSON.stringify(result)}\n`);
  } catch (cause) {
    throw new PyrosError('PLAN_NOT_WRITTEN', `The plan cannot be written to ${file}.`, {
      cause,
      remedy: 'Name a file in a folder that exists and that you may write to.',
    });
  }
}

function summaryOf(result: InstancePlan, { sequences }: Instance): string {
  const { inst, plan: placed, value, bound, gap, sec } = result;
  return [
    `${inst}: ${placed.length} of ${sequences.length} planned`,
    `value ${value.toFixed(1)}`,
    `bound ${bound.toFixed(1)}`,
    `gap ${(100 * gap).toFixed(2)} %`,
    `${sec.toFixed(3)} s`,
  ].join(', ');
}
