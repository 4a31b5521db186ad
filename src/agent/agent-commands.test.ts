import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type AgentBench, agentBench } from '#testing';
import { insertCommand, latestCommands, moveCommand } from './command-store.ts';

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
  it('are marked at the start once they are no longer valid, none is deleted', async () => {
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
    expect((await bench.command(old)).state).toBe('EXECUTED');
    expect((await bench.command(fresh)).state).toBe('EXECUTED');
  });
});

describe('a command that is odd', () => {
  it('ends all the same when the database never takes its result', async () => {
    const bench = await agentBench();
    const refusal = sql`create trigger narrow before update on command when length(new.result) > 99
      begin select raise(abort, 'too long'); end`;
    await bench.database.transaction((work) => refusal.execute(work.tables()));
    bench.probe({ execute: async () => 'x'.repeat(100) });
    const id = await bench.send('work');
    await bench.pass(20);
    expect(await bench.command(id)).toMatchObject({ state: 'FAILED', errorCode: 'RESULT_REFUSED' });
    const next = await bench.send('get_mode');
    await bench.pass(1);
    expect((await bench.command(next)).state).toBe('EXECUTED');
  });

  it('keeps its result where that holds a character no database knows', async () => {
    const bench = await agentBench();
    bench.probe({ execute: async () => 'a\0b' });
    const id = await bench.send('work');
    await bench.pass(1);
    expect((await bench.command(id)).result).toBe('a\uFFFDb');
  });

  it('is void when its date cannot be read, and keeps no other from its turn', async () => {
    const bench = await agentBench();
    const odd = await bench.send('work');
    const row = sql`update command set deposit_time = 'yesterday' where id = ${odd}`;
    await bench.database.transaction((work) => row.execute(work.tables()));
    const fine = await bench.send('work');
    busyProbe(bench, 1);
    await bench.pass(5);
    expect((await bench.command(odd)).state).toBe('EXPIRED');
    expect((await bench.command(fine)).state).toBe('EXECUTED');
  });

  it('runs when its start was kept after its agent had looked and not found it', async () => {
    const bench = await agentBench();
    bench.probe({ execute: async () => 'done' });
    await bench.pass(1);
    const order = { sender: 'Tester', recipient: 'Probe', name: 'work', payload: null };
    const atMs = bench.clock.now();
    const id = await bench.database.transaction(async (work) => {
      const number = await insertCommand(work, { ...order, atMs, validitySeconds: 60 });
      await moveCommand(work, { id: number, events: ['start'], atMs });
      return number;
    });
    await bench.pass(1);
    expect(await bench.command(id)).toMatchObject({ state: 'EXECUTED', result: 'done' });
  });
});

describe('more commands than are looked at in one go', () => {
  const COUNT = 600;
  const sendAll = async (bench: AgentBench, name: string) => {
    for (let i = 0; i < COUNT; i++) await bench.send(name, { validitySeconds: 3600 });
  };
  const statesOf = async (bench: AgentBench) =>
    new Set((await latestCommands(bench.database, COUNT + 1)).map(({ state }) => state));

  it('are all settled when none can run', async () => {
    const bench = await agentBench();
    await sendAll(bench, 'count');
    busyProbe(bench, 1);
    await bench.pass(1);
    expect(await statesOf(bench)).toEqual(new Set(['REFUSED']));
  });

  it('let a general one through', async () => {
    const bench = await agentBench();
    busyProbe(bench, 100);
    await sendAll(bench, 'work');
    const general = await bench.send('get_mode');
    await bench.pass(1);
    expect((await bench.command(general)).state).toBe('EXECUTED');
  });

  it('are all flushed at once', async () => {
    const bench = await agentBench();
    await sendAll(bench, 'work');
    await bench.send('flush_commands');
    busyProbe(bench, 1);
    await bench.pass(1);
    expect(await statesOf(bench)).toEqual(new Set(['KILLED', 'EXECUTED']));
  });
});
