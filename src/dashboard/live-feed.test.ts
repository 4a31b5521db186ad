import { describe, expect, it } from 'vitest';
import { VirtualClock } from '#platform';
import { keepingLogger } from '#testing';
import { LiveFeed } from './live-feed.ts';

/** A feed on virtual time that numbers the pages it makes. */
function numberingFeed(making?: () => Promise<void>) {
  const clock = new VirtualClock(0);
  const log = keepingLogger();
  let made = 0;
  const make = async () => {
    await making?.();
    return `page ${++made}`;
  };
  const feed = new LiveFeed({ make, clock, log });
  void feed.run();
  const pass = (seconds: number) => clock.run(clock.now() + seconds * 1000);
  return { feed, log, pass, made: () => made };
}

describe('the live feed', () => {
  it('makes nothing while nobody watches', async () => {
    const { feed, pass, made } = numberingFeed();
    for (let i = 0; i < 5; i++) {
      feed.changed();
      await pass(1);
    }
    expect(made()).toBe(0);
  });

  it('sends the page at once to who begins to watch', async () => {
    const { feed, pass } = numberingFeed();
    const seen: string[] = [];
    feed.subscribe((json) => seen.push(json));
    await pass(0);
    expect(seen).toEqual(['page 1']);
  });

  it('makes one page for all who watch', async () => {
    const { feed, pass, made } = numberingFeed();
    const seen: string[] = [];
    for (let i = 0; i < 20; i++) feed.subscribe((json) => seen.push(json));
    await pass(0);
    expect(made()).toBe(1);
    expect(seen).toHaveLength(20);
  });

  it('makes one page of a hundred changes', async () => {
    const { feed, pass, made } = numberingFeed();
    feed.subscribe(() => undefined);
    await pass(1);
    for (let i = 0; i < 100; i++) feed.changed();
    await pass(1);
    expect(made()).toBe(2);
  });

  it('sends nothing when nothing changed', async () => {
    const { feed, pass, made } = numberingFeed();
    feed.subscribe(() => undefined);
    await pass(60);
    expect(made()).toBe(1);
  });

  it('leaves alone who went away', async () => {
    const { feed, pass } = numberingFeed();
    const seen: string[] = [];
    const leave = feed.subscribe((json) => seen.push(json));
    await pass(1);
    leave();
    feed.changed();
    await pass(1);
    expect(seen).toEqual(['page 1']);
  });

  it('makes one page for requests that come together', async () => {
    const { feed } = numberingFeed();
    const pages = await Promise.all([feed.latest(), feed.latest(), feed.latest()]);
    expect(pages).toEqual(['page 1', 'page 1', 'page 1']);
    expect(await feed.latest()).toBe('page 2');
  });

  it('tells of a change that came while a page was being made', async () => {
    let finish: () => void = () => undefined;
    let slow: Promise<void> | undefined = new Promise((resolve) => {
      finish = resolve;
    });
    const { feed, pass } = numberingFeed(async () => await slow);
    const early = feed.latest();
    const seen: string[] = [];
    feed.subscribe((json) => seen.push(json));
    slow = undefined;
    finish();
    await early;
    await pass(0);
    expect(seen).toEqual(['page 2']);
  });

  it('survives a page that cannot be made', async () => {
    let broken = true;
    const { feed, log, pass } = numberingFeed(async () => {
      if (broken) throw new Error('the database is away');
    });
    const seen: string[] = [];
    feed.subscribe((json) => seen.push(json));
    await pass(1);
    expect(log.lines).toEqual([expect.stringContaining('the database is away')]);
    broken = false;
    feed.changed();
    await pass(1);
    expect(seen).toEqual(['page 1']);
  });
});
