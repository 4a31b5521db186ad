import { OBSERVATORY_DEVICE, type PlcDevice, type PlcFrame, parsePlcFrame } from '#devices';
import { GUIDE_FRAME_TEXT } from './guide-frame.ts';

type Values = Readonly<Record<string, number | string>>;

/** Units as the guide's frame names them. */
const UNITS: Readonly<Record<string, string>> = {
  OutsideTemp: 'Celcius',
  InsideTemp: 'Celcius',
  SkyTemperature: 'Celcius',
  SensorTemperature: 'Celcius',
  OutsideHumidity: 'percent',
  InsideHumidity: 'percent',
  Pressure: 'mbar',
  RainRate: 'mm/h',
  WindSpeed: 'm/s',
  WindDir: 'deg',
  WindDirCardinal: 'string',
  DewPoint: 'deg',
  analog: 'V',
  digital: 'bool',
  Seeing: 'arcsec',
};

/** A device of the PLC as frames hold it. */
export function plcDevice(
  name: string,
  values: Values,
  more: Partial<Pick<PlcDevice, 'valid' | 'date'>> = {},
): PlcDevice {
  return {
    name,
    type: 'meteo',
    serial_number: 'Unknown',
    valid: 'yes',
    ...more,
    values: Object.entries(values).map(([name, value]) => ({
      name,
      value,
      unit: UNITS[name] ?? '',
      comment: '',
    })),
  };
}

const STATION = { OutsideTemp: 12, OutsideHumidity: 50, Pressure: 870, RainRate: 0, WindSpeed: 3 };
const SITE = {
  Mode: 'auto',
  NightAck: 1,
  Bypass: 0,
  Intrusion: 0,
  EmergencyStop: 0,
  Ups: 'ok',
  Doors: 'closed',
  Lights: 'off',
};

/** A frame of a fair night with every device, dated `atMs` (UTC); some values may be others. */
export function fairFrame(
  atMs: number,
  other: { wxt520?: Values; vantagePro?: Values; sky?: Values; site?: Values } = {},
): PlcFrame {
  return plcFrame(atMs, [
    plcDevice('WXT520', { ...STATION, ...other.wxt520 }),
    plcDevice('VantagePro', { ...STATION, ...other.vantagePro }),
    plcDevice('DRD11', { analog: 3, digital: 1 }),
    plcDevice('MLX90614-1', { SkyTemperature: -20, ...other.sky }),
    plcDevice(OBSERVATORY_DEVICE, { ...SITE, ...other.site }),
  ]);
}

/** A frame of these devices, dated `atMs` (UTC). */
export function plcFrame(atMs: number, device: readonly PlcDevice[]): PlcFrame {
  const date = new Date(atMs).toISOString().slice(0, 19);
  return { name: 'STATUS', from: 'Beckhoff', version_firmware: '1', site: 'Calern', date, device };
}

/** The frame that the guide prints at L3268, as the PLC's own parser reads it. */
export const GUIDE_FRAME: PlcFrame = guideFrame();

function guideFrame(): PlcFrame {
  const parsed = parsePlcFrame(GUIDE_FRAME_TEXT);
  if (!parsed.ok) throw new RangeError(parsed.reason);
  return parsed.frame;
}
