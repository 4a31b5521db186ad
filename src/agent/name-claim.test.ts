import { ppid } from 'node:process';
import { describe, expect, it } from 'vitest';
import type { Database } from '#db';
import { codeOf } from '#platform';
import { type AgentBench, agentBench, Probe, type ProbeHooks, shakyDatabase } from '#testing';
import type { AgentContext } from './agent-context.ts';
import { appendFact, latestFacts, readCursor } from './fact-store.ts';
import { readSurvey, STOPPED, type Survey, writeSurvey } from './survey-store.ts';

/** A computer and a process that is not this one. */
const FAR = { host: 'far', pid: 70 };
const NEAR = { host: 'near', pid: 80 };
/** No process has a number this high. */
const DEAD_PID = 999_999_999;

/** A probe that a test starts and watches by itself. */
function start(bench: AgentBench, more: Partial<AgentContext>, hooks: ProbeHooks = {}) {
  const probe = new Probe({ ...bench.context('Probe'), ...more }, hooks);
  const life = { probe, code: 'alive' };
  bench.live(probe).then(
    () => {
      life.code = 'ended';
    },
    (error: unknown) => {
      life.code = codeOf(error);
    },
  );
  return life;
}

/** Leaves a holder of the name who said this when the test began, and nothing since. */
async function withHolder(bench: AgentBench, said: Partial<Survey>): Promise<void> {
  const usual = { name: 'Probe', mode: 'ACTIVE', status: 'IN_MAIN_LOOP', ...FAR } as const;
  const counts = { incarnation: 4, iteration: 5, validitySeconds: 60, atMs: bench.clock.now() };
  await bench.database.transaction((work) => writeSurvey(work, { ...usual, ...counts, ...said }));
}

const holder = (bench: AgentBench) => readSurvey(bench.database, 'Probe');

describe('an agent that starts', () => {
  it('takes a name that nobody ever had', async () => {
    const bench = await agentBench();
    start(bench, NEAR);
    await bench.pass(1);
    expect(await holder(bench)).toMatchObject({ incarnation: 1, ...NEAR });
  });

  it('counts the lives of its name', async () => {
    const bench = await agentBench();
    for (const incarnation of [1, 2, 3]) {
      const { probe } = start(bench, NEAR);
      await bench.pass(1);
      expect(await holder(bench)).toMatchObject({ incarnation });
      probe.stop();
      await bench.pass(1);
    }
  });

  it('is turned away while another life holds its name, and is told where', async () => {
    const bench = await agentBench();
    const first = start(bench, FAR);
    await bench.pass(10);
    const life = bench.live(new Probe({ ...bench.context('Probe'), ...NEAR }));
    const refused = expect(life).rejects.toMatchObject({
      code: 'AGENT_NAME_TAKEN',
      message: 'Probe runs already on far (process 70, last heard 0 s ago).',
      remedy: 'Stop it first (./pyros stop Probe), or start this one with --standby.',
    });
    await bench.pass(10);
    await refused;
    expect([first.code, (await holder(bench))?.host]).toEqual(['alive', 'far']);
  });

  it('is turned away by another process of its own computer that lives', async () => {
    const bench = await agentBench();
    await withHolder(bench, { host: 'near', pid: ppid });
    const life = start(bench, NEAR);
    await bench.pass(1);
    expect(life.code).toBe('AGENT_NAME_TAKEN');
  });

  it.each([
    ['died on its own computer', { host: 'near', pid: DEAD_PID }],
    ['was stopped', { status: STOPPED }],
  ])('takes at once the name of one that %s', async (_, said) => {
    const bench = await agentBench();
    await withHolder(bench, said);
    start(bench, NEAR);
    await bench.pass(1);
    expect(await holder(bench)).toMatchObject({ incarnation: 5, ...NEAR });
  });

  it.each([
    ['out of date', -3_600_000],
    ['of tomorrow', 86_400_000],
  ])(
    'takes the name of one whose word is %s by its clock, once it was silent for 15 s',
    async (_, ms) => {
      const bench = await agentBench();
      await withHolder(bench, { atMs: bench.clock.now() + ms });
      start(bench, NEAR);
      await bench.pass(14);
      expect(await holder(bench)).toMatchObject({ incarnation: 4, host: 'far' });
      await bench.pass(3);
      expect(await holder(bench)).toMatchObject({ incarnation: 5, ...NEAR });
    },
  );

  it('is turned away by one whose clock is an hour behind, as soon as that one speaks', async () => {
    const bench = await agentBench();
    const behind = (seconds: number) => ({ atMs: bench.clock.now() - 3_600_000 + seconds });
    await withHolder(bench, behind(0));
    const life = start(bench, NEAR);
    for (const seconds of [5, 10, 15, 20, 25]) {
      await bench.pass(5);
      await withHolder(bench, behind(seconds));
    }
    expect([life.code, (await holder(bench))?.host]).toEqual(['alive', 'far']);
    await withHolder(bench, {});
    await bench.pass(2);
    expect(life.code).toBe('AGENT_NAME_TAKEN');
  });

  it('waits for a database that does not answer', async () => {
    const bench = await agentBench();
    let answers = false;
    const database = shakyDatabase(bench.database, () => (answers ? null : 'refused'));
    const life = start(bench, { ...NEAR, database });
    await bench.pass(30);
    expect(life.code).toBe('alive');
    answers = true;
    await bench.pass(2);
    expect(await holder(bench)).toMatchObject({ incarnation: 1, ...NEAR });
  });

  it('wins or is turned away when two start together', async () => {
    const bench = await agentBench();
    await withHolder(bench, { status: STOPPED });
    const both = [start(bench, NEAR), start(bench, FAR)];
    await bench.pass(20);
    expect(both.map(({ code }) => code).sort()).toEqual(['AGENT_NAME_TAKEN', 'alive']);
  });
});

describe('an agent that stands by', () => {
  it('does nothing while the holder lives', async () => {
    const bench = await agentBench();
    const first = start(bench, FAR);
    await bench.pass(1);
    const second = start(bench, { ...NEAR, standby: true });
    await bench.pass(300);
    expect([first.code, second.code, (await holder(bench))?.host]).toEqual([
      'alive',
      'alive',
      'far',
    ]);
    const line = 'info: standing by: far (process 70) holds the name';
    expect(bench.log.lines.filter((one) => one === line)).toHaveLength(1);
  });

  it('takes over when the holder gives no sign of life for 15 s', async () => {
    const bench = await agentBench();
    await withHolder(bench, {});
    start(bench, { ...NEAR, standby: true });
    await bench.pass(14);
    expect(await holder(bench)).toMatchObject({ incarnation: 4, host: 'far' });
    await bench.pass(3);
    expect(await holder(bench)).toMatchObject({ incarnation: 5, host: 'near' });
  });

  it('goes by its own watch when the holder’s clock is far behind', async () => {
    const bench = await agentBench();
    await withHolder(bench, { atMs: bench.clock.now() - 3_600_000 });
    start(bench, { ...NEAR, standby: true });
    await bench.pass(10);
    await withHolder(bench, { atMs: bench.clock.now() - 3_600_000 });
    await bench.pass(10);
    expect(await holder(bench)).toMatchObject({ host: 'far' });
  });

  it('does not replace one that was stopped on purpose', async () => {
    const bench = await agentBench();
    const first = start(bench, FAR);
    await bench.pass(1);
    start(bench, { ...NEAR, standby: true });
    first.probe.stop();
    await bench.pass(300);
    expect(await holder(bench)).toMatchObject({ status: STOPPED, host: 'far' });
  });

  it('can be stopped while it waits', async () => {
    const bench = await agentBench();
    start(bench, FAR);
    await bench.pass(1);
    const second = start(bench, { ...NEAR, standby: true });
    await bench.pass(5);
    second.probe.stop();
    await bench.pass(2);
    expect(second.code).toBe('AGENT_STOPPED');
  });
});

describe('an agent that lost its name', () => {
  /** Two lives: the first was cut off from the world for a while, the second has taken over. */
  async function takenOver(hooks: ProbeHooks = {}) {
    const bench = await agentBench();
    const first = start(bench, FAR, hooks);
    await bench.pass(1);
    await bench.database.transaction(async (work) => {
      const said = await readSurvey(work, 'Probe');
      if (said) await writeSurvey(work, { ...said, ...NEAR, incarnation: said.incarnation + 1 });
    });
    return { bench, first };
  }

  it('ends at its next heartbeat, and leaves the survey to the new life', async () => {
    const { bench, first } = await takenOver();
    await bench.pass(6);
    expect(first.code).toBe('AGENT_FENCED');
    expect(await holder(bench)).toMatchObject({ ...NEAR, status: 'IN_MAIN_LOOP' });
  });

  it('writes nothing more', async () => {
    let written = 'nothing';
    const { bench, first } = await takenOver({
      routine: async (probe) => {
        if (probe.iteration < 2) return;
        await probe.do((work) => work.fact('AgentGivenUp', { agent: 'Probe', reason: 'test' }));
        written = 'a fact';
      },
    });
    const facts = await latestFacts(bench.database, 9);
    await bench.pass(30);
    expect([first.code, written]).toEqual(['AGENT_FENCED', 'nothing']);
    expect(await latestFacts(bench.database, 9)).toEqual(facts);
  });

  it('starts no command', async () => {
    const done: string[] = [];
    const { bench } = await takenOver({
      execute: async ({ name }) => {
        done.push(name);
        return 'done';
      },
    });
    const id = await bench.send('work');
    await bench.pass(30);
    expect([done, (await bench.command(id)).state]).toEqual([[], 'PENDING']);
  });

  it('runs no command whose start it hears of only after that', async () => {
    const bench = await agentBench();
    const done: string[] = [];
    let isSlow = false;
    const transaction: Database['transaction'] = async (work) => {
      const result = await bench.database.transaction(work);
      if (isSlow) await bench.clock.sleep(20);
      return result;
    };
    const database = new Proxy(bench.database, {
      get: (target, key) => {
        const value: unknown = key === 'transaction' ? transaction : Reflect.get(target, key);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const execute = async ({ id }: { id: number }) => String(done.push(String(id)));
    const { code } = start(bench, { ...FAR, database }, { execute });
    await bench.pass(6);
    isSlow = true;
    const id = await bench.send('work');
    await bench.pass(1);
    expect([code, (await bench.command(id)).state]).toEqual(['alive', 'RUNNING']);
    await withHolder(bench, { incarnation: 2, host: 'near' });
    await bench.pass(60);
    expect(done).toEqual([]);
  });

  it('sends no command', async () => {
    const codes: string[] = [];
    const { bench } = await takenOver({
      routine: async (probe) => {
        if (probe.iteration < 2) return;
        await probe.sendCommand('Probe', 'work').catch((error) => codes.push(codeOf(error)));
      },
    });
    await bench.pass(30);
    expect(codes.every((code) => code === 'AGENT_FENCED')).toBe(true);
    const command = await bench.command(1).catch(() => null);
    expect(command).toBeNull();
  });

  it('aborts what it runs and leaves its end to the new life', async () => {
    const bench = await agentBench();
    const aborted: string[] = [];
    const first = start(bench, FAR, {
      execute: async (_, { signal }) => {
        signal.addEventListener('abort', () => aborted.push(codeOf(signal.reason)));
        await bench.clock.sleep(1000, signal);
        return 'done';
      },
    });
    const id = await bench.send('work');
    await bench.pass(1);
    await withHolder(bench, NEAR);
    await bench.pass(10);
    expect([first.code, aborted]).toEqual(['AGENT_FENCED', ['AGENT_FENCED']]);
    expect((await bench.command(id)).state).toBe('RUNNING');
  });

  it('does not move the cursor of the new life', async () => {
    let heard = 0;
    const { bench } = await takenOver({ onFacts: async () => void heard++ });
    const payload = { device: 'dome', code: 'A', reason: 'test' };
    const fact = {
      atMs: bench.clock.now(),
      agent: 'Tester',
      type: 'DeviceFailed',
      payload,
    } as const;
    await bench.database.transaction((work) => appendFact(work, fact));
    await bench.pass(30);
    expect(heard).toBeLessThanOrEqual(1);
    expect(await readCursor(bench.database, 'Probe')).toBe(0);
  });
});
