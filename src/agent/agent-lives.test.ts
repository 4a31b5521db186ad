import { describe, expect, it } from 'vitest';
import { type AgentBench, agentBench } from '#testing';
import { readSurveys, writeSurvey } from './survey-store.ts';

/** A probe whose specific command lasts so long, unless it is aborted. */
function busyProbe(bench: AgentBench, seconds: number, done: string[] = []) {
  return bench.probe({
    execute: async ({ id, name }, { signal }) => {
      await bench.clock.sleep(seconds, signal);
      done.push(`${name} ${id}`);
      return `${name} is done`;
    },
  });
}

describe('an agent that ends', () => {
  it('leaves its command running for its next life', async () => {
    const bench = await agentBench();
    const probe = busyProbe(bench, 100);
    const work = await bench.send('work');
    await bench.pass(1);
    probe.stop();
    await bench.pass(1);
    expect((await bench.command(work)).state).toBe('RUNNING');
    expect(await readSurveys(bench.database)).toMatchObject([{ status: 'STOPPED' }]);
  });

  it('fails at its start a command that it had left, and says so', async () => {
    const bench = await agentBench();
    const first = busyProbe(bench, 100);
    const work = await bench.send('work');
    await bench.pass(1);
    first.stop();
    await bench.pass(1);
    busyProbe(bench, 1);
    await bench.pass(5);
    expect(await bench.command(work)).toMatchObject({ state: 'FAILED', errorCode: 'AGENT_DIED' });
  });

  it('takes up at its start a command that it can go on with', async () => {
    const bench = await agentBench();
    const first = busyProbe(bench, 100);
    const work = await bench.send('work');
    await bench.pass(1);
    first.stop();
    await bench.pass(1);
    bench.probe({ resumes: ({ name }) => name === 'work', execute: async () => 'resumed' });
    await bench.pass(1);
    expect(await bench.command(work)).toMatchObject({ state: 'EXECUTED', result: 'resumed' });
  });

  it('ends when told to exit', async () => {
    const bench = await agentBench();
    busyProbe(bench, 10);
    await bench.pass(1);
    const exit = await bench.send('exit');
    await bench.pass(1);
    expect((await bench.command(exit)).state).toBe('EXECUTED');
    expect(await readSurveys(bench.database)).toMatchObject([{ status: 'STOPPED' }]);
  });

  it('kills what runs when told to exit, with how far it came', async () => {
    const bench = await agentBench();
    bench.probe({
      execute: async (_, { signal, progress }) => {
        await progress('in step #2/5');
        await bench.clock.sleep(100, signal);
        return 'done';
      },
    });
    const work = await bench.send('work');
    await bench.pass(1);
    await bench.send('exit', { sender: 'Boss' });
    await bench.pass(1);
    expect(await bench.command(work)).toMatchObject({
      state: 'KILLED',
      result: 'in step #2/5',
      errorCode: 'ABORTED',
      errorText: 'exit asked by Boss',
    });
    expect(await readSurveys(bench.database)).toMatchObject([{ status: 'STOPPED' }]);
  });

  it('begins nothing that waits beside its exit', async () => {
    const bench = await agentBench();
    const done: string[] = [];
    const work = await bench.send('work');
    await bench.send('exit');
    busyProbe(bench, 10, done);
    await bench.pass(30);
    expect((await bench.command(work)).state).toBe('PENDING');
    expect(done).toEqual([]);
  });
});

describe('an agent that runs', () => {
  it('is not run a second time meanwhile, and again afterwards', async () => {
    const bench = await agentBench();
    const probe = busyProbe(bench, 1);
    await bench.pass(1);
    await expect(probe.run()).rejects.toMatchObject({ code: 'AGENT_RUNS' });
    probe.stop();
    await bench.pass(1);
    void bench.live(probe);
    await bench.pass(1);
    expect(await readSurveys(bench.database)).toMatchObject([
      { status: 'IN_MAIN_LOOP', incarnation: 2 },
    ]);
  });
});

describe('an agent’s survey', () => {
  it('is renewed while nothing happens', async () => {
    const bench = await agentBench();
    busyProbe(bench, 1);
    await bench.pass(100);
    const [survey] = await readSurveys(bench.database);
    expect(survey).toMatchObject({ name: 'Probe', mode: 'ACTIVE', status: 'IN_MAIN_LOOP', pid: 7 });
    expect(bench.clock.now() - (survey?.atMs ?? 0)).toBeLessThanOrEqual(5000);
  });

  it('is renewed and tells of the command while one runs', async () => {
    const bench = await agentBench();
    busyProbe(bench, 500);
    await bench.send('work');
    await bench.pass(100);
    const [survey] = await readSurveys(bench.database);
    expect(survey?.status).toBe('RUNNING work');
    expect(bench.clock.now() - (survey?.atMs ?? 0)).toBeLessThanOrEqual(5000);
  });
});

describe('a restart', () => {
  it('kills what runs, prepares again and counts iterations from 1', async () => {
    const bench = await agentBench();
    let prepared = 0;
    const probe = bench.probe({
      prepare: async () => void prepared++,
      execute: async (_, { signal }) => {
        await bench.clock.sleep(100, signal);
        return 'done';
      },
    });
    const work = await bench.send('work');
    await bench.pass(60);
    const before = probe.iteration;
    await bench.send('restart_init', { sender: 'Boss' });
    await bench.pass(1);
    expect(await bench.command(work)).toMatchObject({
      state: 'KILLED',
      errorText: 'restart_init asked by Boss',
    });
    expect([prepared, before > 10, probe.iteration]).toEqual([2, true, expect.toBeOneOf([1, 2])]);
  });

  it('that fails is tried again in peace until it succeeds', async () => {
    const bench = await agentBench();
    let prepared = 0;
    bench.probe({
      prepare: async () => {
        prepared++;
        if (prepared > 1 && prepared < 10) throw new Error('not yet');
      },
    });
    await bench.pass(1);
    await bench.send('restart_init');
    await bench.pass(30);
    expect([prepared > 3, prepared < 9]).toEqual([true, true]);
    const work = await bench.send('work');
    await bench.pass(30);
    expect([prepared, (await bench.command(work)).state]).toEqual([10, 'EXECUTED']);
  });

  it('makes an idle agent active', async () => {
    const bench = await agentBench();
    const probe = busyProbe(bench, 1);
    await bench.send('set_mode', { payload: 'IDLE' });
    await bench.pass(1);
    expect(probe.mode).toBe('IDLE');
    await bench.send('restart_init');
    await bench.pass(1);
    expect(probe.mode).toBe('ACTIVE');
  });

  it('lets what waits run afterwards', async () => {
    const bench = await agentBench();
    busyProbe(bench, 1);
    const work = await bench.send('work');
    await bench.send('restart_init');
    await bench.pass(5);
    expect((await bench.command(work)).state).toBe('EXECUTED');
  });

  it('waits for what takes a while to end, and answers meanwhile', async () => {
    const bench = await agentBench();
    let prepared = 0;
    bench.probe({
      prepare: async () => void prepared++,
      execute: async (_, { signal }) => {
        await bench.clock.sleep(1000, signal).catch(() => undefined);
        await bench.clock.sleep(20);
        signal.throwIfAborted();
        return 'done';
      },
    });
    await bench.send('work');
    await bench.pass(1);
    await bench.send('restart_init');
    const next = await bench.send('rest');
    const ask = await bench.send('get_mode');
    await bench.pass(5);
    expect([prepared, (await bench.command(ask)).state]).toEqual([1, 'EXECUTED']);
    expect((await bench.command(next)).state).toBe('PENDING');
    await bench.pass(20);
    expect([prepared, (await bench.command(next)).state]).toEqual([2, 'RUNNING']);
  });
});

describe('an agent’s mode', () => {
  it('is kept over a death', async () => {
    const bench = await agentBench();
    const first = busyProbe(bench, 1);
    await bench.send('set_mode', { payload: 'IDLE' });
    await bench.pass(1);
    const [said] = await readSurveys(bench.database);
    first.stop();
    await bench.pass(1);
    // As the death would have left it: the last word was not STOPPED.
    if (said) await bench.database.transaction((work) => writeSurvey(work, said));
    const second = busyProbe(bench, 1);
    await bench.pass(1);
    expect(second.mode).toBe('IDLE');
  });

  it('is kept from the moment its command is answered', async () => {
    const bench = await agentBench();
    busyProbe(bench, 1);
    await bench.pass(1);
    const set = await bench.send('set_mode', { payload: 'IDLE' });
    await bench.pass(0.1);
    expect((await bench.command(set)).state).toBe('EXECUTED');
    expect(await readSurveys(bench.database)).toMatchObject([{ mode: 'IDLE' }]);
  });

  it('is not kept over a clean stop', async () => {
    const bench = await agentBench();
    const first = busyProbe(bench, 1);
    await bench.send('set_mode', { payload: 'IDLE' });
    await bench.pass(1);
    first.stop();
    await bench.pass(1);
    const second = busyProbe(bench, 1);
    await bench.pass(1);
    expect(second.mode).toBe('ACTIVE');
  });

  it('is not what a set_mode asked that came too late', async () => {
    const bench = await agentBench();
    const probe = busyProbe(bench, 1);
    await bench.pass(1);
    probe.stop();
    await bench.pass(1);
    await bench.send('set_mode', { payload: 'IDLE', validitySeconds: 1 });
    await bench.pass(2);
    busyProbe(bench, 1);
    await bench.pass(0.1);
    expect(await readSurveys(bench.database)).toMatchObject([{ mode: 'ACTIVE' }]);
  });

  it('IDLE lets it send nothing', async () => {
    const bench = await agentBench();
    const probe = busyProbe(bench, 1);
    await bench.send('set_mode', { payload: 'IDLE' });
    await bench.pass(1);
    await expect(probe.sendCommand('Probe', 'work')).rejects.toMatchObject({ code: 'AGENT_IDLE' });
  });

  it('IDLE keeps its routine going', async () => {
    const bench = await agentBench();
    let routines = 0;
    bench.probe({ routine: async () => void routines++ });
    await bench.send('set_mode', { payload: 'IDLE' });
    await bench.pass(35);
    expect(routines).toBe(4);
  });
});
