import { describe, expect, it } from 'vitest';
import { type AgentBench, agentBench } from '#testing';
import { appendFact, latestFacts, readCursor } from './fact-store.ts';
import type { Fact } from './fact-vocabulary.ts';

/** Tells that a device failed, under a number of its own. */
function tell(bench: AgentBench, code: string): Promise<void> {
  const payload = { device: 'dome', code, reason: 'test' };
  const fact = { atMs: bench.clock.now(), agent: 'Tester', type: 'DeviceFailed', payload } as const;
  return bench.database.transaction((transaction) => appendFact(transaction, fact));
}

const codes = (facts: readonly Fact[]) =>
  facts.map((fact) => (fact.type === 'DeviceFailed' ? fact.payload.code : fact.type));

/** What was told in the name of the probe when it handled facts. */
async function effects(bench: AgentBench): Promise<string[]> {
  const facts = await latestFacts(bench.database, 100);
  return facts
    .filter((fact) => fact.type === 'AgentRestarted')
    .map((fact) => fact.payload.reason)
    .toReversed();
}

const effect = (reason: string) => ({ agent: 'Probe', reason, restarts: 0 });

describe('an agent and the facts', () => {
  it('hears what it listens to, in order, and nothing else', async () => {
    const bench = await agentBench();
    const heard: string[] = [];
    bench.probe({ onFacts: async (facts) => void heard.push(...codes(facts)) });
    await bench.pass(1);
    await tell(bench, 'A');
    await tell(bench, 'B');
    await bench.pass(1);
    expect(heard).toEqual(['A', 'B']);
  });

  it('is woken by a fact at once, not by its routine', async () => {
    const bench = await agentBench();
    const heardAt: number[] = [];
    bench.probe({ onFacts: async () => void heardAt.push(bench.clock.now()) });
    await bench.pass(3);
    await tell(bench, 'A');
    const toldAt = bench.clock.now();
    await bench.pass(1);
    expect(heardAt).toEqual([toldAt]);
  });

  it('handles at its start what happened while it was down', async () => {
    const bench = await agentBench();
    const heard: string[] = [];
    const hooks = { onFacts: async (facts: readonly Fact[]) => void heard.push(...codes(facts)) };
    const first = bench.probe(hooks);
    await bench.pass(1);
    await tell(bench, 'A');
    await bench.pass(1);
    first.stop();
    await bench.pass(1);
    await tell(bench, 'B');
    bench.probe(hooks);
    await bench.pass(1);
    expect(heard).toEqual(['A', 'B']);
  });

  it('moves its cursor in the transaction that holds what it did', async () => {
    const bench = await agentBench();
    const seen: number[] = [];
    bench.probe({
      onFacts: async (_, probe) => {
        await probe.do((work) => work.fact('AgentRestarted', effect('handled')));
        seen.push(await readCursor(bench.database, 'Probe'));
      },
    });
    await bench.pass(1);
    await tell(bench, 'A');
    await bench.pass(1);
    expect(seen[0]).toBeGreaterThan(0);
    expect(await effects(bench)).toEqual(['handled']);
  });

  it('tries again what its handler could not do, and does it once', async () => {
    const bench = await agentBench();
    let tries = 0;
    bench.probe({
      onFacts: async (facts, probe) => {
        await probe.do(async (work) => {
          await work.fact('AgentRestarted', effect(codes(facts).join()));
          if (++tries < 3) throw new Error('not yet');
        });
      },
    });
    await bench.pass(1);
    await tell(bench, 'A');
    await bench.pass(60);
    expect(tries).toBe(3);
    expect(await effects(bench)).toEqual(['A']);
    expect(bench.log.lines).toContain('error: not yet');
  });

  it('has its routine even when its handler always fails', async () => {
    const bench = await agentBench();
    let routines = 0;
    bench.probe({
      onFacts: async () => {
        throw new Error('never');
      },
      routine: async () => void routines++,
    });
    await tell(bench, 'A');
    await bench.pass(35);
    expect(routines).toBe(4);
  });

  it('handles again after a crash what it had not written, and only that', async () => {
    const bench = await agentBench();
    await tell(bench, 'A');
    const first = bench.probe({
      onFacts: async () => {
        throw new Error('crash');
      },
    });
    await bench.pass(1);
    first.stop();
    await bench.pass(1);
    bench.probe({
      onFacts: async (facts, probe) =>
        probe.do((work) => work.fact('AgentRestarted', effect(codes(facts).join()))),
    });
    await bench.pass(60);
    expect(await effects(bench)).toEqual(['A']);
  });

  it('does not step over facts because a command beside them wrote something', async () => {
    const bench = await agentBench();
    const first = bench.probe({
      onFacts: async () => {
        await bench.clock.sleep(20);
        throw new Error('crash');
      },
      execute: async (_command, _run, probe) => {
        await bench.clock.sleep(10);
        await probe.do((work) => work.fact('AgentRestarted', effect('beside')));
        return 'done';
      },
    });
    await bench.pass(1);
    await bench.send('work');
    await tell(bench, 'A');
    await bench.pass(15);
    expect(await effects(bench)).toEqual(['beside']);
    expect(await readCursor(bench.database, 'Probe')).toBe(0);
    first.stop();
    await bench.pass(60);
    const heard: string[] = [];
    bench.probe({ onFacts: async (facts) => void heard.push(...codes(facts)) });
    await bench.pass(1);
    expect(heard).toEqual(['A']);
  });

  it('catches up with more facts than it reads at a time', async () => {
    const bench = await agentBench();
    for (let i = 0; i < 1100; i++) await tell(bench, String(i));
    const heard: string[] = [];
    bench.probe({ onFacts: async (facts) => void heard.push(...codes(facts)) });
    await bench.pass(1);
    expect(heard).toEqual(Array.from({ length: 1100 }, (_, i) => String(i)));
  });
});
