import type { Address, WireKind } from '#devices';
import type { Unit } from '#unit';

/** A device of the unit that is simulated: where it is served, and under which name. */
export interface SimulatedDeviceSpec {
  readonly name: string;
  readonly alias: string;
  readonly kind: string;
  readonly address: Address;
  readonly wire: WireKind;
}

type Spec = Pick<Unit['dome'], 'alias' | 'control' | 'address'>;

/** The devices of a unit that are simulated, and only those: a real one is never driven from a page. */
export function simulatedDevices(unit: Unit): SimulatedDeviceSpec[] {
  const all: (readonly [name: string, kind: string, spec: Spec | undefined])[] = [
    ['mount', 'telescope', unit.mounts[0]],
    ['dome', 'dome', unit.dome],
    ['plc', 'plc', unit.plc],
    ...unit.channels.flatMap(
      (channel) =>
        [
          [channel.alias, 'camera', channel],
          [`focuser-${channel.alias}`, 'focuser', channel.focuser],
        ] as const,
    ),
    ...unit.stations.map((station) => [station.alias, 'weather station', station] as const),
  ];
  return all.flatMap(([name, kind, spec]) => {
    if (spec?.control !== 'simulated') return [];
    const wire = kind === 'plc' ? 'json' : 'lines';
    return [{ name, kind, alias: spec.alias, address: spec.address, wire }];
  });
}
