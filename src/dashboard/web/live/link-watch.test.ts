import { describe, expect, it } from 'vitest';
import { type LinkWatch, linkState, nextLinkAction } from './link-watch.ts';

const watch = (over: Partial<LinkWatch>): LinkWatch => ({
  source: 'open',
  openedAtMs: 0,
  lastMessageMs: 100_000,
  lastPollMs: 0,
  ...over,
});

describe('the link', () => {
  it('is live while messages come', () => {
    expect(linkState(watch({}), 101_000)).toBe('live');
  });

  it('is connecting until the first message', () => {
    expect(linkState(watch({ source: 'connecting', lastMessageMs: null }), 1000)).toBe(
      'connecting',
    );
  });

  it('is lost soon after the stream broke', () => {
    expect(linkState(watch({ source: 'connecting' }), 103_000)).toBe('lost');
  });

  it('is lost when an open stream keeps silent', () => {
    expect(linkState(watch({}), 108_001)).toBe('lost');
  });
});

describe('the next action', () => {
  it('is to wait while messages come', () => {
    expect(nextLinkAction(watch({}), 101_000)).toBe('wait');
  });

  it('is to ask once when the stream keeps silent', () => {
    expect(nextLinkAction(watch({}), 104_000)).toBe('poll');
    expect(nextLinkAction(watch({ lastPollMs: 104_000 }), 105_000)).toBe('wait');
  });

  it('is to open the stream again when it was closed', () => {
    expect(nextLinkAction(watch({ source: 'closed' }), 101_000)).toBe('reopen');
  });

  it('is to give a new stream some time', () => {
    const young = watch({ source: 'closed', openedAtMs: 100_500, lastPollMs: 100_500 });
    expect(nextLinkAction(young, 101_000)).toBe('wait');
  });

  it('is to drop a stream that stays mute', () => {
    expect(nextLinkAction(watch({ lastPollMs: 114_900 }), 115_000)).toBe('reopen');
  });
});
