import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fact } from '#agent';
import { imagesOfNight } from '#execution';
import { type RunningNight, startNight } from './running-night.ts';

const NIGHT = '2014-04-23';
const AGENTS = [
  'Observer',
  'Guardian',
  'Monitoring',
  'Majordome',
  'Scheduler',
  'AlertListener',
  'Webserver',
  'GicFeed',
];

const count = (facts: readonly Fact[], type: Fact['type']) =>
  facts.filter((fact) => fact.type === type).length;

const restarts = (facts: readonly Fact[], agent: string) =>
  facts.filter((fact) => fact.type === 'AgentRestarted' && fact.payload.agent === agent).length;

const starts = (facts: readonly Fact[], agent: string) =>
  facts.filter((fact) => fact.type === 'AgentStarted' && fact.payload.agent === agent).length;

describe('a night in which every agent is killed once', () => {
  let night: RunningNight;

  beforeAll(async () => {
    night = await startNight({ args: ['--rate', '180', '--seed', '5'] });
  });

  afterAll(async () => {
    await night.stop();
  });

  it('has the dome closed by its own dead-man while the guardian hangs, and goes on after', async () => {
    await night.until('observing', (facts) => count(facts, 'ImageTaken') >= 2);
    const guardian = await night.pid('Guardian');
    process.kill(guardian, 'SIGSTOP');
    const opened = count(await night.facts(), 'DomeOpened');
    await night.until('closed by the dead-man', (facts) => count(facts, 'DomeClosed') >= 1, 240);
    process.kill(guardian, 'SIGCONT');
    await night.until('open again', (facts) => count(facts, 'DomeOpened') > opened, 240);
  });

  it.each(AGENTS)('restarts %s at once after SIGKILL', async (agent) => {
    const exposures = count(await night.facts(), 'ExposureStarted');
    await night.until('exposing', (facts) => count(facts, 'ExposureStarted') > exposures, 240);
    const before = await night.pid(agent);
    process.kill(before, 'SIGKILL');
    await night.until('restarted', (facts) => restarts(facts, agent) === 1, 240);
    await night.until('at work again', (facts) => starts(facts, agent) === 2, 240);
    // Its survey row follows at its first turn.
    for (let i = 0; i < 1000 && (await night.pid(agent)) === before; i++) await sleep(50);
    expect(await night.pid(agent)).not.toBe(before);
  });

  it('ends the night with everything done that it set out to show', async () => {
    await night.until('the end', (facts) => count(facts, 'NightEnded') === 1, 900);
    expect(await night.exitCode(), night.output().slice(-3000)).toBe(0);
  });

  it('has lost no image and doubled none', async () => {
    const facts = await night.facts();
    const rows = await imagesOfNight(night.database, NIGHT);
    const taken = rows.filter((row) => row.state === 'TAKEN');
    const told = facts.filter((fact) => fact.type === 'ImageTaken').map((fact) => fact.payload);
    expect(told.map((one) => one.exposureId).sort()).toEqual(
      taken.map((row) => row.exposure_id).sort(),
    );
    expect(rows.filter((row) => row.state === 'EXPOSING')).toEqual([]);
    // What an abort cut short is kept too, and does not count as taken.
    const kept = rows.filter((row) => row.path !== '');
    expect(kept.every(({ state }) => state === 'TAKEN' || state === 'ABORTED')).toBe(true);
    for (const row of kept) {
      const bytes = readFileSync(join(night.dataFolder, row.path));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(row.sha256);
    }
    const files = globSync('nights/*/images/*', { cwd: night.dataFolder });
    expect(files.sort()).toEqual(kept.map((row) => row.path).sort());
    const slots = taken.map((row) => `${row.plan_id}-${row.number}`);
    expect(new Set(slots).size).toBe(slots.length);
  });

  it('has told no fact twice', async () => {
    const facts = await night.facts();
    const once = [
      'NightStarted',
      'NightAcknowledged',
      'AlertReceived',
      'AlertUpdated',
      'NightEnded',
    ] as const;
    for (const type of once) expect([type, count(facts, type)]).toEqual([type, 1]);
    const open = new Set<number>();
    for (const fact of facts) {
      if (fact.type === 'SequenceStarted') {
        expect(open.has(fact.payload.sequenceId)).toBe(false);
        open.add(fact.payload.sequenceId);
      }
      if (fact.type === 'SequenceEnded') open.delete(fact.payload.sequenceId);
    }
    expect([...open]).toEqual([]);
    const modes = facts.filter((fact) => fact.type === 'ModeChanged').map((fact) => fact.payload);
    for (const [i, mode] of modes.entries()) {
      if (i > 0) expect(mode.from).toBe(modes[i - 1]?.to);
    }
    expect(existsSync(join(night.dataFolder, 'nights', NIGHT, 'report.json'))).toBe(true);
  });
});
