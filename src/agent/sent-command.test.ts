import { describe, expect, it } from 'vitest';
import { type AgentBench, agentBench } from '#testing';
import { moveCommand } from './command-store.ts';
import { Sender } from './sender.ts';
import type { SentCommand } from './sent-command.ts';
import { STOPPED, type Survey, writeSurvey } from './survey-store.ts';

/** Somebody like `target`, but for what `changed` says. */
function but<T extends object>(target: T, changed: Partial<T>): T {
  return new Proxy(target, {
    get: (_, key) => {
      const value: unknown = Reflect.get(key in changed ? changed : target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** A bench where the recipient said this of itself when the test began, and nothing since. */
async function withSilentProbe(said: Partial<Survey>): Promise<AgentBench> {
  const bench = await agentBench();
  const usual = { name: 'Probe', mode: 'ACTIVE', status: STOPPED, pid: 9, host: 'far' } as const;
  const counts = { incarnation: 1, iteration: 5, validitySeconds: 60, atMs: bench.clock.now() };
  await bench.database.transaction((work) => writeSurvey(work, { ...usual, ...counts, ...said }));
  return bench;
}

/** Its outcome, after so much time. */
async function endedAfter(bench: AgentBench, command: SentCommand, seconds: number) {
  const ended = command.ended();
  await bench.pass(seconds);
  return await Promise.race([ended, Promise.resolve(null)]);
}

describe('a command that was sent', () => {
  it('is seen to have ended though nobody tells', async () => {
    const bench = await agentBench();
    bench.probe();
    await bench.pass(1);
    const database = but(bench.database, { onChange: () => () => undefined });
    const sender = new Sender({ name: 'Tester', database, clock: bench.clock });
    const command = await sender.send('Probe', 'work', { validitySeconds: 3600 });
    expect(await endedAfter(bench, command, 6)).toMatchObject({ state: 'EXECUTED' });
  });

  it.each([
    ['back', -3_600_000],
    ['forward', 3_600_000],
  ])('expires in its time when the clock is set an hour %s', async (_, stepMs) => {
    const bench = await withSilentProbe({});
    let setMs = 0;
    const clock = but(bench.clock, { now: () => bench.clock.now() + setMs });
    const sender = new Sender({ name: 'Tester', database: bench.database, clock });
    const command = await sender.send('Probe', 'work', { validitySeconds: 30 });
    expect(await endedAfter(bench, command, 10)).toBeNull();
    setMs = stepMs;
    expect(await endedAfter(bench, command, 19)).toBeNull();
    expect(await endedAfter(bench, command, 2)).toMatchObject({ state: 'EXPIRED' });
  });

  it.each([-3_600_000, 0, 3_600_000])(
    'is given up when a recipient whose clock is %i ms off falls silent while it runs',
    async (offMs) => {
      const bench = await withSilentProbe({});
      const said = { status: 'RUNNING work', pid: 9, host: 'far', incarnation: 1, iteration: 5 };
      const speak = () =>
        bench.database.transaction((work) =>
          writeSurvey(work, {
            name: 'Probe',
            mode: 'ACTIVE',
            validitySeconds: 60,
            ...said,
            atMs: bench.clock.now() + offMs,
          }),
        );
      const command = await bench.sender().send('Probe', 'work');
      const start = { id: command.id, events: ['start'], atMs: bench.clock.now() } as const;
      await bench.database.transaction((work) => moveCommand(work, start));
      for (let seconds = 0; seconds < 600; seconds += 20) {
        await speak();
        expect(await endedAfter(bench, command, 20)).toBeNull();
      }
      expect(await endedAfter(bench, command, 200)).toMatchObject({
        state: 'TIMEDOUT',
        errorCode: 'RECIPIENT_SILENT',
      });
    },
  );
});
