import { describe, expect, it } from 'vitest';
import { codeOf, iso, PyrosError, VirtualClock } from '#platform';
import { agentBench, shakyDatabase, type Trouble, tempDatabase } from '#testing';
import { tablesOf } from './agent-tables-store.ts';
import { EffectJournal, type ReadBack } from './effect-journal.ts';
import { latestFacts } from './fact-store.ts';
import { type Work, workOf } from './work.ts';

/** A device that keeps what it was told, by key, and can be cut off before or after it heard. */
class FakeDome {
  readonly heard: string[] = [];
  asked = 0;
  cut: 'before' | 'after' | 'reading' | null = null;
  answer: ReadBack | null = null;

  readonly effect = {
    send: async (key: string): Promise<void> => {
      if (this.cut === 'before') throw new PyrosError('DEVICE_UNREACHABLE', 'cut off');
      this.heard.push(key);
      if (this.cut === 'after') throw new PyrosError('DEVICE_UNREACHABLE', 'cut off');
    },
    readBack: async (key: string): Promise<ReadBack> => {
      this.asked++;
      if (this.cut === 'reading') throw new PyrosError('DEVICE_UNREACHABLE', 'cut off');
      if (this.answer) return this.answer;
      return this.heard.includes(key) ? { kind: 'done', result: 'open' } : { kind: 'not-done' };
    },
  };
}

/** A journal of which `life` makes another over the same table, as after a death. */
async function journalBench() {
  const real = await tempDatabase();
  const troubles: Trouble[] = [];
  const database = shakyDatabase(real, () => troubles.shift() ?? null);
  const clock = new VirtualClock(Date.UTC(2026, 9, 12, 22));
  const dome = new FakeDome();
  const by = { name: 'Dome', clock };
  const life = () =>
    new EffectJournal({
      agent: by.name,
      clock,
      transact: (work) => database.transaction((open) => work(workOf(open, by))),
    });
  const attempt = (journal = life()) => journal.once('open 1', dome.effect).catch(codeOf);
  return { troubles, dome, life, attempt, real };
}

describe('an effect', () => {
  it('is brought about and read back', async () => {
    const { dome, attempt } = await journalBench();
    expect(await attempt()).toBe('open');
    expect([dome.heard, dome.asked]).toEqual([['open 1'], 1]);
  });

  it('is brought about once, however often it is asked for', async () => {
    const { dome, life, attempt } = await journalBench();
    const journal = life();
    expect([await attempt(journal), await attempt(journal), await attempt()]).toEqual([
      'open',
      'open',
      'open',
    ]);
    expect([dome.heard, dome.asked]).toEqual([['open 1'], 1]);
  });

  it('is brought about once when it is asked for twice at the same time', async () => {
    const { dome, life, attempt } = await journalBench();
    const journal = life();
    const both = await Promise.all([attempt(journal), attempt(journal)]);
    expect(both).toEqual(['open', 'open']);
    expect(dome.heard).toEqual(['open 1']);
  });

  it('is another under another key', async () => {
    const { dome, life } = await journalBench();
    const journal = life();
    await journal.once('open 1', dome.effect);
    await journal.once('open 2', dome.effect);
    expect(dome.heard).toEqual(['open 1', 'open 2']);
  });

  it('is durable as an intent before the device is told', async () => {
    const { life, real } = await journalBench();
    const seen: unknown[] = [];
    const rows = () =>
      real
        .tables<{ effect: { effect_key: string; state: string } }>()
        .selectFrom('effect')
        .select(['effect_key', 'state'])
        .execute();
    await life().once('open 1', {
      send: async () => void seen.push(await rows()),
      readBack: async () => ({ kind: 'done', result: '' }),
    });
    expect(seen).toEqual([[{ effect_key: 'open 1', state: 'INTENDED' }]]);
    expect(await rows()).toEqual([{ effect_key: 'open 1', state: 'DONE' }]);
  });
});

describe('a death', () => {
  it('between the intent and the sending: the device is asked, then told once', async () => {
    const { dome, attempt } = await journalBench();
    dome.cut = 'before';
    expect(await attempt()).toBe('DEVICE_UNREACHABLE');
    dome.cut = null;
    expect(await attempt()).toBe('open');
    expect(dome.heard).toEqual(['open 1']);
  });

  it.each(['after', 'reading'] as const)(
    'between the sending and the result (%s): the device is asked and not told again',
    async (cut) => {
      const { dome, attempt } = await journalBench();
      dome.cut = cut;
      expect(await attempt()).toBe('DEVICE_UNREACHABLE');
      dome.cut = null;
      expect(await attempt()).toBe('open');
      expect(dome.heard).toEqual(['open 1']);
    },
  );

  it('while the device stays away: it is not told, and the intent stays open', async () => {
    const { dome, attempt } = await journalBench();
    dome.cut = 'after';
    await attempt();
    dome.cut = 'reading';
    expect([await attempt(), await attempt()]).toEqual([
      'DEVICE_UNREACHABLE',
      'DEVICE_UNREACHABLE',
    ]);
    dome.cut = null;
    expect(await attempt()).toBe('open');
    expect(dome.heard).toEqual(['open 1']);
  });
});

describe('a device', () => {
  it('that did not do it makes the effect fail, now and whenever it is asked for again', async () => {
    const { dome, attempt } = await journalBench();
    dome.answer = { kind: 'not-done' };
    expect([await attempt(), await attempt()]).toEqual(['EFFECT_FAILED', 'EFFECT_FAILED']);
    expect(dome.heard).toEqual(['open 1']);
  });

  it('that cannot tell after it was told leaves the effect unknown, and is not told again', async () => {
    const { dome, life, attempt } = await journalBench();
    dome.answer = { kind: 'unknown', why: 'its log is gone' };
    await expect(life().once('open 1', dome.effect)).rejects.toMatchObject({
      code: 'EFFECT_UNKNOWN',
      message: 'Nobody can tell whether "open 1" happened: its log is gone.',
    });
    expect(await attempt()).toBe('EFFECT_UNKNOWN');
    expect(dome.heard).toEqual(['open 1']);
  });

  it('that cannot tell after a death is not told again', async () => {
    const { dome, attempt } = await journalBench();
    dome.cut = 'before';
    await attempt();
    dome.cut = null;
    dome.answer = { kind: 'unknown', why: 'its log is gone' };
    expect(await attempt()).toBe('EFFECT_UNKNOWN');
    expect(dome.heard).toEqual([]);
  });
});

describe('a database on a bad line', () => {
  it.each([
    ['kept', 0],
    ['undone', 0],
    ['refused', 0],
    ['kept', 1],
    ['undone', 1],
    ['refused', 1],
  ] as const)('that is %s at transaction %d leads to one effect', async (trouble, n) => {
    const { troubles, dome, attempt } = await journalBench();
    troubles.push(...Array.from({ length: n }, () => null), trouble);
    expect(await attempt()).toMatch(/^DATABASE_/);
    expect(await attempt()).toBe('open');
    expect(dome.heard).toEqual(['open 1']);
  });
});

describe('what becomes true with an effect', () => {
  const write = async (work: Work, reason: string) => {
    await work.fact('AgentGivenUp', { agent: 'Dome', reason });
  };

  it.each([
    [[]],
    [['kept']],
    [[null, 'kept']],
    [[null, 'undone']],
    [[null, 'refused', null, 'kept']],
  ] as Trouble[][][])('is written once through %j', async (troubles) => {
    const bench = await journalBench();
    bench.troubles.push(...troubles);
    const attempt = () => bench.life().once('open 1', { ...bench.dome.effect, write });
    for (let i = 0; i < 4; i++) await attempt().catch(() => undefined);
    const facts = await latestFacts(bench.real, 9);
    expect(facts.map(({ payload }) => payload)).toEqual([{ agent: 'Dome', reason: 'open' }]);
    expect(bench.dome.heard).toEqual(['open 1']);
  });

  it('is not written when the device did not do it', async () => {
    const { life, dome, real } = await journalBench();
    dome.answer = { kind: 'not-done' };
    await expect(life().once('open 1', { ...dome.effect, write })).rejects.toThrow('did not do');
    expect(await latestFacts(real, 9)).toEqual([]);
  });
});

describe('an agent', () => {
  it('brings about an effect once though its command is taken up by its next life', async () => {
    const bench = await agentBench();
    const dome = new FakeDome();
    const hooks = {
      resumes: () => true,
      execute: async (
        { id }: { id: number },
        { signal }: { signal: AbortSignal },
        probe: Effects,
      ) => {
        const result = await probe.bringAbout(`command ${id}`, dome.effect);
        await bench.clock.sleep(50, signal);
        return result;
      },
    };
    const first = bench.probe(hooks);
    const id = await bench.send('work');
    await bench.pass(10);
    first.stop();
    await bench.pass(1);
    bench.probe(hooks);
    await bench.pass(60);
    expect(await bench.command(id)).toMatchObject({ state: 'EXECUTED', result: 'open' });
    expect(dome.heard).toEqual([`command ${id}`]);
  });
});

interface Effects {
  bringAbout(key: string, effect: FakeDome['effect']): Promise<string>;
}

describe('an agent that was held up', () => {
  it('proves that it still holds its name before it tells the device', async () => {
    const bench = await agentBench();
    const heard: string[] = [];
    const probe = bench.probe();
    await bench.pass(1);
    await bench.database.transaction((work) =>
      tablesOf(work)
        .insertInto('effect')
        .values({
          effect_key: 'open 1',
          agent: 'Probe',
          state: 'INTENDED',
          intended: iso(bench.clock.now()),
          result: '',
          error_code: '',
        })
        .execute(),
    );
    const effect = {
      send: async (key: string) => void heard.push(key),
      readBack: async () => {
        await bench.clock.sleep(40);
        await bench.database.transaction((work) =>
          tablesOf(work).updateTable('agents_survey').set({ incarnation: 2 }).execute(),
        );
        return { kind: 'not-done' } as const;
      },
    };
    const code = probe.bringAbout('open 1', effect).catch(codeOf);
    await bench.pass(60);
    expect([await code, heard]).toEqual(['AGENT_FENCED', []]);
  });
});
