import { expect, it } from 'vitest';
import { nextTheme, themeOf } from './theme.ts';

it('is dark unless another theme was chosen', () => {
  expect(themeOf(null)).toBe('dark');
  expect(themeOf('sepia')).toBe('dark');
  expect(themeOf('red')).toBe('red');
});

it('goes round dark, light and red', () => {
  expect(nextTheme('dark')).toBe('light');
  expect(nextTheme('light')).toBe('red');
  expect(nextTheme('red')).toBe('dark');
});
