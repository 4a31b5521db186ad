import { describe, expect, it } from 'vitest';
import { tempDatabase } from '#testing';
import { AnnouncementCounters, type Counter, counterOf } from './announcement-counters.ts';

const everybody = { everybody: true, names: new Set<string>() };
const named = (...names: string[]) => ({ everybody: false, names: new Set(names) });
const row = (agent: string, last_fact_id: number): Counter => ({ agent, last_fact_id });

/** Counters in a table of their own, and what counting an announcement writes there. */
async function countersOnTable() {
  const database = await tempDatabase();
  const counters = new AnnouncementCounters('sqlite');
  const count = (announcement: Parameters<AnnouncementCounters['count']>[1]) =>
    database.transaction((work) => counters.count(work.tables(), announcement));
  return { counters, count };
}

describe('an announcement', () => {
  it('is counted for each name, in one order', async () => {
    const { count } = await countersOnTable();
    await count(named('b'));
    expect(await count(named('b', 'a'))).toEqual([row('@a', 1), row('@b', 2)]);
  });

  it('to everybody is counted once, whatever names it has besides', async () => {
    const { count } = await countersOnTable();
    expect(await count({ everybody: true, names: new Set(['a']) })).toEqual([row('#changed', 1)]);
  });

  it.each(['josé', 'two words', 'x'.repeat(50)])(
    'to a name that an engine may take for another (%s) is for everybody',
    async (name) => {
      const { count } = await countersOnTable();
      expect(await count(named(name))).toEqual([row('#changed', 1)]);
    },
  );
});

describe('a look', () => {
  it('finds for whom there is something new, once', () => {
    const counters = new AnnouncementCounters('sqlite');
    counters.newsIn([row('@a', 3), row('@b', 1)]);
    expect(counters.newsIn([row('@a', 4), row('@b', 1)])).toEqual(named('a'));
    expect(counters.newsIn([row('@a', 4), row('@b', 1)])).toBeNull();
  });

  it('finds names that were never announced to before, and everybody', () => {
    const counters = new AnnouncementCounters('sqlite');
    expect(counters.newsIn([row('@a', 1)])).toEqual(named('a'));
    expect(counters.newsIn([row('@a', 1), row('#changed', 1)])).toEqual(everybody);
  });

  it('finds nothing new in what this process counted', () => {
    const counters = new AnnouncementCounters('sqlite');
    counters.newsIn([row('@a', 3)]);
    counters.isOurs([row('@a', 4), row('@b', 1)]);
    expect(counters.newsIn([row('@a', 4), row('@b', 1)])).toBeNull();
  });

  it('still finds what others counted before this process did', () => {
    const counters = new AnnouncementCounters('sqlite');
    counters.newsIn([row('@a', 3)]);
    counters.isOurs([row('@a', 5)]);
    expect(counters.newsIn([row('@a', 5)])).toEqual(named('a'));
  });

  it('that saw our own count before we knew hides nobody’s later one', () => {
    const counters = new AnnouncementCounters('sqlite');
    counters.newsIn([row('@a', 3)]);
    counters.newsIn([row('@a', 4)]);
    counters.isOurs([row('@a', 4)]);
    expect(counters.newsIn([row('@a', 5)])).toEqual(named('a'));
  });

  it('finds a name new that was forgotten and counted anew', () => {
    const counters = new AnnouncementCounters('sqlite');
    counters.newsIn([row('@a', 1)]);
    counters.newsIn([]);
    expect(counters.newsIn([row('@a', 1)])).toEqual(named('a'));
  });

  it('tell what they saw, our own counts with it', () => {
    const counters = new AnnouncementCounters('mariadb');
    counters.newsIn([row('@a', 3)]);
    counters.isOurs([row('@a', 4), row('@b', 1)]);
    expect(counters.seen()).toEqual([row('@a', 4), row('@b', 1)]);
  });

  it('have one for each plain name, and that of everybody for any other', () => {
    expect(counterOf('mount-1')).toBe('@mount-1');
    expect(counterOf('dôme')).toBe('#changed');
  });
});
