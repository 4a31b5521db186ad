import { describe, expect, it } from 'vitest';
import { codeOf } from '#platform';
import { agentBench } from '#testing';
import { registerAgents } from '../survey-store.ts';
import { AgentA } from './agent-a.ts';
import { AgentB } from './agent-b.ts';
import { AgentX } from './agent-x.ts';

async function testBench() {
  const bench = await agentBench();
  const lines: string[] = [];
  const names = ['AgentA', 'AgentB', 'AgentX'];
  await bench.database.transaction((work) => registerAgents(work, names, bench.clock.now()));
  const context = (name: string) => {
    return { ...bench.context(name), test: true, narrate: (line: string) => lines.push(line) };
  };
  const verdicts = () => lines.filter((line) => line.includes('*****'));
  return { bench, lines, verdicts, context };
}

describe('the self-test of AgentA and AgentB', () => {
  it('ends by itself with the results that the guide prints', async () => {
    const { bench, lines, verdicts, context } = await testBench();
    const lives = [new AgentA(context('AgentA')), new AgentB(context('AgentB'))].map((agent) =>
      bench.live(agent),
    );
    await bench.pass(120);
    expect(verdicts().sort(), lines.join('\n')).toEqual([
      '(AgentA): -----***** Finished testing => result is ok (9 assertions) *****-----',
      '(AgentB): -----***** Finished testing => result is ok (6 assertions) *****-----',
    ]);
    await Promise.all(lives);
  });

  it('fails when the partner refuses', async () => {
    const { bench, lines, verdicts, context } = await testBench();
    const life = bench.live(new AgentA(context('AgentA')));
    void bench.live(new AgentX({ ...context('AgentB'), obeys: ['Nobody'] }));
    const failure = life.then(
      () => null,
      (error: unknown) => error,
    );
    await bench.pass(200);
    expect(codeOf(await failure)).toBe('SELF_TEST_FAILED');
    expect(verdicts(), lines.join('\n')).toEqual([
      '(AgentA): -----***** Finished testing => result is failed (4 of 9 assertions) *****-----',
    ]);
  });

  it('fails when the partner is not there, and says so', async () => {
    const { bench, lines, context } = await testBench();
    const life = bench.live(new AgentA(context('AgentA')));
    const failure = life.then(
      () => null,
      (error: unknown) => error,
    );
    await bench.pass(600);
    expect(codeOf(await failure)).toBe('SELF_TEST_FAILED');
    expect(lines.join('\n')).toContain('ended EXPIRED (RECIPIENT_SILENT), not EXECUTED');
  });
});
