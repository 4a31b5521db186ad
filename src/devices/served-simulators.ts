import { onTestFinished } from 'vitest';
import { PyrosError } from '#platform';
import type { Unit } from '#unit';
import { tcpLinks } from './link/tcp-link.ts';
import { serveTcp } from './link/tcp-server.ts';
import type { DeviceDeps } from './registry.ts';
import { EMPTY_SCENARIO } from './scenario.ts';
import { type VirtualSimulators, virtualSimulators } from './virtual-simulators.ts';

/** For tests: the simulators of a unit, and how drivers reach them. */
export interface ServedBench extends VirtualSimulators {
  readonly deps: DeviceDeps;
  /** The address at which a simulator is really served. */
  at<Spec extends object>(name: string, spec: Spec): Spec;
}

/** The two wires on which every contract is kept. */
export const WIRES = ['memory', 'TCP'] as const;

/** Serves the small unit's simulators in memory or over TCP on free ports, until the test ends. */
export async function servedBench(wire: (typeof WIRES)[number], unit?: Unit): Promise<ServedBench> {
  const virtual = virtualSimulators(EMPTY_SCENARIO, 1, unit);
  const { clock, network, simulators } = virtual;
  if (wire === 'memory') {
    return { ...virtual, deps: { clock, links: network.link }, at: (_name, spec) => spec };
  }
  const addresses = new Map<string, { host: string; port: number }>();
  for (const [name, simulator] of Object.entries(simulators)) {
    const onTrouble = (sentence: string) => void virtual.told.push(sentence);
    const address = { host: '127.0.0.1', port: 0 };
    const server = await serveTcp({ ...simulator, address, onTrouble, clock });
    onTestFinished(() => server.close());
    addresses.set(name, server.address);
  }
  return {
    ...virtual,
    deps: { clock, links: tcpLinks({ clock, timeoutSeconds: 5 }) },
    at: (name, spec) => {
      const address = addresses.get(name);
      if (!address) throw new PyrosError('UNIT_INVALID', `no simulator is named ${name}`);
      return { ...spec, address };
    },
  };
}
