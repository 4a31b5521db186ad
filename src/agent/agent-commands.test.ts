import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type AgentBench, agentBench } from '#testing';
import { moveCommand } from './command-store.ts';

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
      result: '',
      errorText: 'the motor is hot',
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
      errorText: 'Probe does not know "fly": it knows work, rest, count.',
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
      result: 'ACTIVE RUNNING work',
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
      result: '',
      errorText: 'aborted by Boss: rain',
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
    const move = { id, events: ['kill'], atMs: bench.clock.now() } as const;
    await bench.database.transaction((transaction) => moveCommand(transaction, move));
    const again = { id, events: ['start'], atMs: bench.clock.now() } as const;
    expect(await bench.database.transaction((work) => moveCommand(work, again))).toBe(false);
    expect((await bench.command(id)).state).toBe('KILLED');
  });
});

describe('commands that are old', () => {
  it('are marked at the start, none is deleted', async () => {
    const bench = await agentBench();
    const late = await bench.send('work', { validitySeconds: 60 });
    const old = await bench.send('work', { validitySeconds: 86_400 });
    await bench.pass(3601);
    const fresh = await bench.send('rest', { validitySeconds: 86_400 });
    busyProbe(bench, 1);
    await bench.pass(5);
    expect(await bench.command(late)).toMatchObject({
      state: 'EXPIRED',
      errorCode: 'COMMAND_EXPIRED',
    });
    expect((await bench.command(old)).state).toBe('EXPIRED');
    expect((await bench.command(fresh)).state).toBe('EXECUTED');
  });
});
