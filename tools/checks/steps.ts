import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { breachText } from '../architecture/breach.ts';
import { checkArchitecture } from '../check-architecture.ts';
import { NOTHING, sum, type Tally } from './tally.ts';
import { tallyOfReport } from './vitest-report.ts';

/** What a step found, and what to show of it when it failed. */
export interface StepResult {
  readonly tally: Tally;
  readonly output: string;
}

/** One line of `./pyros check`. */
export interface Step {
  readonly name: string;
  /** Takes long, so its output is shown as it comes. */
  readonly isLive: boolean;
  readonly run: (root: string) => Promise<StepResult>;
}

export const CHECK: readonly Step[] = [
  programStep('format and lint', [
    '@biomejs/biome/bin/biome',
    'ci',
    '--colors=off',
    '--diagnostic-level=error',
    '.',
  ]),
  programStep('types', ['typescript/bin/tsc', '-p', '.']),
  { name: 'architecture', isLive: false, run: architecture },
  testStep('unit'),
];

export const TEST: readonly Step[] = [
  ...CHECK,
  { name: 'system tests', isLive: true, run: systemTests },
];

/** A program of node_modules that succeeds or fails as a whole. */
function programStep(name: string, [program = '', ...args]: readonly string[]): Step {
  const run = async (root: string): Promise<StepResult> => {
    const { code, output } = await runNode({ root, program, args, isLive: false });
    return { tally: verdict(code === 0), output };
  };
  return { name, isLive: false, run };
}

async function architecture(root: string): Promise<StepResult> {
  const breaches = checkArchitecture(root);
  return { tally: verdict(breaches.length === 0), output: breaches.map(breachText).join('\n') };
}

/** A suite of vitest.config.ts. */
function testStep(project: 'unit'): Step {
  const run = (root: string) => runSuite(root, project, { reporter: 'dot', isLive: false });
  return { name: `${project} tests`, isLive: false, run };
}

/**
 * Both suites of system tests, side by side: the nights mostly wait for their clock. What the servers
 * print comes in one piece at the end.
 */
async function systemTests(root: string): Promise<StepResult> {
  const [nights, servers] = await Promise.all([
    runSuite(root, 'nights', { reporter: 'default', isLive: true }),
    runSuite(root, 'servers', { reporter: 'default', isLive: false }),
  ]);
  process.stdout.write(servers.output);
  return { tally: sum([nights.tally, servers.tally]), output: '' };
}

async function runSuite(
  root: string,
  project: 'unit' | 'nights' | 'servers',
  { reporter, isLive }: { reporter: 'default' | 'dot'; isLive: boolean },
): Promise<StepResult> {
  const report = join(root, 'data', 'test', `${project}.json`);
  rmSync(report, { force: true });
  const args = ['run', '--project', project, `--reporter=${reporter}`, '--reporter=json'];
  const { code, output } = await runNode({
    root,
    program: 'vitest/vitest.mjs',
    args: [...args, `--outputFile.json=${report}`],
    isLive,
  });
  if (!existsSync(report)) return { tally: verdict(false), output };
  return { tally: tallyOfReport(readFileSync(report, 'utf8'), code), output };
}

function verdict(isGood: boolean): Tally {
  return isGood ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 };
}

interface NodeRun {
  readonly root: string;
  /** Its path in node_modules. */
  readonly program: string;
  readonly args: readonly string[];
  readonly isLive: boolean;
}

/** Runs a program of node_modules on this very Node, which its own children find first in PATH. */
function runNode(run: NodeRun): Promise<{ code: number; output: string }> {
  const path = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const plain = run.isLive && process.stdout.isTTY ? {} : { NO_COLOR: '1' };
  const out = run.isLive ? 'inherit' : 'pipe';
  const child = spawn(process.execPath, [join('node_modules', run.program), ...run.args], {
    cwd: run.root,
    env: { ...process.env, ...plain, PATH: path },
    stdio: ['ignore', out, out],
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
