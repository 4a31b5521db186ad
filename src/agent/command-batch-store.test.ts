import { describe, expect, it } from 'vitest';
import { agentBench } from '#testing';
import { insertCommands, moveCommands, readCommands } from './command-batch-store.ts';
import { commandsOf, moveCommand } from './command-store.ts';

const AT_MS = Date.UTC(2026, 9, 12, 22);
const answer = (id: number, result: string) =>
  ({ id, events: ['start', 'finish'], atMs: AT_MS, result, tell: 'Tester' }) as const;

/** A database with some commands to AgentB, `n0`, `n1` …, and their numbers. */
async function deposited(count: number) {
  const { database } = await agentBench();
  const commands = Array.from({ length: count }, (_, i) => ({
    sender: 'Tester',
    recipient: 'AgentB',
    name: `n${i}`,
    payload: { i },
    atMs: AT_MS,
    validitySeconds: 60,
    key: `key ${i}`,
  }));
  const ids = await database.transaction((work) => insertCommands(work, commands));
  return { database, ids };
}

describe('commands deposited together', () => {
  it.each([1, 3])('get their own numbers, in their order (%i)', async (count) => {
    const { database, ids } = await deposited(count);
    const found = await commandsOf(database, { recipient: 'AgentB', states: ['PENDING'] });
    expect(found.map(({ id, name, payload }) => [id, name, payload])).toEqual(
      ids.map((id, i) => [id, `n${i}`, { i }]),
    );
  });

  it('are announced to their recipient', async () => {
    const { database } = await agentBench();
    let heard = 0;
    database.onChange(() => heard++, 'AgentB');
    const usual = { sender: 'T', recipient: 'AgentB', payload: null, atMs: AT_MS };
    const commands = ['x', 'y'].map((key) => ({ ...usual, name: key, validitySeconds: 1, key }));
    await database.transaction((work) => insertCommands(work, commands));
    expect(heard).toBe(1);
  });
});

describe('commands read together', () => {
  it('come in the order that was asked, null where there is none', async () => {
    const { database, ids } = await deposited(2);
    const [first = 0, second = 0] = ids;
    const found = await readCommands(database, [second, 99, first]);
    expect(found.map((command) => command?.name ?? null)).toEqual(['n1', null, 'n0']);
  });
});

describe('commands moved together', () => {
  it('each get their own result', async () => {
    const { database, ids } = await deposited(3);
    const moves = ids.map((id, i) => answer(id, `result ${i}`));
    expect(await database.transaction((work) => moveCommands(work, moves))).toEqual([
      true,
      true,
      true,
    ]);
    const found = await readCommands(database, ids);
    expect(found.map((command) => [command?.state, command?.result])).toEqual([
      ['EXECUTED', 'result 0'],
      ['EXECUTED', 'result 1'],
      ['EXECUTED', 'result 2'],
    ]);
  });

  it('are left as they are, and told of, where somebody was faster', async () => {
    const { database, ids } = await deposited(3);
    const [, second = 0] = ids;
    const expire = { id: second, events: ['expire'], atMs: AT_MS, errorCode: 'LATE' } as const;
    await database.transaction((work) => moveCommand(work, expire));
    const moves = ids.map((id) => answer(id, 'ours'));
    expect(await database.transaction((work) => moveCommands(work, moves))).toEqual([
      true,
      false,
      true,
    ]);
    const [, late] = await readCommands(database, ids);
    expect(late).toMatchObject({ state: 'EXPIRED', result: '', errorCode: 'LATE' });
  });

  it('are moved each its own way', async () => {
    const { database, ids } = await deposited(4);
    const [a = 0, b = 0, c = 0, d = 0] = ids;
    const refuse = (id: number, errorText: string) =>
      ({ id, events: ['refuse'], atMs: AT_MS, errorCode: 'NO', errorText }) as const;
    const start = { id: c, events: ['start'], atMs: AT_MS } as const;
    const moves = [answer(a, '4'), refuse(b, 'why b'), start, refuse(d, 'why d')];
    await database.transaction((work) => moveCommands(work, moves));
    const found = await readCommands(database, ids);
    expect(found.map((one) => [one?.state, one?.result, one?.errorText])).toEqual([
      ['EXECUTED', '4', ''],
      ['REFUSED', '', 'why b'],
      ['RUNNING', '', ''],
      ['REFUSED', '', 'why d'],
    ]);
  });
});
