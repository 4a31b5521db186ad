import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CLI = join(import.meta.dirname, '..', 'src', 'main', 'cli.ts');
const WEEK = ['simulate', '--from', '2026-03-01', '--to', '2026-03-08', '--sequences', '200'];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pyros-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function pyros(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const args = ['--disable-warning=ExperimentalWarning', CLI, ...words];
  return new Promise((resolve) => {
    execFile(process.execPath, args, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

describe('simulate', () => {
  it('reports a week, and writes the same file for the same seeds', async () => {
    const [first, second] = [join(folder, 'first.json'), join(folder, 'second.json')];
    const { code, out } = await pyros(...WEEK, '--weather', '3', '--json', first);
    await pyros(...WEEK, '--weather', '3', '--json', second);
    expect(code).toBe(0);
    for (const words of ['SEASON  2026-03-01 to 2026-03-08', 'P12', 'bad weather', 'Fairness']) {
      expect(out).toContain(words);
    }
    expect(readFileSync(second, 'utf8')).toBe(readFileSync(first, 'utf8'));
    const { report } = JSON.parse(readFileSync(first, 'utf8'));
    expect(report.nights).toHaveLength(7);
    expect(report.observations.length).toBe(report.total.done);
  });

  it('compares two settings on the same nights', async () => {
    const file = join(folder, 'both.json');
    const settings = ['--what-if', 'accept=0.5', 'minAlt=40', '--json', file];
    const { code, out } = await pyros(...WEEK, ...settings);
    expect(code).toBe(0);
    expect(out).toContain('WHAT IF  accept=0.5  minAlt=40');
    const { report, changed } = JSON.parse(readFileSync(file, 'utf8'));
    expect(changed.total.asked).toBeLessThan(report.total.asked);
    expect(changed.total.timeMs.weather).toBe(report.total.timeMs.weather);
    expect(changed.alerts.received).toBe(report.alerts.received);
  });

  it('reads a demand, and tells all the faults of another', async () => {
    const [good, bad] = [join(folder, 'good.json'), join(folder, 'bad.json')];
    const sequence = { program: 'A', raDeg: 150, decDeg: 60, durationSeconds: 900, times: 5 };
    const programs = [{ name: 'A', quotaHours: 1 }];
    writeFileSync(good, JSON.stringify({ programs, sequences: [sequence] }));
    writeFileSync(bad, JSON.stringify({ programs, sequences: [{ ...sequence, decDeg: 99 }] }));
    const period = ['simulate', '--from', '2026-03-01', '--to', '2026-03-08', '--loss', '0'];
    const read = await pyros(...period, '--requests', good);
    expect(read.code).toBe(0);
    // A quota of an hour pays for three of 904 s.
    expect(read.out).toMatch(/^A +5 +1\.3 +1\.0 +3 /m);
    const refused = await pyros(...period, '--requests', bad);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('sequences.0.decDeg');
  });

  it('says in one sentence what is wrong with a period or a setting', async () => {
    const backwards = await pyros('simulate', '--from', '2026-03-08', '--to', '2026-03-01');
    expect(backwards).toMatchObject({ code: 1, out: '' });
    expect(backwards.err).toContain('No night lies from 2026-03-08 to 2026-03-01.');
    const unknown = await pyros(...WEEK, '--what-if', 'colour=red');
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.err).toContain('"colour=red" is no setting; there are quota, accept');
  });
});
