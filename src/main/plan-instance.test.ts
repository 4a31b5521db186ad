import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { planInstanceFile } from './plan-instance.ts';

const INSTANCE = {
  site: { lat: 43.75, lon: 6.92, height: 1270 },
  night: [2_459_659.3, 2_459_659.6],
  slewDegPerSec: 2,
  setupSec: 30,
  sequences: [
    {
      id: 3,
      ra: 100,
      dec: 80,
      durMin: 20,
      priority: 50,
      jd1: 2_459_659.3,
      jd2: 2_459_659.6,
      tpref: 'BESTELEV',
      minAlt: 30,
      minMoonDeg: 20,
    },
  ],
};

describe('the command plan', () => {
  let folder = '';
  const options = { out: '', effort: 'first', seed: 0 } as const;
  const inFolder = (name: string) => join(folder, name);
  const lines: string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pyros-plan-'));
    writeFileSync(inFolder('X-1.json'), JSON.stringify(INSTANCE));
    lines.length = 0;
    vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
  });

  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true, force: true });
  });

  it('writes the plan of an instance file and says one line about it', () => {
    expect(planInstanceFile(inFolder('X-1.json'), { ...options, out: inFolder('plan.json') })).toBe(
      0,
    );
    const plan = JSON.parse(readFileSync(inFolder('plan.json'), 'utf8'));
    expect(plan).toMatchObject({ inst: 'X-1', by: 'pyros', plan: [{ id: 3 }], unplanned: [] });
    expect(plan.bound).toBeGreaterThanOrEqual(plan.value);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^X-1: 1 of 1 planned, value [\d.]+, bound [\d.]+, gap [\d.]+ %, [\d.]+ s$/,
    );
  });

  it('says which file it cannot read', () => {
    expect(() =>
      planInstanceFile(inFolder('none.json'), { ...options, out: inFolder('plan.json') }),
    ).toThrow(/none\.json cannot be read/);
  });

  it('says what is wrong with an instance, and where', () => {
    const [sequence] = INSTANCE.sequences;
    const bad = { ...INSTANCE, sequences: [{ ...sequence, dec: 'x' }] };
    writeFileSync(inFolder('bad.json'), JSON.stringify(bad));
    expect(() =>
      planInstanceFile(inFolder('bad.json'), { ...options, out: inFolder('plan.json') }),
    ).toThrow(/bad\.json cannot be planned: sequences\.0\.dec: expected number, received string/);
  });

  it('says when it may not write the plan', () => {
    expect(() =>
      planInstanceFile(inFolder('X-1.json'), { ...options, out: inFolder('none/plan.json') }),
    ).toThrow(/cannot be written/);
  });
});
