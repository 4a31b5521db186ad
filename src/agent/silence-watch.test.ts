import { expect, it } from 'vitest';
import { VirtualClock } from '#platform';
import { SilenceWatch } from './silence-watch.ts';

/** A watch that looks every second, and how to let time go by between two looks. */
function watched() {
  let nowMs = 1000;
  const clock = Object.assign(new VirtualClock(0), { monotonic: () => nowMs });
  const watch = new SilenceWatch(clock, 1);
  const after = (seconds: number, word: string) => {
    nowMs += seconds * 1000;
    return watch.silentSeconds(word);
  };
  return { watch, after };
}

it('counts for how long the same word has stood there', () => {
  const { after } = watched();
  expect([after(0, 'a'), after(1, 'a'), after(1.5, 'a')]).toEqual([0, 1, 2.5]);
});

it('begins anew at a new word', () => {
  const { after } = watched();
  expect([after(0, 'a'), after(2, 'a'), after(2, 'b'), after(1, 'b')]).toEqual([0, 2, 0, 1]);
});

it('counts little of a time in which nobody looked', () => {
  const { after } = watched();
  expect([after(0, 'a'), after(3600, 'a')]).toEqual([0, 2]);
});

it('begins anew when what was heard is forgotten', () => {
  const { watch, after } = watched();
  after(0, 'a');
  after(2, 'a');
  watch.forget();
  expect([after(2, 'a'), after(1, 'a')]).toEqual([0, 1]);
});
