import { OBSERVATORY_DEVICE, type PlcDevice, type PlcValue } from './plc.ts';
import type { SiteWeather } from './site-weather.ts';

/** Every device that the simulated PLC reports, named and commented as in the guide. */
export function plcDevices(weather: SiteWeather, bypass: 0 | 1): readonly PlcDevice[] {
  return [
    device({ name: 'WXT520', type: 'meteo', serial_number: '14656423' }, stationValues(weather)),
    device({ name: 'DRD11', type: 'meteo', serial_number: 'RET6789' }, rainDetector(false)),
    device(
      { name: 'VantagePro', type: 'meteo', serial_number: 'ERTRY2344324' },
      vantagePro(weather),
    ),
    device({ name: 'MLX90614-1', type: 'meteo', serial_number: 'Unknown' }, skySensor(weather)),
    device({ name: 'LAMP_FLAT_CAGIRE', type: 'calib', serial_number: 'REF_3434' }, [
      value(['status', 'string'], 'off', 'on or off'),
      value(['current', 'Ampere'], 0),
    ]),
    device(
      { name: OBSERVATORY_DEVICE, type: 'site', serial_number: 'Unknown' },
      observatory(bypass),
    ),
  ];
}

/** What the DRD11 gives when it is dry or when it rains. */
export function rainDetector(raining: boolean): readonly PlcValue[] {
  return [
    value(['analog', 'V'], raining ? 1.2 : 2.95, '3V=Dry <2.5V=Rain'),
    value(['digital', 'bool'], raining ? 0 : 1, '1=Dry 0=Rain'),
  ];
}

/** What a weather station measures. */
export function stationValues(weather: SiteWeather): readonly PlcValue[] {
  return [
    value(['OutsideTemp', 'Celcius'], round(weather.outsideTempC, 2)),
    value(['OutsideHumidity', 'percent'], round(weather.outsideHumidityPercent, 1)),
    value(['Pressure', 'mbar'], round(weather.pressureMbar, 1), 'At site elevation'),
    value(['RainRate', 'mm/h'], 0),
    value(['WindSpeed', 'm/s'], round(weather.windMs, 1)),
    value(['WindDir', 'deg'], round(weather.windDirDeg, 1), '(N=0, E=90)'),
    value(['DewPoint', 'deg'], round(weather.dewPointC, 1)),
  ];
}

/** The second station stands a few metres away and never quite agrees with the first. */
function vantagePro(weather: SiteWeather): readonly PlcValue[] {
  return [
    value(['OutsideTemp', 'Celcius'], round(weather.outsideTempC + 0.33, 2)),
    value(['InsideTemp', 'Celcius'], round(weather.insideTempC, 2)),
    value(['OutsideHumidity', 'percent'], round(weather.outsideHumidityPercent + 1.2, 1)),
    value(['InsideHumidity', 'percent'], round(weather.insideHumidityPercent, 1)),
    value(['Pressure', 'mbar'], round(weather.pressureMbar - 0.5, 1), 'At site elevation'),
    value(['RainRate', 'mm/h'], 0),
    value(['WindSpeed', 'm/s'], round(weather.windMs * 0.9, 1)),
    value(['WindDir', 'deg'], round((weather.windDirDeg + 4.7) % 360, 1), '(N=0, E=90)'),
    value(['WindDirCardinal', 'string'], cardinal(weather.windDirDeg + 4.7)),
    value(['DewPoint', 'deg'], round(weather.dewPointC + 0.2, 1)),
  ];
}

function skySensor(weather: SiteWeather): readonly PlcValue[] {
  return [
    value(['SensorTemperature', 'Celcius'], round(weather.outsideTempC + 1.1, 2)),
    value(
      ['SkyTemperature', 'Celcius'],
      round(weather.skyTemperatureC, 2),
      'Clear<-10 VeryCloudy>4',
    ),
  ];
}

function observatory(bypass: 0 | 1): readonly PlcValue[] {
  return [
    value(['Mode', 'string'], 'auto', 'off, manu or auto'),
    value(['NightAck', 'bool'], 1, '1=The night may begin'),
    value(['Bypass', 'bool'], bypass, '1=The weather is overruled'),
    value(['Intrusion', 'bool'], 0, '1=Somebody is inside'),
    value(['EmergencyStop', 'bool'], 0, '1=Pressed'),
    value(['Ups', 'string'], 'ok', 'ok, battery or low'),
    value(['Doors', 'string'], 'closed', 'open or closed'),
    value(['Lights', 'string'], 'off', 'on or off'),
  ];
}

function device(
  plate: Pick<PlcDevice, 'name' | 'type' | 'serial_number'>,
  values: readonly PlcValue[],
): PlcDevice {
  return { ...plate, valid: 'yes', values };
}

/** `measured`: its name in the guide and its unit; the comment says what the numbers mean. */
function value(
  measured: [name: string, unit: string],
  given: number | string,
  comment = '',
): PlcValue {
  const [name, unit] = measured;
  return { name, value: given, unit, comment };
}

function round(given: number, decimals: number): number {
  return Number(given.toFixed(decimals));
}

function cardinal(azDeg: number): string {
  const names = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'];
  return names[Math.round(azDeg / 45) % names.length] ?? 'N';
}
