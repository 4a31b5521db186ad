import { expect, test } from 'vitest';
import { acknowledgement } from './night-acknowledgement.ts';

const { afterButton, atNewNight, isGiven, spent } = acknowledgement;
const NONE = 0;
const GIVEN = afterButton(NONE, 1);

test('pressing the button gives it', () => {
  expect(isGiven(GIVEN)).toBe(true);
});

test.each([0, 1, null])('once given it stays, whatever the button shows (%s)', (button) => {
  expect(afterButton(GIVEN, button)).toBe(GIVEN);
});

test('an unknown button gives nothing', () => {
  expect(isGiven(afterButton(NONE, null))).toBe(false);
});

test('a button kept pressed does not give it again', () => {
  expect(isGiven(afterButton(spent, 1))).toBe(false);
  expect(isGiven(afterButton(atNewNight(GIVEN), 1))).toBe(false);
});

test('a button released and pressed again does', () => {
  expect(isGiven(afterButton(afterButton(spent, 0), 1))).toBe(true);
});

test('a night that nobody acknowledged leaves the next one free to be', () => {
  expect(isGiven(afterButton(atNewNight(NONE), 1))).toBe(true);
});
