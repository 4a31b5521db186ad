import type { Unit } from './unit.ts';

/** What every device of a unit file says of itself. */
export type DeviceSpec = Pick<
  Unit['dome'],
  'alias' | 'control' | 'address' | 'driver' | 'maintained'
> & { readonly driver: Unit['channels'][number]['driver'] };

/** Every device of a unit: mounts, channels and their focusers, dome, PLC, stations. */
export function devicesOf(unit: Unit): DeviceSpec[] {
  return [
    ...unit.mounts,
    ...unit.channels.flatMap((channel) =>
      channel.focuser ? [channel, channel.focuser] : [channel],
    ),
    unit.dome,
    unit.plc,
    ...unit.stations,
  ];
}
