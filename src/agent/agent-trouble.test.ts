import { describe, expect, it } from 'vitest';
import { agentBench, type ProbeHooks, shakyDatabase, type Trouble } from '#testing';
import { appendFact, latestFacts } from './fact-store.ts';
import { readSurvey } from './survey-store.ts';

/**
 * A probe whose transactions meet trouble: the one with this number after the call of `from`, and as
 * many after it as there are troubles.
 */
async function troubledProbe(hooks: ProbeHooks = {}) {
  const bench = await agentBench();
  const troubles: Trouble[] = [];
  const database = shakyDatabase(bench.database, () => troubles.shift() ?? null);
  const probe = bench.probe(hooks, { database });
  await bench.pass(1);
  return { bench, probe, troubles };
}

/** What the probe told in its own name, oldest first. */
async function told(bench: Awaited<ReturnType<typeof agentBench>>): Promise<string[]> {
  const facts = await latestFacts(bench.database, 100);
  return facts
    .flatMap((fact) => (fact.type === 'AgentGivenUp' ? [fact.payload.reason] : []))
    .reverse();
}

/** One of the next transactions, the n-th, goes wrong in each way. */
const cases = (['kept', 'undone', 'refused'] as const).flatMap((trouble) =>
  [0, 1, 2, 3, 4].map((n) => [trouble, n] as const),
);

function troubleAt(n: number, trouble: Trouble): Trouble[] {
  return [...Array.from({ length: n }, () => null), trouble];
}

describe.each(cases)('with a database that is %s at transaction %d', (trouble, n) => {
  it('a command is run once and its end is written', async () => {
    let runs = 0;
    const { bench, troubles } = await troubledProbe({
      execute: async (_, { progress }) => {
        runs++;
        await progress('half');
        await bench.clock.sleep(1);
        return 'done';
      },
    });
    troubles.push(...troubleAt(n, trouble));
    const id = await bench.send('work');
    await bench.pass(30);
    expect(await bench.command(id)).toMatchObject({ state: 'EXECUTED', result: 'done' });
    expect(runs).toBe(1);
  });

  it('a general command does its work and is answered', async () => {
    const { bench, probe, troubles } = await troubledProbe();
    troubles.push(...troubleAt(n, trouble));
    const id = await bench.send('set_mode', { payload: 'IDLE' });
    await bench.pass(30);
    expect(await bench.command(id)).toMatchObject({ state: 'EXECUTED', result: 'IDLE' });
    expect(probe.mode).toBe('IDLE');
    expect(await readSurvey(bench.database, 'Probe')).toMatchObject({ mode: 'IDLE' });
  });

  it('each fact is handled once, in order', async () => {
    const { bench, troubles } = await troubledProbe({
      onFacts: async (facts, probe) => {
        await probe.do(async (work) => {
          for (const { payload } of facts) {
            const reason = 'code' in payload ? payload.code : '';
            await work.fact('AgentGivenUp', { agent: 'Probe', reason });
          }
        });
      },
    });
    troubles.push(...troubleAt(n, trouble));
    for (const code of ['A', 'B', 'C']) {
      const payload = { device: 'dome', code, reason: 'test' };
      const fact = { atMs: 0, agent: 'Tester', type: 'DeviceFailed', payload } as const;
      await bench.database.transaction((work) => appendFact(work, fact));
      await bench.pass(3);
    }
    await bench.pass(30);
    expect(await told(bench)).toEqual(['A', 'B', 'C']);
  });

  it('a command sent for a fact is sent once', async () => {
    const { bench, troubles } = await troubledProbe({
      onFacts: async (_, probe) => {
        await probe.sendCommand('Probe', 'work');
      },
    });
    troubles.push(...troubleAt(n, trouble));
    const payload = { device: 'dome', code: 'A', reason: 'test' };
    const fact = { atMs: 0, agent: 'Tester', type: 'DeviceFailed', payload } as const;
    await bench.database.transaction((work) => appendFact(work, fact));
    await bench.pass(30);
    expect((await bench.command(1)).state).toBe('EXECUTED');
    expect(await bench.command(2).catch(() => null)).toBeNull();
  });

  it('a command that is aborted is killed', async () => {
    const { bench, troubles } = await troubledProbe({
      execute: async (_, { signal }) => {
        await bench.clock.sleep(1000, signal);
        return 'done';
      },
    });
    const id = await bench.send('work');
    await bench.pass(1);
    troubles.push(...troubleAt(n, trouble));
    const abort = await bench.send('abort');
    await bench.pass(30);
    expect((await bench.command(id)).state).toBe('KILLED');
    expect((await bench.command(abort)).state).toBe('EXECUTED');
  });

  it('an agent that is told to exit does so', async () => {
    const { bench, troubles } = await troubledProbe();
    troubles.push(...troubleAt(n, trouble));
    const exit = await bench.send('exit');
    await bench.pass(30);
    expect((await bench.command(exit)).state).toBe('EXECUTED');
    expect(await readSurvey(bench.database, 'Probe')).toMatchObject({ status: 'STOPPED' });
  });

  it('an agent that is told to restart is prepared again', async () => {
    let prepared = 0;
    const { bench, troubles } = await troubledProbe({ prepare: async () => void prepared++ });
    troubles.push(...troubleAt(n, trouble));
    await bench.send('restart_init');
    await bench.pass(30);
    expect(prepared).toBeGreaterThanOrEqual(2);
    const id = await bench.send('work');
    await bench.pass(5);
    expect((await bench.command(id)).state).toBe('EXECUTED');
  });
});

describe('with a database that is gone for 30 s', () => {
  /** Every transaction is refused for so long. */
  async function withOutage(hooks: ProbeHooks = {}) {
    const bench = await agentBench();
    let untilMs = 0;
    const database = shakyDatabase(bench.database, () =>
      bench.clock.now() < untilMs ? 'refused' : null,
    );
    const probe = bench.probe(hooks, { database });
    await bench.pass(1);
    untilMs = bench.clock.now() + 30_000;
    return { bench, probe };
  }

  it('an agent goes on afterwards by itself', async () => {
    const { bench } = await withOutage();
    const id = await bench.send('work');
    await bench.pass(29);
    expect((await bench.command(id)).state).toBe('PENDING');
    await bench.pass(10);
    expect((await bench.command(id)).state).toBe('EXECUTED');
  });

  it('what runs goes on, and its end is written afterwards', async () => {
    const bench = await agentBench();
    let isGone = false;
    const database = shakyDatabase(bench.database, () => (isGone ? 'refused' : null));
    const done: number[] = [];
    bench.probe(
      {
        execute: async (command, { signal }) => {
          await bench.clock.sleep(10, signal);
          done.push(command.id);
          return 'done';
        },
      },
      { database },
    );
    const id = await bench.send('work');
    await bench.pass(1);
    isGone = true;
    await bench.pass(30);
    expect([done, (await bench.command(id)).state]).toEqual([[id], 'RUNNING']);
    isGone = false;
    await bench.pass(2);
    expect([done, (await bench.command(id)).state]).toEqual([[id], 'EXECUTED']);
  });

  it('tells its trouble in its log file', async () => {
    const { bench } = await withOutage();
    await bench.pass(30);
    expect(bench.log.lines).toContain('error: It does not answer.');
  });
});
