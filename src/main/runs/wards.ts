import type { AgentSpec, Unit } from '#unit';
import type { Ward } from '../supervisor.ts';

/** Kinds of agents that talk to devices. */
const DEVICE_KINDS: ReadonlySet<AgentSpec['kind']> = new Set([
  'guardian',
  'environment',
  'majordome',
  'observer',
  'telescope',
]);

const SIMULATOR_RESTARTS = 20;

export function talksToDevices(spec: AgentSpec): boolean {
  return DEVICE_KINDS.has(spec.kind);
}

/** The simulated devices of a unit, in the order of their start. */
export function simulatorWards(unit: Unit): Ward[] {
  const names = ['mount', 'dome', 'plc', ...unit.channels.map((channel) => channel.alias)];
  return names.map((name) => {
    return { name, program: 'simulator-process.ts', restartBudget: SIMULATOR_RESTARTS };
  });
}

export function agentWards(agents: readonly AgentSpec[]): Ward[] {
  return agents.map(({ alias, restartBudget }) => {
    return { name: alias, program: 'agent-process.ts', restartBudget };
  });
}
