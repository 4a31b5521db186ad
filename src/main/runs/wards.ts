import { indiDevices, shutDownSeconds, simulatorPlaces } from '#devices';
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

/** A dome behind INDI closes before its process ends, and says so: so much more than it gives itself. */
const MARGIN_SECONDS = 5;

/**
 * The devices that a unit serves itself, in the order of their start: simulators, INDI's drivers and
 * devices. See {@link inStages}.
 */
export function simulatorWards(unit: Unit): Ward[] {
  const simulated = simulatorPlaces(unit).map(({ name }) => name);
  const served = Object.keys(indiDevices(unit));
  const names = [...simulated, ...served];
  const hub: Ward = {
    name: 'indi',
    program: 'indi-hub-process.ts',
    restartBudget: SIMULATOR_RESTARTS,
  };
  const devices = names.map((name): Ward => {
    const device = {
      name,
      program: 'simulator-process.ts',
      restartBudget: SIMULATOR_RESTARTS,
    } as const;
    if (name !== 'dome' || !served.includes(name)) return device;
    return { ...device, endsWithinSeconds: shutDownSeconds(unit.dome) + MARGIN_SECONDS };
  });
  return unit.indi?.drivers ? [hub, ...devices] : devices;
}

/**
 * What is started after what: INDI's drivers first, so that they end last, when the dome is closed and
 * nobody drives a device through them any more.
 */
export function inStages(wards: readonly Ward[]): readonly (readonly Ward[])[] {
  const isHub = ({ program }: Ward) => program === 'indi-hub-process.ts';
  const stages = [wards.filter(isHub), wards.filter((ward) => !isHub(ward))];
  return stages.filter((stage) => stage.length > 0);
}

export function agentWards(agents: readonly AgentSpec[]): Ward[] {
  return agents.map(({ alias, restartBudget }) => {
    return { name: alias, program: 'agent-process.ts', restartBudget };
  });
}
