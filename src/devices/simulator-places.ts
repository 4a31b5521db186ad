import type { Unit } from '#unit';
import type { Address, WireKind } from './link/link.ts';

/** Where a simulator of a unit is served, and what it simulates. */
export interface SimulatorPlace {
  /** As in `makeSimulators`. */
  readonly name: string;
  /** In the unit file. */
  readonly alias: string;
  readonly kind: 'telescope' | 'dome' | 'plc' | 'camera' | 'focuser' | 'station';
  readonly address: Address;
  readonly wire: WireKind;
}

interface Spec {
  readonly alias: string;
  readonly control: string;
  readonly address: Address;
}

/** The simulators of a unit, in the order in which they start. */
export function simulatorPlaces(unit: Unit): SimulatorPlace[] {
  const [mount] = unit.mounts;
  return [
    ...(mount ? place('mount', 'telescope', mount) : []),
    ...place('dome', 'dome', unit.dome),
    ...place('plc', 'plc', unit.plc),
    ...unit.channels.flatMap((channel) => [
      ...place(channel.alias, 'camera', channel),
      ...(channel.focuser ? place(`focuser-${channel.alias}`, 'focuser', channel.focuser) : []),
    ]),
    ...unit.stations.flatMap((station) => place(station.alias, 'station', station)),
  ];
}

function place(
  name: string,
  kind: SimulatorPlace['kind'],
  { alias, control, address }: Spec,
): SimulatorPlace[] {
  const wire = kind === 'plc' ? 'json' : 'lines';
  return control === 'simulated' ? [{ name, alias, kind, address, wire }] : [];
}
