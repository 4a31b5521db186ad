import { expect, it } from 'vitest';
import { agentBench } from '#testing';
import { tablesOf } from './agent-tables-store.ts';
import { insertCommand, rowOfNew } from './command-store.ts';

const order = (atMs: number) => ({
  sender: 'Tester',
  recipient: 'Probe',
  name: 'work',
  payload: null,
  atMs,
  validitySeconds: 600,
});

it('an agent that is alone with the database looks again only after an announcement', async () => {
  const bench = await agentBench();
  bench.probe({ execute: async () => 'done' });
  await bench.pass(30);
  const row = rowOfNew(order(bench.clock.now()));
  await bench.database.transaction(async (work) => {
    await tablesOf(work).insertInto('command').values(row).execute();
  });
  await bench.pass(60);
  expect((await bench.command(1)).state).toBe('PENDING');
  await bench.database.transaction(async (work) => work.announce());
  await bench.pass(1);
  expect((await bench.command(1)).state).toBe('EXECUTED');
});

it('one that waits is looked at until it can begin or is void, without another word', async () => {
  const bench = await agentBench();
  const release = Promise.withResolvers<string>();
  bench.probe({ execute: async ({ id }) => (id === 1 ? await release.promise : 'done') });
  const first = await bench.send('work');
  const short = { ...order(bench.clock.now()), validitySeconds: 20 };
  const void_ = await bench.database.transaction((work) => insertCommand(work, short));
  const next = await bench.send('rest', { validitySeconds: 600 });
  await bench.pass(60);
  expect((await bench.command(void_)).state).toBe('EXPIRED');
  release.resolve('at last');
  await bench.pass(1);
  expect((await bench.command(first)).state).toBe('EXECUTED');
  expect((await bench.command(next)).state).toBe('EXECUTED');
});
