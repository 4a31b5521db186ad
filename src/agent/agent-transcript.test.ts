import { describe, expect, it } from 'vitest';
import { codeOf } from '#platform';
import { type AgentBench, agentBench, Probe, smallUnit } from '#testing';

/** An agent of the shell, and what it tells; the guide's §11.3.1 types the same. */
async function shell() {
  const bench = await agentBench();
  const lines: string[] = [];
  const narrate = (line: string) => void lines.push(line);
  const config = { unit: smallUnit(), file: 'config/simulated.yaml' };
  const agent = new Probe({ ...bench.context('agent_toto'), narrate, config });
  return { bench, agent, lines, told: () => lines.splice(0) };
}

async function afterwards<T>(bench: AgentBench, doing: Promise<T>, seconds = 30): Promise<T> {
  await bench.pass(seconds);
  return await doing;
}

const BEGIN = [
  '(agent_toto): [IN NORMAL MODE]',
  '(agent_toto): [INITIALIZING]',
  "Delete (false) 'running' command if exists:",
  '<None>',
];
const WAIT = expect.stringMatching(
  /^\(agent_toto\): Waiting [234] sec \(random\) before starting new iteration\.\.\.$/,
);
const turn = (n: number) => [
  `(agent_toto): ----- MAIN LOOP ITERATION ${n} (START) -----`,
  '(agent_toto): [IN_MAIN_LOOP]',
  '(agent_toto): CURRENT MODE is ACTIVE (status is IN_MAIN_LOOP)',
  WAIT,
];
const PURGE = [
  '(agent_toto): Looking for old commands to purge...',
  '(Looking for commands sent to me that are not executing and older than 1.0 hour(s))',
  '<None>',
];
const WORK = [
  '(agent_toto): [IN_GET_NEXT_COMMAND]',
  '(agent_toto): [IN_ROUTINE_PROCESS]',
  '(agent_toto): ----- MAIN LOOP ITERATION (END) -----',
];
const EXIT = (n: number) => `Exit because number of iterations asked (${n}) has been reached`;

describe('the guide’s transcript of an agent', () => {
  it('begins with its construction', async () => {
    const { agent, told } = await shell();
    expect(told()).toEqual([
      '(agent_toto): [LAUNCHED]',
      '(agent_toto): [NEW MODE IDLE]',
      '(agent_toto): [NEW MODE IDLE]',
      '(agent_toto): [NEW MODE ACTIVE]',
    ]);
    expect(String(agent)).toBe('I am agent agent_toto');
  });

  it('tells the configuration', async () => {
    const { agent, told } = await shell();
    told();
    await agent.loadConfig();
    const lines = told();
    expect(lines[0]).toBe('----- Components of the unit -----');
    expect(lines).toContain('----- Assembly of the unit -----');
    expect(lines.join('\n')).toMatch(/^- agent alias is Majordome\./m);
    expect(lines.join('\n')).toMatch(/^hostname = \S+$/m);
  });

  it('asks for a unit file when it was given none', async () => {
    const bench = await agentBench();
    const agent = new Probe(bench.context('agent_toto'));
    await expect(agent.loadConfig()).rejects.toMatchObject({ code: 'UNIT_INCOMPLETE' });
  });

  it('goes step by step', async () => {
    const { agent, told } = await shell();
    told();
    await agent.init();
    expect(told()).toEqual(['(agent_toto): [INITIALIZING]']);
    agent.showModeAndStatus();
    expect(told()).toEqual(['(agent_toto): CURRENT MODE is ACTIVE (status is INITIALIZING)']);
    await agent.updateSurvey();
    expect(told()).toEqual([]);
    expect(await agent.purgeOldCommandsSentToMe()).toEqual([]);
    expect(told()).toEqual(PURGE.slice(1));
    expect(await agent.getNextValidCommand()).toBeNull();
    expect(told()).toEqual(['(agent_toto): [IN_GET_NEXT_COMMAND]']);
    await agent.routineProcess();
    expect(told()).toEqual(['(agent_toto): [IN_ROUTINE_PROCESS]']);
  });

  it('processes by hand a command that waits', async () => {
    const { bench, agent } = await shell();
    await agent.init();
    const id = await bench.send('work', { recipient: 'agent_toto' });
    const command = await agent.getNextValidCommand();
    expect(command).toMatchObject({ id, state: 'PENDING' });
    if (!command) return;
    expect(await agent.commandProcess(command)).toMatchObject({ id, state: 'EXECUTED' });
    expect(await agent.getResult(id)).toBe('done');
    expect(await agent.getNextValidCommand()).toBeNull();
  });

  it('sends commands and reads their results', async () => {
    const { bench, agent } = await shell();
    bench.probe();
    await bench.pass(1);
    await agent.init();
    const first = await agent.sendCommand('Probe', 'eval 2+2');
    const second = await agent.sendCommand('Probe', 'eval 4+5');
    expect(first.result).toBe('');
    await bench.pass(1);
    expect((await first.refresh()).result).toBe('4');
    expect(await second.getUpdatedResult()).toBe('9');
    expect(first.receiverStatusCode).toBe('CMD_EXECUTED');
  });

  it('sends typed commands in the older form', async () => {
    const { bench, agent } = await shell();
    bench.probe();
    await bench.pass(1);
    const { id } = await agent.sendTypedCommand('Probe', 'Generic', 'EVAL', '3+4');
    await bench.pass(1);
    expect(await agent.getResult(id)).toBe('7');
    const wrong = await agent.sendTypedCommand('Probe', 'Nonsense', 'EVAL').catch(codeOf);
    expect(wrong).toBe('COMMAND_SYNTAX');
  });

  it('shows a specific command that is aborted in its step', async () => {
    const { bench, agent } = await shell();
    bench.probe({
      execute: async (_, { signal, progress }) => {
        for (let step = 1; step <= 5; step++) {
          await progress(`in step #${step}/5`);
          await bench.clock.sleep(1, signal);
        }
        return 'done';
      },
    });
    await bench.pass(1);
    const command = await agent.sendCommand('Probe', 'work');
    await bench.pass(3.5);
    await agent.sendCommand('Probe', 'abort');
    await bench.pass(0.1);
    await command.refresh();
    expect([command.result, command.receiverStatusCode]).toEqual(['in step #4/5', 'CMD_KILLED']);
  });
});

describe('the guide’s transcript of run(n)', () => {
  it.each([
    [0, BEGIN],
    [1, [...BEGIN, ...turn(1), ...PURGE, ...WORK, EXIT(1)]],
    [2, [...BEGIN, ...turn(1), ...PURGE, ...WORK, '', ...turn(2), ...WORK, EXIT(2)]],
  ])('is followed line by line for %d', async (n, expected) => {
    const { bench, agent, told } = await shell();
    told();
    await afterwards(bench, agent.run(n));
    expect(told()).toEqual(expected);
  });

  it('may be followed by another: iterations count from 1 again', async () => {
    const { bench, agent, told } = await shell();
    await afterwards(bench, agent.run(2));
    told();
    await afterwards(bench, agent.run(1));
    expect(told()).toEqual([...BEGIN, ...turn(1), ...PURGE, ...WORK, EXIT(1)]);
  });

  it('takes 2 to 4 s for each iteration, not always the same', async () => {
    const { bench, agent, lines } = await shell();
    await afterwards(bench, agent.run(20), 100);
    const waits = lines.flatMap((line) => /Waiting (\d+) sec/.exec(line)?.[1] ?? []);
    expect(new Set(waits)).toEqual(new Set(['2', '3', '4']));
  });

  it('names a command that an earlier life left running', async () => {
    const { bench, agent, told } = await shell();
    const id = await bench.send('work', { recipient: 'agent_toto' });
    const hangs = new Probe(bench.context('agent_toto'), {
      execute: (_, { signal }) => bench.clock.sleep(1000, signal).then(() => 'done'),
    });
    void bench.live(hangs);
    await bench.pass(1);
    hangs.stop();
    await bench.pass(1);
    told();
    await agent.run(0);
    expect(told().slice(2)).toEqual([
      "Delete (false) 'running' command if exists:",
      `command ${id}, work from Tester`,
    ]);
  });
});
