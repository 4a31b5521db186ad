import { describe, expect, it } from 'vitest';
import { codeOf, PyrosError } from '#platform';
import { type AgentBench, agentBench, shakyDatabase, type Trouble } from '#testing';
import { latestCommands } from './command-store.ts';
import { Sender } from './sender.ts';
import type { SentCommand } from './sent-command.ts';
import { NOT_STARTED, registerAgents, STOPPED, type Survey, writeSurvey } from './survey-store.ts';

async function codeFrom(doing: Promise<unknown>): Promise<string> {
  return await doing.then(
    () => 'none',
    (error: unknown) => codeOf(error),
  );
}

/** A bench with a probe whose work lasts so long, and somebody who sends it commands. */
async function withProbe(seconds = 1) {
  const bench = await agentBench();
  const aborted: string[] = [];
  const probe = bench.probe({
    execute: async (command, { signal }) => {
      signal.addEventListener('abort', () => aborted.push(codeOf(signal.reason)));
      await bench.clock.sleep(seconds, signal);
      return `${command.name} is done`;
    },
  });
  await bench.pass(1);
  return { bench, probe, aborted, sender: bench.sender() };
}

/** A bench where the probe said this of itself when the test began, and nothing since. */
async function withSurvey(said: Partial<Survey>) {
  const bench = await agentBench();
  const usual = { name: 'Probe', mode: 'ACTIVE', status: 'IN_MAIN_LOOP', pid: 9, host: 'far' };
  const counts = { incarnation: 1, iteration: 5, validitySeconds: 60, atMs: bench.clock.now() };
  const survey = { ...usual, ...counts, ...said } as Survey;
  await bench.database.transaction((work) => writeSurvey(work, survey));
  return { bench, sender: bench.sender() };
}

/** Its outcome, after so much time. */
async function endedAfter(bench: AgentBench, command: SentCommand, seconds: number) {
  const ended = command.ended();
  await bench.pass(seconds);
  return await Promise.race([ended, Promise.resolve(null)]);
}

describe('sending a command', () => {
  it('gives it as it was deposited, then its end', async () => {
    const { bench, sender } = await withProbe();
    const command = await sender.send('Probe', 'work');
    expect(command).toMatchObject({ state: 'PENDING', receiverStatusCode: 'CMD_PENDING' });
    expect(await endedAfter(bench, command, 2)).toEqual({
      state: 'EXECUTED',
      result: 'work is done',
      errorCode: '',
      errorText: '',
    });
    expect(command.receiverStatusCode).toBe('CMD_EXECUTED');
  });

  it('finds the agent in any case', async () => {
    const { bench, sender } = await withProbe();
    const command = await sender.send('pRoBe', 'eval 2+2');
    expect(command.recipient).toBe('Probe');
    await bench.pass(1);
    expect(await command.getUpdatedResult()).toBe('4');
  });

  it('to nobody is refused, with who there is', async () => {
    const { sender } = await withProbe();
    const sent = sender.send('Prob', 'work');
    await expect(sent).rejects.toMatchObject({
      code: 'AGENT_UNKNOWN',
      message: 'There is no agent "Prob".',
      remedy: 'Did you mean Probe? There are Probe.',
    });
  });

  it('to nobody says so too when no agent was ever started', async () => {
    const bench = await agentBench();
    const sent = bench.sender().send('Probe', 'work');
    await expect(sent).rejects.toMatchObject({ remedy: 'No agent was ever started.' });
  });

  it.each(['', 'set', 'get moon phase'])(
    'in words that cannot be read (%j) is refused',
    async (text) => {
      const { bench, sender } = await withProbe();
      expect(await codeFrom(sender.send('Probe', text))).toBe('COMMAND_SYNTAX');
      expect(await latestCommands(bench.database, 9)).toEqual([]);
    },
  );

  it.each([
    { validitySeconds: 0 },
    { validitySeconds: Number.NaN },
    { timeoutSeconds: -1 },
    { timeoutSeconds: Number.NaN },
  ])('with %j is refused', async (options) => {
    const { sender } = await withProbe();
    expect(await codeFrom(sender.send('Probe', 'work', options))).toBe('COMMAND_SYNTAX');
  });

  it('shows as in the guide', async () => {
    const { bench, sender } = await withProbe();
    const command = await sender.send('Probe', 'eval 2+2');
    await bench.pass(1);
    await command.refresh();
    expect(String(command)).toBe(
      "<Command: Command 'eval 2+2' (CMD_EXECUTED) sent by agent Tester to agent Probe at 2026-10-12T22:00:01.000Z>",
    );
  });
});

describe('what no database can keep is not sent', () => {
  it.each([
    ['a payload of 8 MB', { name: 'work', payload: 'x'.repeat(8e6) }, {}],
    ['a name of 51 characters', { name: 'w'.repeat(51) }, {}],
    ['a key of 101 characters', 'work', { key: 'k'.repeat(101) }],
  ])('%s', async (_, asked, options) => {
    const { bench, sender } = await withProbe();
    expect(await codeFrom(sender.send('Probe', asked, options))).toBe('COMMAND_SYNTAX');
    expect(await latestCommands(bench.database, 9)).toEqual([]);
  });
});

describe('a key', () => {
  it('wakes the recipient when its command is sent again', async () => {
    const { bench, sender } = await withProbe();
    await sender.send('Probe', 'work', { key: 'mine' });
    let heard = 0;
    bench.database.onChange(() => heard++, 'Probe');
    await sender.send('Probe', 'work', { key: 'mine' });
    expect(heard).toBe(1);
  });

  it('makes the same command sent twice one command', async () => {
    const { bench, sender } = await withProbe();
    const first = await sender.send('Probe', 'count 5', { key: 'mine' });
    const again = await sender.send('probe', 'count 5', { key: 'mine' });
    expect(again.id).toBe(first.id);
    expect(await latestCommands(bench.database, 9)).toHaveLength(1);
  });

  it('gives the end of a command that had ended before it was sent again', async () => {
    const { bench, sender } = await withProbe();
    await sender.send('Probe', 'work', { key: 'mine' });
    await bench.pass(5);
    const again = await sender.send('Probe', 'work', { key: 'mine' });
    expect(await endedAfter(bench, again, 0)).toMatchObject({ state: 'EXECUTED' });
  });

  it.each([
    ['another payload', 'Probe', 'Tester', 'count 6'],
    ['another name', 'Probe', 'Tester', 'work'],
    ['another sender', 'Probe', 'Other', 'count 5'],
    ['another recipient', 'Second', 'Tester', 'count 5'],
  ])('is refused for %s', async (_, recipient, from, text) => {
    const { bench, sender } = await withProbe();
    await bench.database.transaction((work) => registerAgents(work, ['Second'], 0));
    const { id } = await sender.send('Probe', 'count 5', { key: 'mine' });
    const sent = bench.sender(from).send(recipient, text, { key: 'mine' });
    await expect(sent).rejects.toMatchObject({
      code: 'COMMAND_DUPLICATE',
      message: `The key "mine" belongs to another command: number ${id}, count to Probe.`,
    });
    expect(await latestCommands(bench.database, 9)).toHaveLength(1);
  });
});

describe('a sender whose recipient', () => {
  it('knows no such command hears that it was refused', async () => {
    const { bench, sender } = await withProbe();
    const outcome = await endedAfter(bench, await sender.send('Probe', 'fly'), 1);
    expect(outcome).toMatchObject({ state: 'REFUSED', errorCode: 'COMMAND_UNKNOWN' });
  });

  it('needs another payload hears which', async () => {
    const { bench, sender } = await withProbe();
    const command = await sender.send('Probe', { name: 'count', payload: 'many' });
    expect(await endedAfter(bench, command, 1)).toMatchObject({
      state: 'REFUSED',
      errorCode: 'COMMAND_PAYLOAD',
      errorText: expect.stringMatching(/^"count" came without what it needs: .*number/),
    });
  });

  it('is idle hears that it was skipped', async () => {
    const { bench, sender } = await withProbe();
    await sender.send('Probe', 'set status idle');
    const outcome = await endedAfter(bench, await sender.send('Probe', 'work'), 1);
    expect(outcome).toMatchObject({ state: 'SKIPPED', errorCode: 'AGENT_IDLE' });
  });

  it('may not take it from him hears from whom', async () => {
    const bench = await agentBench();
    bench.probe({}, { obeys: ['Majordome'] });
    await bench.pass(1);
    const outcome = await endedAfter(bench, await bench.sender().send('Probe', 'work'), 1);
    expect(outcome).toMatchObject({ state: 'REFUSED', errorCode: 'COMMAND_FORBIDDEN' });
  });

  it('is busy for too long hears that it expired, and with what it is busy', async () => {
    const { bench, sender } = await withProbe(1000);
    await sender.send('Probe', 'rest');
    await bench.pass(1);
    const command = await sender.send('Probe', 'work', { validitySeconds: 10 });
    expect(await endedAfter(bench, command, 9)).toBeNull();
    const outcome = await endedAfter(bench, command, 2);
    expect(outcome).toMatchObject({ state: 'EXPIRED', errorCode: 'COMMAND_EXPIRED' });
  });

  it('lives but does not look hears that it expired', async () => {
    const { bench, sender } = await withSurvey({ status: 'RUNNING rest' });
    const command = await sender.send('Probe', 'work', { validitySeconds: 10 });
    expect(await endedAfter(bench, command, 11)).toMatchObject({
      state: 'EXPIRED',
      errorCode: 'COMMAND_EXPIRED',
      errorText: 'Probe did not start it within 10 s: it is RUNNING rest.',
    });
  });

  it.each([
    ['died just before', {}],
    ['was stopped', { status: STOPPED }],
    ['was never started', { status: NOT_STARTED, pid: 0, validitySeconds: 0 }],
  ])('%s hears that nobody is there', async (_, said) => {
    const { bench, sender } = await withSurvey(said);
    const command = await sender.send('Probe', 'work', { validitySeconds: 20 });
    expect(await endedAfter(bench, command, 21)).toMatchObject({
      state: 'EXPIRED',
      errorCode: 'RECIPIENT_SILENT',
      errorText: expect.stringMatching(/^Probe does not run .* Start it: .\/pyros start Probe\.$/),
    });
  });
});

describe('a time-out', () => {
  it('ends what runs for too long, and what is still done is aborted', async () => {
    const { bench, sender, aborted } = await withProbe(1000);
    const command = await sender.send('Probe', 'work', { timeoutSeconds: 10 });
    expect(await endedAfter(bench, command, 9)).toBeNull();
    expect(await endedAfter(bench, command, 2)).toMatchObject({
      state: 'TIMEDOUT',
      errorCode: 'COMMAND_TIMEDOUT',
      errorText: 'It ran for more than 10 s without an end or a word.',
    });
    await bench.pass(1);
    expect(aborted).toEqual(['COMMAND_GIVEN_UP']);
    expect(await bench.command(command.id)).toMatchObject({ state: 'TIMEDOUT' });
  });

  it('leaves the recipient free for the next command', async () => {
    const { bench, sender } = await withProbe(100);
    const first = await sender.send('Probe', 'work', { timeoutSeconds: 10 });
    const next = await sender.send('Probe', 'rest', { validitySeconds: 60 });
    await endedAfter(bench, first, 12);
    expect((await bench.command(next.id)).state).toBe('RUNNING');
  });

  it('does not count while the command waits', async () => {
    const { bench, sender } = await withProbe(20);
    await sender.send('Probe', 'rest');
    const command = await sender.send('Probe', 'work', { timeoutSeconds: 25 });
    expect(await endedAfter(bench, command, 45)).toMatchObject({ state: 'EXECUTED' });
  });

  it('begins anew at each word of progress, and the last word stays', async () => {
    const bench = await agentBench();
    bench.probe({
      execute: async (_, { signal, progress }) => {
        for (const step of [1, 2, 3]) {
          await progress(`step ${step}`);
          await bench.clock.sleep(8, signal);
        }
        await bench.clock.sleep(100, signal);
        return 'done';
      },
    });
    await bench.pass(1);
    const command = await bench.sender().send('Probe', 'work', { timeoutSeconds: 10 });
    expect(await endedAfter(bench, command, 24)).toBeNull();
    expect(command.progress).toBe('step 3');
    expect(await endedAfter(bench, command, 5)).toMatchObject({
      state: 'TIMEDOUT',
      result: 'step 3',
    });
  });

  it('of nothing never comes', async () => {
    const { bench, sender } = await withProbe(5000);
    const command = await sender.send('Probe', 'work');
    expect(await endedAfter(bench, command, 6000)).toMatchObject({ state: 'EXECUTED' });
  });
});

describe('waiting for an end', () => {
  it('stops when the one who waits does', async () => {
    const { bench, sender } = await withProbe(1000);
    const command = await sender.send('Probe', 'work');
    const stop = new AbortController();
    const code = codeFrom(command.ended(stop.signal));
    await bench.pass(2);
    stop.abort(new PyrosError('AGENT_STOPPED', 'enough'));
    expect(await code).toBe('AGENT_STOPPED');
  });

  it('can be done by several at once', async () => {
    const { bench, sender } = await withProbe();
    const command = await sender.send('Probe', 'work');
    const all = Promise.all([command.ended(), command.ended()]);
    await bench.pass(2);
    expect((await all).map((outcome) => outcome.state)).toEqual(['EXECUTED', 'EXECUTED']);
  });
});

describe('a sender on a bad line', () => {
  /** Sends `work` while each transaction meets the next trouble. */
  async function sendThrough(troubles: Trouble[], options = {}) {
    const { bench } = await withProbe();
    const database = shakyDatabase(bench.database, () => troubles.shift() ?? null);
    const sender = new Sender({ name: 'Tester', database, clock: bench.clock });
    const sent = sender.send('Probe', 'work', options);
    void sent.catch(() => undefined);
    await bench.pass(10);
    return { bench, command: await sent };
  }

  it.each([
    [['refused']],
    [['kept']],
    [['undone']],
    [['kept', 'refused', 'kept']],
    [['undone', 'undone', 'refused']],
  ] as Trouble[][][])('sends one command through %j', async (troubles) => {
    const { bench, command } = await sendThrough([...troubles]);
    expect((await latestCommands(bench.database, 9)).map(({ id }) => id)).toEqual([command.id]);
    expect(await endedAfter(bench, command, 2)).toMatchObject({ state: 'EXECUTED' });
  });

  it('gives up after a minute, with what the database said', async () => {
    const { bench } = await withProbe();
    const database = shakyDatabase(bench.database, () => 'refused');
    const sender = new Sender({ name: 'Tester', database, clock: bench.clock });
    const code = codeFrom(sender.send('Probe', 'work'));
    await bench.pass(62);
    expect(await code).toBe('DATABASE_GONE');
  });

  it.each(['kept', 'undone', 'refused'] as const)(
    'marks what expired through %s, and waits for its end all the same',
    async (trouble) => {
      const { bench } = await withSurvey({ status: STOPPED });
      const troubles: Trouble[] = [null, trouble, trouble];
      const database = shakyDatabase(bench.database, () => troubles.shift() ?? null);
      const sender = new Sender({ name: 'Tester', database, clock: bench.clock });
      const command = await sender.send('Probe', 'work', { validitySeconds: 5 });
      expect(await endedAfter(bench, command, 10)).toMatchObject({
        state: 'EXPIRED',
        errorCode: 'RECIPIENT_SILENT',
      });
    },
  );
});
