import { describe, expect, it } from 'vitest';
import { applyNotice, type Burst, isAbout } from './burst.ts';
import { classify, type Notice } from './notice.ts';
import { type SwiftSpec, swiftPacket } from './swift-packet.ts';
import { parseVOEvent } from './voevent-xml.ts';

const start = Date.UTC(2014, 3, 23, 21, 8, 24);
const place = { raDeg: 202.9277, decDeg: 29.2583, errorDeg: 0.05 };
const base = { trigger: '596958', eventAt: '2014-04-23T21:07:08.07' };

function noticeOf(spec: SwiftSpec, seconds = 0): Notice {
  const parsed = parseVOEvent(swiftPacket(spec, start + seconds * 1000));
  if (!parsed.ok) throw new Error(parsed.reason);
  return classify(parsed.event);
}

const bat = noticeOf({ packet: 'bat', ...base, ...place });
const finer = { raDeg: 202.9436, decDeg: 29.2763, errorDeg: 0.0013 };
const xrt = noticeOf({ packet: 'xrt', ...base, ...finer }, 78);
const uvot = noticeOf({ packet: 'uvot', ...base, ...finer, errorDeg: 0.0001 }, 700);
const retraction = noticeOf({ packet: 'retraction', ...base, ...place }, 900);

function follow(...notices: readonly Notice[]): Burst | null {
  let burst: Burst | null = null;
  for (const notice of notices) {
    const change = applyNotice(burst, notice);
    if (change.change !== 'none') burst = change.burst;
  }
  return burst;
}

describe('following a burst through its notices', () => {
  it('begins with the first position', () => {
    expect(applyNotice(null, bat)).toMatchObject({
      change: 'new',
      burst: { mission: 'Swift', trigger: '596958', target: place, requested: false },
    });
  });

  it('begins with a refinement when the announcement was missed', () => {
    expect(applyNotice(null, xrt)).toMatchObject({ change: 'new', burst: { target: finer } });
  });

  it('moves to the smaller error: BAT, then XRT, then UVOT', () => {
    expect(applyNotice(follow(bat), xrt)).toMatchObject({ change: 'refined' });
    expect(follow(bat, xrt, uvot)?.target.errorDeg).toBe(0.0001);
  });

  it('does not move for a larger error that comes later', () => {
    const change = applyNotice(follow(xrt), { ...bat, dateMs: xrt.dateMs + 1000 });
    expect(change).toMatchObject({ change: 'kept', burst: { target: finer } });
    expect(change).toHaveProperty('reason', expect.stringContaining('±0.0013'));
  });

  it('moves for an equal error only when it was written later', () => {
    const again = { ...bat, ivorn: `${bat.ivorn}b` };
    expect(applyNotice(follow(bat), again).change).toBe('kept');
    expect(applyNotice(follow(bat), { ...again, dateMs: bat.dateMs + 1 }).change).toBe('refined');
  });

  it('moves to a larger error that supersedes, from the same mission alone', () => {
    const superseding = {
      ...bat,
      ivorn: 'ivo://a/b#2',
      dateMs: xrt.dateMs + 1000,
      citations: [{ ivorn: xrt.ivorn, cite: 'supersedes' as const }],
    };
    expect(applyNotice(follow(xrt), superseding)).toMatchObject({
      change: 'refined',
      burst: { target: place },
    });
    expect(applyNotice(follow(xrt), { ...superseding, mission: 'Fermi' }).change).toBe('kept');
  });

  it('ignores a notice that it has received', () => {
    expect(applyNotice(follow(bat, xrt), bat)).toEqual({
      change: 'none',
      reason: 'already received',
    });
  });

  it('ends with a retraction, and stays ended', () => {
    expect(applyNotice(follow(bat), retraction)).toMatchObject({
      change: 'retracted',
      burst: { retracted: true, target: place },
    });
    expect(applyNotice(follow(bat, retraction), xrt)).toMatchObject({
      change: 'kept',
      burst: { retracted: true, target: place },
    });
  });

  it('ends when the mission finds that it was no burst', () => {
    const denied = { ...xrt, kind: 'not-a-burst', reason: 'a false alarm' } as const;
    expect(applyNotice(follow(bat), denied)).toMatchObject({
      change: 'retracted',
      reason: 'a false alarm',
    });
  });

  it('lets no other mission end it', () => {
    const change = applyNotice(follow(bat), { ...retraction, mission: 'elsewhere' });
    expect(change).toEqual({ change: 'none', reason: 'only Swift can withdraw its burst' });
  });

  it('makes nothing of a retraction of what is not known', () => {
    expect(applyNotice(null, retraction).change).toBe('none');
  });

  it('makes nothing of a test', () => {
    expect(applyNotice(follow(bat), noticeOf({ packet: 'test', ...base, ...place }))).toEqual({
      change: 'none',
      reason: 'its role is test',
    });
  });

  it('keeps the earliest time of the event', () => {
    const later = { ...xrt, eventMs: (bat.eventMs ?? 0) + 60_000 };
    expect(follow(later, bat)?.eventMs).toBe(bat.eventMs);
  });

  it('knows its notices by trigger or by citation', () => {
    const burst = follow(bat);
    if (!burst) throw new Error('no burst');
    expect(isAbout(xrt, burst)).toBe(true);
    expect(isAbout({ ...xrt, mission: 'Fermi', trigger: '1' }, burst)).toBe(true);
    expect(isAbout({ ...xrt, trigger: '1', citations: [] }, burst)).toBe(false);
  });
});
