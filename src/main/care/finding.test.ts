import { describe, expect, it } from 'vitest';
import { isAtLeast } from './examine-machine.ts';
import { structureFinding } from './examine-unit.ts';
import { findingLine, fine } from './finding.ts';

describe('a finding', () => {
  it('is one line: state, thing, sentence, remedy', () => {
    expect(findingLine(fine('disk', '80 GB free.'))).toBe('ok    disk            80 GB free.');
    const line = findingLine({ state: 'bad', what: 'Node', sentence: 'Old.', remedy: 'Renew it.' });
    expect(line).toBe('bad   Node            Old. Renew it.');
  });

  it('on the structure of a database has a remedy for all but the right one', () => {
    const findings = (['current', 'older', 'newer', 'empty'] as const).map(structureFinding);
    expect(findings.map((finding) => finding.state)).toEqual(['ok', 'bad', 'bad', 'warn']);
    expect(findings.map((finding) => finding.remedy === '')).toEqual([true, false, false, false]);
  });
});

describe('a version', () => {
  it('is compared number by number', () => {
    expect(isAtLeast('24.19.2', '24.11')).toBe(true);
    expect(isAtLeast('24.9.0', '24.11')).toBe(false);
    expect(isAtLeast('25.0.0', '24.11')).toBe(true);
    expect(isAtLeast('24.11.0', '24.11')).toBe(true);
  });
});
