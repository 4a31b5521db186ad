import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AgentBench,
  agentBench,
  Probe,
  type ProbeHooks,
  shakyDatabase,
  type Trouble,
} from '#testing';
import { appendFact, latestFacts } from './fact-store.ts';
import { Sender } from './sender.ts';
import { registerAgents } from './survey-store.ts';

const troubles = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<Trouble>(null) },
    { weight: 1, arbitrary: fc.constantFrom<Trouble>('kept', 'undone', 'refused') },
  ),
  { maxLength: 60 },
);

/** Runs each command for a while, and tells each fact that it heard, in one transaction. */
function hooksOf(bench: AgentBench, runs: Map<number, number>): ProbeHooks {
  return {
    execute: async ({ id, payload }, { progress }) => {
      runs.set(id, (runs.get(id) ?? 0) + 1);
      await progress('half');
      await bench.clock.sleep(2);
      return `done ${payload}`;
    },
    onFacts: async (facts, probe) => {
      await probe.do(async (work) => {
        for (const fact of facts) {
          const reason = fact.type === 'DeviceFailed' ? fact.payload.code : '';
          await work.fact('AgentGivenUp', { agent: 'Probe', reason });
        }
      });
    },
  };
}

/** As its supervisor does: an agent that could not start is started again. */
async function keepAlive(bench: AgentBench, make: () => Probe): Promise<void> {
  for (let lives = 0; lives < 60; lives++) {
    const ended = await bench.live(make()).then(
      () => true,
      () => false,
    );
    if (ended) return;
    await bench.clock.sleep(1);
  }
}

/** Sends a number, and follows the command to its end. */
async function ask(sender: Sender, n: number): Promise<string> {
  const order = { name: 'count', payload: n };
  const command = await sender.send('Probe', order, { validitySeconds: 3600 });
  const { state, result } = await command.ended();
  return `${state} ${result}`;
}

/** An exchange of five commands and three facts over a bad line, then a good one. */
async function exchange(line: readonly Trouble[]) {
  const bench = await agentBench();
  await bench.database.transaction((work) => registerAgents(work, ['Probe'], bench.clock.now()));
  const next = [...line];
  const database = shakyDatabase(bench.database, () => next.shift() ?? null);
  const runs = new Map<number, number>();
  const hooks = hooksOf(bench, runs);
  void keepAlive(bench, () => new Probe({ ...bench.context('Probe'), database }, hooks));
  const sender = new Sender({ name: 'Tester', database, clock: bench.clock });
  const outcomes = [1, 2, 3, 4, 5].map((n) => ask(sender, n));
  for (const code of ['A', 'B', 'C']) {
    const payload = { device: 'dome', code, reason: 'test' };
    const fact = { atMs: 0, agent: 'Tester', type: 'DeviceFailed', payload } as const;
    await bench.database.transaction((work) => appendFact(work, fact));
    await bench.pass(7);
  }
  await bench.pass(600);
  return { bench, runs, outcomes: await Promise.all(outcomes) };
}

describe('an exchange over any bad line', () => {
  it('loses nothing and does nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(troubles, async (line) => {
        const { bench, runs, outcomes } = await exchange(line);
        const told = (await latestFacts(bench.database, 100)).flatMap((fact) =>
          fact.type === 'AgentGivenUp' ? [fact.payload.reason] : [],
        );
        expect(told.reverse()).toEqual(['A', 'B', 'C']);
        expect([...runs.values()]).toEqual([1, 1, 1, 1, 1]);
        expect(outcomes).toEqual([1, 2, 3, 4, 5].map((n) => `EXECUTED done ${n}`));
      }),
      { numRuns: 25 },
    );
  });
});
