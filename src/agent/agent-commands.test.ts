import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type AgentBench, agentBench } from '#testing';
import { moveCommand, readSurveys } from './agent-store.ts';

/** A probe whose specific command lasts so long, unless it is aborted. */
function busyProbe(bench: AgentBench, seconds: number, done: string[] = []) {
  return bench.probe({
    execute: async ({ id, name }, signal) => {
      await bench.clock.sleep(seconds, signal);
      done.push(`${name} ${id}`);
      return `${name} is done`;
    },
  });
}

describe('an agent and its commands', () => {
  it('runs one and gives its result', async () => {
    const bench = await agentBench();
    busyProbe(bench, 5);
    const id = await bench.send('work');
    await bench.pass(1);
    expect(await bench.command(id)).toMatchObject({ state: 'RUNNING' });
    await bench.pass(5);
    expect(await bench.command(id)).toMatchObject({ state: 'EXECUTED', result: 'work is done' });
  });

  it('runs one at a time, oldest first', async () => {
    const bench = await agentBench();
    const done: string[] = [];
    busyProbe(bench, 5, done);
    const ids = [await bench.send('work'), await bench.send('rest'), await bench.send('work')];
    await bench.pass(6);
    const states = await Promise.all(ids.map(async (id) => (await bench.command(id)).state));
    expect(states).toEqual(['EXECUTED', 'RUNNING', 'PENDING']);
    await bench.pass(20);
    expect(done).toEqual([`work ${ids[0]}`, `rest ${ids[1]}`, `work ${ids[2]}`]);
  });

  it('tells why one failed', async () => {
    const bench = await agentBench();
    bench.probe({
      execute: async () => {
        throw new Error('the motor is hot');
      },
    });
    const id = await bench.send('work');
    await bench.pass(1);
    expect(await bench.command(id)).toMatchObject({
      state: 'FAILED',
      errorCode: 'UNEXPECTED',
      result: 'the motor is hot',
    });
  });

  it('refuses one that it does not know, and says what it knows', async () => {
    const bench = await agentBench();
    const done: string[] = [];
    busyProbe(bench, 1, done);
    const id = await bench.send('fly');
    await bench.pass(5);
    expect(await bench.command(id)).toMatchObject({
      state: 'REFUSED',
      errorCode: 'COMMAND_UNKNOWN',
      result: 'Probe does not know "fly": it knows work, rest.',
    });
    expect(done).toEqual([]);
  });

  it('lets one expire that comes too late', async () => {
    const bench = await agentBench();
    const id = await bench.send('work', { validitySeconds: 10 });
    await bench.pass(11);
    busyProbe(bench, 1);
    await bench.pass(1);
    expect(await bench.command(id)).toMatchObject({ state: 'EXPIRED' });
  });

  it('skips one while it is idle, and runs again once it is not', async () => {
    const bench = await agentBench();
    busyProbe(bench, 1);
    await bench.send('set_mode', { payload: 'IDLE' });
    const skipped = await bench.send('work');
    await bench.pass(2);
    await bench.send('set_mode', { payload: 'ACTIVE' });
    const run = await bench.send('work');
    await bench.pass(2);
    expect((await bench.command(skipped)).state).toBe('SKIPPED');
    expect((await bench.command(run)).state).toBe('EXECUTED');
  });

  it('answers a general one while a specific one runs', async () => {
    const bench = await agentBench();
    busyProbe(bench, 100);
    const work = await bench.send('work');
    await bench.pass(1);
    const ask = await bench.send('get_status');
    await bench.pass(1);
    expect(await bench.command(ask)).toMatchObject({
      state: 'EXECUTED',
      result: 'ACTIVE IN_MAIN_LOOP',
    });
    expect((await bench.command(work)).state).toBe('RUNNING');
  });

  it('kills what runs when told to abort, with who asked and why', async () => {
    const bench = await agentBench();
    busyProbe(bench, 100);
    const work = await bench.send('work');
    await bench.pass(1);
    await bench.send('abort', { sender: 'Boss', payload: 'rain' });
    await bench.pass(1);
    expect(await bench.command(work)).toMatchObject({
      state: 'KILLED',
      errorCode: 'ABORTED',
      result: 'aborted by Boss: rain',
    });
  });

  it('takes back at an abort what its sender asked before, not what others or it asked after', async () => {
    const bench = await agentBench();
    busyProbe(bench, 100);
    await bench.send('work');
    await bench.pass(1);
    const mine = await bench.send('work', { sender: 'Boss' });
    const theirs = await bench.send('rest', { sender: 'Other', validitySeconds: 1000 });
    await bench.send('abort', { sender: 'Boss' });
    const later = await bench.send('work', { sender: 'Boss', validitySeconds: 1000 });
    await bench.pass(1);
    expect((await bench.command(mine)).state).toBe('KILLED');
    expect((await bench.command(theirs)).state).toBe('RUNNING');
    expect((await bench.command(later)).state).toBe('PENDING');
  });

  it('flushes everything that waits, and lets what runs go on', async () => {
    const bench = await agentBench();
    busyProbe(bench, 100);
    const running = await bench.send('work');
    await bench.pass(1);
    const waiting = [await bench.send('work'), await bench.send('rest', { sender: 'Other' })];
    await bench.send('flush_commands');
    await bench.pass(1);
    const states = await Promise.all(waiting.map(async (id) => (await bench.command(id)).state));
    expect(states).toEqual(['KILLED', 'KILLED']);
    expect((await bench.command(running)).state).toBe('RUNNING');
  });

  it('writes the end of one that the database did not take at first', async () => {
    const bench = await agentBench();
    const rename = (from: string, to: string) =>
      bench.database.transaction((work) =>
        sql.raw(`alter table ${from} rename to ${to}`).execute(work.tables()),
      );
    bench.probe({
      execute: async () => {
        await rename('command', 'away');
        return 'done all the same';
      },
    });
    const id = await bench.send('work');
    await bench.pass(5);
    await rename('away', 'command');
    expect((await bench.command(id)).state).toBe('RUNNING');
    await bench.pass(2);
    expect(await bench.command(id)).toMatchObject({
      state: 'EXECUTED',
      result: 'done all the same',
    });
  });

  it('changes nothing when a command was taken back before it starts', async () => {
    const bench = await agentBench();
    const id = await bench.send('work');
    const move = { id, from: 'PENDING', to: 'KILLED', atMs: bench.clock.now() } as const;
    await bench.database.transaction((transaction) => moveCommand(transaction, move));
    const again = { id, from: 'PENDING', to: 'RUNNING', atMs: bench.clock.now() } as const;
    expect(await bench.database.transaction((work) => moveCommand(work, again))).toBe(false);
    expect((await bench.command(id)).state).toBe('KILLED');
  });
});

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
