import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

/** The colours of one theme by name. */
function theme(name: string): Map<string, string> {
  const block = css.split(`[data-theme="${name}"] {`)[1]?.split('}')[0] ?? '';
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*#([0-9a-f]{6})/g)].map((m) => [m[1] ?? '', m[2] ?? '']),
  );
}

function channels(hex: string): number[] {
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

/** Contrast ratio of two colours, WCAG 2.2. */
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = channels(hex)
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const TEXTS = ['ink', 'ink-2', 'ink-3', 'accent', 'good', 'warning', 'bad', 'alert'];

describe.each(['dark', 'light', 'red'])('the %s theme', (name) => {
  const colours = theme(name);
  const of = (token: string) => colours.get(token) ?? '';

  it.each(TEXTS)('writes %s legibly on its ground (AA)', (token) => {
    expect(contrast(of(token), of('ground'))).toBeGreaterThanOrEqual(4.5);
  });

  it('writes legibly on its bars (AA)', () => {
    expect(contrast(of('on-accent'), of('accent'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of('on-done'), of('done'))).toBeGreaterThanOrEqual(4.5);
  });

  it('has every colour of the dark theme', () => {
    expect([...colours.keys()].sort()).toEqual([...theme('dark').keys()].sort());
  });
});

describe('the red theme', () => {
  it('shines in red alone', () => {
    for (const hex of theme('red').values()) {
      const [r = 0, g = 0, b = 0] = channels(hex);
      expect(g).toBeLessThan(0.6 * r);
      expect(b).toBeLessThan(0.5 * r);
    }
  });
});
