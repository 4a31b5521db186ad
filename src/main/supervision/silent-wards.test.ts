import { describe, expect, it } from 'vitest';
import { SilentWards } from './silent-wards.ts';

const word = (atMs: number) => {
  return { name: 'Observer', pid: 7, atMs, iteration: 1, status: 'IN_MAIN_LOOP' };
};
const PIDS = new Map([['Observer', 7]]);

describe('an agent that hangs', () => {
  it('is found when it has said nothing new for a minute', () => {
    const wards = new SilentWards();
    expect(wards.hear([word(1)], PIDS, 0)).toEqual([]);
    expect(wards.hear([word(1)], PIDS, 60_000)).toEqual([]);
    expect(wards.hear([word(1)], PIDS, 60_001)).toEqual(['Observer']);
  });

  it('is found once only, until it has spoken again', () => {
    const wards = new SilentWards();
    wards.hear([word(1)], PIDS, 0);
    wards.hear([word(1)], PIDS, 60_001);
    expect(wards.hear([word(1)], PIDS, 65_000)).toEqual([]);
  });

  it('is not one that speaks', () => {
    const wards = new SilentWards();
    wards.hear([word(1)], PIDS, 0);
    wards.hear([word(2)], PIDS, 50_000);
    expect(wards.hear([word(2)], PIDS, 100_000)).toEqual([]);
  });

  it('is not one whose row is of an earlier process', () => {
    const wards = new SilentWards();
    wards.hear([{ ...word(1), pid: 6 }], PIDS, 0);
    expect(wards.hear([{ ...word(1), pid: 6 }], PIDS, 100_000)).toEqual([]);
  });

  it('is not blamed while nothing could be heard', () => {
    const wards = new SilentWards();
    wards.hear([word(1)], PIDS, 0);
    wards.forget();
    expect(wards.hear([word(1)], PIDS, 100_000)).toEqual([]);
  });
});
