import { describe, expect, it } from 'vitest';
import { reasonOf, resultLine } from './ward.ts';

describe('the last line of a process', () => {
  it('says ok, or failed and why', () => {
    expect(resultLine({ name: 'AgentA', ok: true, reason: '' })).toBe('AgentA … ok');
    const reason = reasonOf(1, null, '');
    expect(resultLine({ name: 'AgentA', ok: false, reason })).toBe(
      'AgentA … failed (ended with code 1)',
    );
  });

  it('quotes the last word of the process', () => {
    expect(reasonOf(2, null, 'the name is taken.')).toBe('ended with code 2: the name is taken');
    expect(reasonOf(null, 'SIGKILL', '')).toBe('ended by SIGKILL');
  });
});
