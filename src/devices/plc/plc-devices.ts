import { OBSERVATORY_DEVICE, type PlcDevice, type PlcValue } from './plc.ts';
import type { SiteWeather } from './site-weather.ts';

/** Every device that the simulated PLC reports, named and commented as in the guide. */
export function plcDevices(weather: SiteWeather, bypass: 0 | 1): readonly PlcDevice[] {
  return [
    device('WXT520', 'meteo', '14656423', wxt520(weather)),
    device('DRD11', 'meteo', 'RET6789', rainDetector(false)),
    device('VantagePro', 'meteo', 'ERTRY2344324', vantagePro(weather)),
    device('MLX90614-1', 'meteo', 'Unknown', skySensor(weather)),
    device('LAMP_FLAT_CAGIRE', 'calib', 'REF_3434', [
      value('status', 'off', 'string', 'on or off'),
      value('current', 0, 'Ampere'),
    ]),
    device(OBSERVATORY_DEVICE, 'site', 'Unknown', observatory(bypass)),
  ];
}

/** What the DRD11 gives when it is dry or when it rains. */
export function rainDetector(raining: boolean): readonly PlcValue[] {
  return [
    value('analog', raining ? 1.2 : 2.95, 'V', '3V=Dry <2.5V=Rain'),
    value('digital', raining ? 0 : 1, 'bool', '1=Dry 0=Rain'),
  ];
}

function wxt520(weather: SiteWeather): readonly PlcValue[] {
  return [
    value('OutsideTemp', round(weather.outsideTempC, 2), 'Celcius'),
    value('OutsideHumidity', round(weather.outsideHumidityPercent, 1), 'percent'),
    value('Pressure', round(weather.pressureMbar, 1), 'mbar', 'At site elevation'),
    value('RainRate', 0, 'mm/h'),
    value('WindSpeed', round(weather.windMs, 1), 'm/s'),
    value('WindDir', round(weather.windDirDeg, 1), 'deg', '(N=0, E=90)'),
    value('DewPoint', round(weather.dewPointC, 1), 'deg'),
  ];
}

/** The second station stands a few metres away and never quite agrees with the first. */
function vantagePro(weather: SiteWeather): readonly PlcValue[] {
  return [
    value('OutsideTemp', round(weather.outsideTempC + 0.33, 2), 'Celcius'),
    value('InsideTemp', round(weather.insideTempC, 2), 'Celcius'),
    value('OutsideHumidity', round(weather.outsideHumidityPercent + 1.2, 1), 'percent'),
    value('InsideHumidity', round(weather.insideHumidityPercent, 1), 'percent'),
    value('Pressure', round(weather.pressureMbar - 0.5, 1), 'mbar', 'At site elevation'),
    value('RainRate', 0, 'mm/h'),
    value('WindSpeed', round(weather.windMs * 0.9, 1), 'm/s'),
    value('WindDir', round((weather.windDirDeg + 4.7) % 360, 1), 'deg', '(N=0, E=90)'),
    value('WindDirCardinal', cardinal(weather.windDirDeg + 4.7), 'string'),
    value('DewPoint', round(weather.dewPointC + 0.2, 1), 'deg'),
  ];
}

function skySensor(weather: SiteWeather): readonly PlcValue[] {
  return [
    value('SensorTemperature', round(weather.outsideTempC + 1.1, 2), 'Celcius'),
    value('SkyTemperature', round(weather.skyTemperatureC, 2), 'Celcius', 'Clear<-10 VeryCloudy>4'),
  ];
}

function observatory(bypass: 0 | 1): readonly PlcValue[] {
  return [
    value('Mode', 'auto', 'string', 'off, manu or auto'),
    value('NightAck', 1, 'bool', '1=The night may begin'),
    value('Bypass', bypass, 'bool', '1=The weather is overruled'),
    value('Intrusion', 0, 'bool', '1=Somebody is inside'),
    value('EmergencyStop', 0, 'bool', '1=Pressed'),
    value('Ups', 'ok', 'string', 'ok, battery or low'),
    value('Doors', 'closed', 'string', 'open or closed'),
    value('Lights', 'off', 'string', 'on or off'),
  ];
}

function device(
  name: string,
  type: string,
  serial: string,
  values: readonly PlcValue[],
): PlcDevice {
  return { name, type, serial_number: serial, valid: 'yes', values };
}

function value(name: string, given: number | string, unit: string, comment = ''): PlcValue {
  return { name, value: given, unit, comment };
}

function round(given: number, decimals: number): number {
  return Number(given.toFixed(decimals));
}

function cardinal(azDeg: number): string {
  const names = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'];
  return names[Math.round(azDeg / 45) % names.length] ?? 'N';
}
