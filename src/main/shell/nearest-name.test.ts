import { expect, test } from 'vitest';
import { nearestName } from './nearest-name.ts';

const names = ['id', 'name', 'startMode', 'tPrefered', 'nbImages'];

test.each([
  ['nmae', 'name'],
  ['startmode', 'startMode'],
  ['start_mod', 'startMode'],
  ['tPreferred', 'tPrefered'],
])('%s is near %s', (wrong, right) => {
  expect(nearestName(wrong, names)).toBe(right);
});

test('what is like nothing is near nothing', () => {
  expect(nearestName('temperature', names)).toBe('');
});
