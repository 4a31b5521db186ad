import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { agentsWithUnit } from './agents-with-unit.ts';
import { unitOf } from './load-unit.ts';

const FILE = new URL('../../config/simulated.yaml', import.meta.url);

describe('agents with the unit', () => {
  it('are those that the unit file does not keep for a start by name', () => {
    const unit = unitOf(readFileSync(FILE, 'utf8'), 'config/simulated.yaml');
    const names = agentsWithUnit(unit).map((agent) => agent.alias);
    expect(names).toContain('Guardian');
    expect(names).not.toContain('AgentA');
  });
});
