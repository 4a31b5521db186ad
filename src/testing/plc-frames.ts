import { OBSERVATORY_DEVICE, type PlcDevice, type PlcFrame } from '#devices';

type Values = Readonly<Record<string, number | string>>;

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
      unit: '',
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

const STATUS_LAMP = { status: 'on', current: 0.234 };

/** The frame that the guide prints at L3268, value for value. */
export const GUIDE_FRAME: PlcFrame = {
  ...plcFrame(Date.UTC(2017, 2, 3, 13, 45), [
    plcDevice('WXT520', {
      OutsideTemp: 12.12,
      OutsideHumidity: 64.1,
      Pressure: 769.2,
      RainRate: 0,
      WindSpeed: 3.1,
      WindDir: 202.3,
      DewPoint: 8.3,
    }),
    plcDevice('DRD11', { analog: 2.345, digital: 1 }),
    plcDevice(
      'VantagePro',
      {
        OutsideTemp: 12.45,
        InsideTemp: 20.28,
        OutsideHumidity: 65.3,
        InsideHumidity: 45.6,
        Pressure: 768.7,
        RainRate: 0,
        WindSpeed: 2.8,
        WindDir: 207,
        WindDirCardinal: 'SW',
        DewPoint: 8.5,
      },
      { valid: 'no' },
    ),
    plcDevice('MLX90614-1', { SensorTemperature: 23.56, SkyTemperature: -15.67 }),
    plcDevice('LAMP_FLAT_CAGIRE', STATUS_LAMP),
    plcDevice('LAMP FLAT CAGIRE', STATUS_LAMP),
  ]),
  version_firmware: '20170809',
  site: 'OSM-Mexico',
};
