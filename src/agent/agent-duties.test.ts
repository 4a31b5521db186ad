import { describe, expect, it } from 'vitest';
import { agentBench } from '#testing';
import { appendFact } from './fact-store.ts';
import { readSurveys } from './survey-store.ts';

describe('an agent whose routine waits for a device', () => {
  it('goes on to answer, and to say that it lives', async () => {
    const bench = await agentBench();
    bench.probe({ routine: async () => bench.clock.sleep(40) });
    await bench.pass(3);
    const ask = await bench.send('get_mode');
    await bench.pass(1);
    expect(await bench.command(ask)).toMatchObject({ state: 'EXECUTED', result: 'ACTIVE' });
    await bench.pass(30);
    const [survey] = await readSurveys(bench.database);
    expect(bench.clock.now() - (survey?.atMs ?? 0)).toBeLessThanOrEqual(6000);
  });

  it('runs a specific command meanwhile', async () => {
    const bench = await agentBench();
    bench.probe({ routine: async () => bench.clock.sleep(40) });
    await bench.pass(3);
    const work = await bench.send('work');
    await bench.pass(1);
    expect((await bench.command(work)).state).toBe('EXECUTED');
  });

  it('handles the facts of that time afterwards, once', async () => {
    const bench = await agentBench();
    const heard: number[] = [];
    bench.probe({
      routine: async () => bench.clock.sleep(8),
      onFacts: async (facts) => void heard.push(...facts.map((fact) => fact.id)),
    });
    await bench.pass(3);
    const payload = { device: 'dome', code: 'X', reason: 'test' };
    await bench.database.transaction((work) =>
      appendFact(work, { atMs: 0, agent: 'Tester', type: 'DeviceFailed', payload }),
    );
    await bench.pass(3);
    expect(heard).toEqual([]);
    await bench.pass(10);
    expect(heard).toHaveLength(1);
  });
});

describe('the sender of a command without a time-out', () => {
  it('waits for as long as the recipient lives', async () => {
    const bench = await agentBench();
    bench.probe({
      execute: async (_command, { signal }) => {
        await bench.clock.sleep(900, signal);
        return 'at last';
      },
    });
    await bench.pass(1);
    const sent = await bench.sender().send('Probe', 'work');
    const end = sent.ended();
    await bench.pass(1000);
    expect(await end).toMatchObject({ state: 'EXECUTED', result: 'at last' });
  });

  it('gives it up when the recipient died and no next life took it up', async () => {
    const bench = await agentBench();
    const probe = bench.probe({
      execute: async (_command, { signal }) => {
        await bench.clock.sleep(900, signal);
        return 'never';
      },
    });
    await bench.pass(1);
    const sent = await bench.sender().send('Probe', 'work');
    const end = sent.ended();
    await bench.pass(2);
    probe.stop();
    await bench.pass(600);
    expect(await end).toMatchObject({ state: 'TIMEDOUT', errorCode: 'RECIPIENT_SILENT' });
  });
});
