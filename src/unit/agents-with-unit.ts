import type { AgentSpec, Unit } from './unit.ts';

/** The agents that live whenever the unit does; the others are started by name only. */
export function agentsWithUnit(unit: Unit): readonly AgentSpec[] {
  return unit.agents.filter((agent) => agent.start === 'with-unit');
}
