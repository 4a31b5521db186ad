import { expect, test } from 'vitest';
import { Rendezvous } from './rendezvous.ts';

test('nobody waits when nobody called', async () => {
  const rendezvous = new Rendezvous(2);
  await expect(rendezvous.arrive()).resolves.toBeUndefined();
});

test('the action waits for all, runs once, and then all go on', async () => {
  const rendezvous = new Rendezvous(2);
  const story: string[] = [];
  rendezvous.call(async () => void story.push('moved'));
  const first = rendezvous.arrive().then(() => story.push('first goes on'));
  expect(story).toEqual([]);
  await Promise.all([first, rendezvous.arrive().then(() => story.push('second goes on'))]);
  expect(story[0]).toBe('moved');
  expect(story).toHaveLength(3);
});

test('a channel that leaves is not waited for', async () => {
  const rendezvous = new Rendezvous(2);
  let moved = 0;
  rendezvous.call(async () => void moved++);
  const met = rendezvous.arrive();
  await rendezvous.leave();
  await met;
  expect(moved).toBe(1);
});

test('the last channel leaving does not run the action for nobody', async () => {
  const rendezvous = new Rendezvous(1);
  let moved = 0;
  rendezvous.call(async () => void moved++);
  await rendezvous.leave();
  expect(moved).toBe(0);
});

test('a second calling before the meeting takes the place of the first', async () => {
  const rendezvous = new Rendezvous(1);
  const moves: string[] = [];
  rendezvous.call(async () => void moves.push('first'));
  rendezvous.call(async () => void moves.push('second'));
  await rendezvous.arrive();
  expect(moves).toEqual(['second']);
});

test('an action that fails fails everybody who waited', async () => {
  const rendezvous = new Rendezvous(2);
  rendezvous.call(async () => {
    throw new Error('the mount is stuck');
  });
  const waits = [rendezvous.arrive(), rendezvous.arrive()];
  const ends = await Promise.allSettled(waits);
  expect(ends.map((end) => end.status)).toEqual(['rejected', 'rejected']);
});

test('the next image goes on at once after a meeting', async () => {
  const rendezvous = new Rendezvous(1);
  rendezvous.call(async () => undefined);
  await rendezvous.arrive();
  await expect(rendezvous.arrive()).resolves.toBeUndefined();
});
