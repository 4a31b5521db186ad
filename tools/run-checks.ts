import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHECK, type Step, TEST } from './checks/steps.ts';
import { sum, type Tally, tallyText } from './checks/tally.ts';

export interface RunChecksOptions {
  /** `check`: format, lint, types, architecture, unit tests. `test`: these and the system tests. */
  readonly only: 'check' | 'test';
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Real alert packets, kept beside the checkout and not in it. */
const SAMPLES = join(ROOT, '..', 'shared', 'data', 'voevents');
/** Where `tests/needs.ts` leaves the programs that are missing: a file each, which holds its package. */
const MISSING = join(ROOT, 'data', 'test', 'missing');

/**
 * Runs the checks one after the other, all of them even when one fails, and prints one line each.
 * A check counts as one, a suite as many as it has tests.
 *
 * @returns The exit code: 0 when nothing failed and, in CI, nothing was skipped.
 */
export async function runChecks({ only }: RunChecksOptions): Promise<number> {
  rmSync(MISSING, { recursive: true, force: true });
  const tallies: Tally[] = [];
  for (const step of only === 'check' ? CHECK : TEST) tallies.push(await runStep(step));
  const total = sum(tallies);
  const isCi = process.env.CI === 'true';
  for (const line of skipLines(total, isCi)) console.log(line);
  console.log(tallyText(total));
  return total.failed > 0 || (isCi && total.skipped > 0) ? 1 : 0;
}

async function runStep(step: Step): Promise<Tally> {
  const name = step.name.padEnd(16);
  process.stdout.write(step.isLive ? `${name}\n` : name);
  const start = performance.now();
  const { tally, output } = await step.run(ROOT);
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
  const word = tally.failed > 0 ? 'FAILED' : 'ok    ';
  console.log(`${step.isLive ? name : ''}${word} ${seconds} s  ${tallyText(tally)}`);
  if (tally.failed > 0 && !step.isLive) console.log(output.trimEnd());
  return tally;
}

function skipLines({ skipped }: Tally, isCi: boolean): string[] {
  const packages = missingPackages();
  const install = `Some tests want programs that are not here: apt-get install -y ${packages.join(' ')}`;
  return [
    ...(packages.length > 0 ? [install] : []),
    ...(existsSync(SAMPLES) ? [] : [`No sample packets in ${SAMPLES}: their tests did not run.`]),
    ...(isCi && skipped > 0 ? ['In CI a skipped test is a failure.'] : []),
  ];
}

function missingPackages(): string[] {
  if (!existsSync(MISSING)) return [];
  return readdirSync(MISSING)
    .sort()
    .map((program) => readFileSync(join(MISSING, program), 'utf8'));
}

if (import.meta.main) {
  process.exitCode = await runChecks({ only: process.argv[2] === 'test' ? 'test' : 'check' });
}
