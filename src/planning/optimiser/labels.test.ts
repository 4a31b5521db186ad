import { describe, expect, it } from 'vitest';
import { Labels } from './labels.ts';

describe('a label', () => {
  it('knows the jobs of its chain, and not those of its siblings', () => {
    const labels = new Labels();
    labels.clear(70, 0);
    const root = labels.root(0, -1);
    const one = labels.longer(root, 33);
    const two = labels.longer(one, 69);
    const sibling = labels.longer(one, 1);
    expect([33, 69, 1].map((local) => labels.has(two, local))).toEqual([true, true, false]);
    expect(labels.has(sibling, 69)).toBe(false);
    expect(labels.has(root, 33)).toBe(false);
  });

  it('adds up what its chain spends, by account', () => {
    const labels = new Labels();
    labels.clear(4, 2);
    const one = labels.longer(labels.root(0, -1), 0);
    labels.spend(one, 1, 30);
    const two = labels.longer(one, 1);
    labels.spend(two, 1, 12);
    expect([labels.spentBy(two, 0), labels.spentBy(two, 1)]).toEqual([0, 42]);
    expect(labels.spentBy(one, 1)).toBe(30);
  });

  it('keeps its chain when it waits', () => {
    const labels = new Labels();
    labels.clear(4, 0);
    const one = labels.longer(labels.root(0, -1), 2);
    labels.job[one] = 7;
    const later = labels.waited(one, 99);
    expect([labels.endMs[later], labels.job[later], labels.has(later, 2)]).toEqual([99, 7, true]);
  });

  it('survives when there come to be very many', () => {
    const labels = new Labels();
    labels.clear(64, 1);
    let last = labels.root(0, -1);
    for (let i = 0; i < 5000; i++) last = labels.longer(last, i % 64);
    expect(labels.size).toBe(5001);
    expect(labels.has(last, 63)).toBe(true);
    labels.clear(64, 1);
    expect(labels.has(labels.root(0, -1), 63)).toBe(false);
  });
});
