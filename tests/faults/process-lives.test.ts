import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fact } from '#agent';
import { readObservatory } from '#execution';
import { type RunningNight, startNight } from '../running-night.ts';

/** Faults of processes that only real ones can have (hazards F34 to F36, F61). */

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main');
const CLI = join(MAIN, 'cli.ts');
const AGENT_PROCESS = join(MAIN, 'agent-process.ts');
const count = (facts: readonly Fact[], type: Fact['type']) =>
  facts.filter((fact) => fact.type === type).length;

describe('a night in processes', () => {
  let night: RunningNight;

  beforeAll(async () => {
    night = await startNight({
      args: ['--rate', '120', '--seed', '3'],
      edit: (unit) => {
        const agents = unit.toJS().agents as { kind: string }[];
        const scheduler = agents.findIndex(({ kind }) => kind === 'scheduler');
        unit.setIn(['agents', scheduler, 'restartBudget'], 2);
      },
    });
    await night.until('observing', (facts) => count(facts, 'ImageTaken') >= 2);
  });

  afterAll(async () => {
    await night.stop();
  });

  it('F34 refuses a second Majordome, and the first goes on', async () => {
    const before = await night.pid('Majordome');
    // As its supervisor starts it, with the same settings and clock: only the name stands against it.
    const second = [AGENT_PROCESS, join(night.dataFolder, 'run.json'), 'Majordome'];
    const { code, output } = await run(second, night.dataFolder);
    expect(code).toBe(2);
    expect(output).toMatch(/Majordome runs already/);
    expect(await night.pid('Majordome')).toBe(before);
  });

  it('F36 goes on observing while the web server stands still', async () => {
    const web = await night.pid('Webserver');
    const images = count(await night.facts(), 'ImageTaken');
    process.kill(web, 'SIGSTOP');
    try {
      await night.until('more images', (facts) => count(facts, 'ImageTaken') >= images + 3, 120);
      const row = await readObservatory(night.database);
      expect(row?.mode).toMatch(/SCHED_READY|SCHED_CLOSING|STANDBY/);
    } finally {
      process.kill(web, 'SIGCONT');
    }
  });

  it('F61 goes on with the unit file it began with: one that was spoilt meanwhile starts nothing', async () => {
    const file = join(night.dataFolder, 'unit.yaml');
    const good = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      good.replace(/latDeg: [\d.]+/, 'latDeg: .nan').replace(/limit: [\d.]+/, 'limit: .nan'),
    );
    try {
      const { code, output } = await run(
        [CLI, '--configfile', file, 'start', 'all'],
        night.dataFolder,
      );
      expect(code).not.toBe(0);
      expect(output).toMatch(/unit\.yaml:\d+ {2}site\.latDeg: /);
      expect(output).toMatch(/plc\.limits\.0\.limit: /);
      const before = await night.pid('Observer');
      process.kill(before, 'SIGKILL');
      const images = count(await night.facts(), 'ImageTaken');
      await night.until('more images', (facts) => count(facts, 'ImageTaken') > images, 120);
      expect(await night.pid('Observer')).not.toBe(before);
    } finally {
      writeFileSync(file, good);
    }
  });

  it('F35 gives up an agent that dies again and again, says so, and goes on with the last plan', async () => {
    for (let death = 0; death < 3; death++) {
      const pid = await living(night, 'Scheduler');
      process.kill(pid, 'SIGKILL');
      await sleep(200);
    }
    await night.until('given up', (facts) => count(facts, 'AgentGivenUp') >= 1, 120);
    const images = count(await night.facts(), 'ImageTaken');
    await night.until('more images', (facts) => count(facts, 'ImageTaken') > images, 120);
  });
});

/** The process of an agent once its newest life has spoken. */
async function living(night: RunningNight, agent: string): Promise<number> {
  for (let waited = 0; waited < 600; waited++) {
    const pid = await night.pid(agent);
    if (pid > 0 && isAlive(pid)) return pid;
    await sleep(100);
  }
  throw new Error(`${agent} never lived`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function run(args: readonly string[], dataFolder: string) {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, PYROS_DATA: dataFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { code, output };
}
