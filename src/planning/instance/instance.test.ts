import { describe, expect, it } from 'vitest';
import { readInstance } from './instance.ts';
import { instanceDocument, sequenceDocument } from './instance-builder.ts';

function reasonOf(document: unknown): string {
  const reading = readInstance(typeof document === 'string' ? document : JSON.stringify(document));
  return reading.ok ? '' : reading.reason;
}

describe('an instance file', () => {
  it('is read with what the planner needs, and nothing else of it', () => {
    const reading = readInstance(JSON.stringify(instanceDocument({ family: 'U', note: 'aside' })));
    expect(reading).toMatchObject({ ok: true, instance: { setupSec: 30, useHorizon: false } });
    expect(JSON.stringify(reading)).not.toContain('aside');
  });

  it('may have no sequences, no programs and no horizon', () => {
    const { programs: _, horizon: __, ...rest } = instanceDocument({ sequences: [] });
    expect(readInstance(JSON.stringify(rest))).toMatchObject({
      ok: true,
      instance: { sequences: [], programs: [], horizon: [] },
    });
  });

  it('that is not JSON is refused, NaN included', () => {
    expect(reasonOf('{\n"night": [\n')).toMatch(/^it is not JSON: .*$/);
    expect(reasonOf(JSON.stringify(instanceDocument()).replace('"ra":100', '"ra":NaN'))).toMatch(
      /^it is not JSON: /,
    );
  });

  it('is refused with the path of the field that is wrong', () => {
    const [sequence] = instanceDocument().sequences;
    const withRa = (ra: unknown) => instanceDocument({ sequences: [{ ...sequence, ra }] });
    expect(reasonOf(withRa(null))).toBe('sequences.0.ra: expected number, received null');
    expect(reasonOf(withRa('1h'))).toBe('sequences.0.ra: expected number, received string');
    expect(reasonOf({})).toMatch(/^site: it is missing \(and \d more\)$/);
    expect(reasonOf(instanceDocument({ setupSec: -1 }))).toMatch(/^setupSec: too small/);
    expect(reasonOf([])).toBe('expected object, received array');
  });

  it.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    ['ends before it begins', { night: [2_459_659.6, 2_459_659.3] }, /^night\.1: it must be after/],
    ['has no length', { night: [2_459_659.3, 2_459_659.3] }, /^night\.1: it must be after/],
    ['lasts a year', { night: [2_459_659.3, 2_460_024.3] }, /^night\.1: it is more than 6 days/],
    ['is on no date', { night: [2_459_659.3, 1e300] }, /^night\.1: too big/],
  ])('is refused when its night %s', (_, changes, reason) => {
    expect(reasonOf(instanceDocument(changes))).toMatch(reason);
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['site.height', { site: { lat: 43, lon: 7, height: 1e300 } }],
    ['site.lon', { site: { lat: 43, lon: 1e300 } }],
    ['slewDegPerSec', { slewDegPerSec: 1e-300 }],
    ['horizon.0.1', { horizon: [[0, 1e300]] }],
    ['sequences.0.priority', { sequences: [sequenceDocument({ priority: 1e308 })] }],
  ])('is refused when a number is beyond all reason: %s', (path, changes) => {
    expect(reasonOf(instanceDocument(changes))).toMatch(new RegExp(`^${path}: too (big|small)`));
  });

  it('is refused when two programs have one number', () => {
    const programs = [
      { id: 0, quotaMin: 0 },
      { id: 0, quotaMin: 500 },
    ];
    expect(reasonOf(instanceDocument({ programs }))).toBe(
      'programs.1.id: another program has the number 0',
    );
  });

  it('is refused when two sequences have one number', () => {
    const [sequence] = instanceDocument().sequences;
    expect(reasonOf(instanceDocument({ sequences: [sequence, sequence] }))).toBe(
      'sequences.1.id: another sequence has the number 0',
    );
  });

  it('is refused when a sequence names a program that is not there', () => {
    const [sequence] = instanceDocument().sequences;
    expect(reasonOf(instanceDocument({ sequences: [{ ...sequence, program: 7 }] }))).toBe(
      'sequences.0.program: there is no such program',
    );
  });
});
