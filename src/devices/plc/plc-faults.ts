import type { KnownFault } from '../fault-plane.ts';
import type { FaultView } from '../faults/fault-set.ts';
import { OBSERVATORY_DEVICE, type PlcDevice, type PlcValue } from './plc.ts';

const plain = (name: string, description: string): KnownFault => {
  return { name, description, usualAmount: null };
};

/** What can be wrong with measured values, those of the PLC and those of a station of its own. */
export const VALUE_FAULTS: readonly KnownFault[] = [
  plain('frozen', 'It tells the same again and again, with the same dates.'),
  plain('frozen-values', 'Its dates go on and its values do not.'),
  plain('not-valid', 'It calls all its values not valid.'),
  plain('nan', 'Every number of its weather is "NaN".'),
  plain('nonsense-values', 'Every number of its weather is -300.'),
  plain('other-units', 'It tells Fahrenheit, km/h and in/h.'),
  { name: 'clock-ahead', description: 'Its clock is so many seconds ahead.', usualAmount: 60 },
  { name: 'clock-behind', description: 'Its clock is so many seconds behind.', usualAmount: 60 },
];

/** What can be wrong with a simulated PLC, its wire apart. */
export const PLC_FAULTS: readonly KnownFault[] = [
  ...VALUE_FAULTS,
  plain('twice', 'Its frames name their first device twice.'),
  plain('two-frames', 'Each answer holds two frames.'),
  plain('ignores-bypass', 'It says yes to a bypass and does not show it.'),
  plain('no-mode', 'Its frames do not tell the mode of the site.'),
  plain('rain-one-sensor', 'It rains on the first rain gauge and on no other.'),
  {
    name: 'wind-flapping',
    description: 'Half of each such number of seconds the wind is 20 m/s, the other half 3 m/s.',
    usualAmount: 120,
  },
];

/** How far off the clock of a device is, milliseconds. */
export function clockErrorMs(faults: FaultView): number {
  return (faults.amount('clock-ahead') - faults.amount('clock-behind')) * 1000;
}

/** The weather that faults make, told by devices in good order. */
export function underWeatherFaults(
  devices: readonly PlcDevice[],
  faults: FaultView,
  nowMs: number,
): readonly PlcDevice[] {
  const periodMs = faults.amount('wind-flapping') * 1000;
  const windMs = periodMs > 0 && nowMs % periodMs < periodMs / 2 ? 20 : 3;
  const gauge = faults.has('rain-one-sensor') ? firstWith(devices, 'RainRate') : undefined;
  return devices.map((device) =>
    withNumbers(device, ({ name, value }) => {
      if (name === 'WindSpeed' && periodMs > 0) return windMs;
      return name === 'RainRate' && device.name === gauge ? 12 : value;
    }),
  );
}

/** What devices out of order tell of the weather and of the site. */
export function underReportFaults(
  given: readonly PlcDevice[],
  faults: FaultView,
): readonly PlcDevice[] {
  let devices = given;
  const everywhere = (change: (device: PlcDevice) => PlcDevice) => {
    devices = devices.map(change);
  };
  if (faults.has('other-units')) everywhere((device) => onMeteo(device, inOtherUnits));
  if (faults.has('nonsense-values')) everywhere((device) => withNumbers(device, () => -300));
  if (faults.has('nan')) everywhere((device) => withNumbers(device, () => 'NaN'));
  if (faults.has('not-valid')) everywhere((device) => ({ ...device, valid: 'no' }));
  if (faults.has('no-mode')) everywhere(withoutMode);
  const [first] = devices;
  return faults.has('twice') && first ? [first, ...devices] : devices;
}

function firstWith(devices: readonly PlcDevice[], value: string): string | undefined {
  return devices.find(({ values }) => values.some(({ name }) => name === value))?.name;
}

/** Changes the numbers of a device that measures the weather. */
function withNumbers(device: PlcDevice, change: (given: PlcValue) => number | string): PlcDevice {
  return onMeteo(device, (given) =>
    typeof given.value === 'number' ? { ...given, value: change(given) } : given,
  );
}

function onMeteo(device: PlcDevice, change: (given: PlcValue) => PlcValue): PlcDevice {
  return device.type === 'meteo' ? { ...device, values: device.values.map(change) } : device;
}

/** The same weather in the units of another country. */
function inOtherUnits(given: PlcValue): PlcValue {
  const { name, unit } = given;
  const value = Number(given.value);
  if (name === 'DewPoint' || unit === 'Celcius') {
    return { ...given, value: (value * 9) / 5 + 32, unit: 'Fahrenheit' };
  }
  if (unit === 'm/s') return { ...given, value: value * 3.6, unit: 'km/h' };
  return unit === 'mm/h' ? { ...given, value: value / 25.4, unit: 'in/h' } : given;
}

function withoutMode(device: PlcDevice): PlcDevice {
  if (device.name !== OBSERVATORY_DEVICE) return device;
  return { ...device, values: device.values.filter(({ name }) => name !== 'Mode') };
}
