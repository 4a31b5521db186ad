import { indiDevices, simulatorPlaces } from '#devices';
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

/** The devices that a unit serves itself, in the order of their start: simulators, INDI's drivers and devices. */
export function simulatorWards(unit: Unit): Ward[] {
  const simulated = simulatorPlaces(unit).map(({ name }) => name);
  const names = [...simulated, ...Object.keys(indiDevices(unit))];
  const hub: Ward = {
    name: 'indi',
    program: 'indi-hub-process.ts',
    restartBudget: SIMULATOR_RESTARTS,
  };
  const devices = names.map((name): Ward => {
    return { name, program: 'simulator-process.ts', restartBudget: SIMULATOR_RESTARTS };
  });
  return unit.indi?.drivers ? [hub, ...devices] : devices;
}

export function agentWards(agents: readonly AgentSpec[]): Ward[] {
  return agents.map(({ alias, restartBudget }) => {
    return { name: alias, program: 'agent-process.ts', restartBudget };
  });
}
