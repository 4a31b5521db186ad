import { defineEntity } from '@mikro-orm/core';
import { id, instant, integer, longText, real, text } from '#db/columns';

const weather = () => ({
  globalStatus: text(20),
  updated: instant().index(),
  /** Percent. */
  humidity: real().nullable(),
  /** Metres per second. */
  wind: real().nullable(),
  /** Degrees, N=0 E=90. */
  windDir: real().nullable(),
  /** Degrees Celsius. */
  temperature: real().nullable(),
  /** Millibars at site elevation. */
  pressure: real().nullable(),
  /** Millimetres per hour. */
  rain: real().nullable(),
  /** Sky temperature seen by the infrared sensor, degrees Celsius: below -10 is clear. */
  cloud: real().nullable(),
  /** Degrees Celsius. */
  dewPoint: real().nullable(),
  /** By how much the air is warmer than its dew point, degrees Celsius. */
  dewMargin: real().nullable(),
  /** Strongest wind of the last minutes, metres per second. */
  gust: real().nullable(),
  /** Change of the pressure, millibars an hour. */
  pressureTrend: real().nullable(),
  /** Full width at half maximum at the zenith, arcseconds. */
  seeing: real().nullable(),
  /** `Clear`, `Cloudy`, `VeryCloudy` or `Unknown`. */
  skyClarity: text(20).default('Unknown'),
});

const site = () => ({
  globalStatus: text(20),
  updated: instant().index(),
  /** `on` or `off`; empty when not known. */
  lights: text(20),
  dome: text(20),
  doors: text(20),
  shutter: text(20),
  temperature: real().nullable(),
  pressure: real().nullable(),
  humidity: real().nullable(),
});

/** The weather outside, now: one row. */
export const WeatherWatchEntity = defineEntity({
  name: 'WeatherWatch',
  tableName: 'weather_watch',
  properties: { id: id(), ...weather() },
});

/** The weather outside as it was. */
export const WeatherWatchHistoryEntity = defineEntity({
  name: 'WeatherWatchHistory',
  tableName: 'weather_watch_history',
  properties: { id: id(), ...weather() },
});

/** The inside of the observatory, now: one row. */
export const SiteWatchEntity = defineEntity({
  name: 'SiteWatch',
  tableName: 'site_watch',
  properties: { id: id(), ...site() },
});

/** The inside of the observatory as it was. */
export const SiteWatchHistoryEntity = defineEntity({
  name: 'SiteWatchHistory',
  tableName: 'site_watch_history',
  properties: { id: id(), ...site() },
});

/** What each sensor said last, and what is thought of it: one row a value. */
export const SensorReadingEntity = defineEntity({
  name: 'SensorReading',
  tableName: 'sensor_reading',
  uniques: [{ properties: ['device', 'name'] }],
  properties: {
    id: id(),
    /** E.g. `WXT520` and `WindSpeed`. */
    device: text(100),
    name: text(100),
    /** Corrected and converted; null when it is no number. */
    value: real().nullable(),
    unit: text(20),
    /** As the device sent it: JSON. */
    raw: longText(),
    /** `good`, or what is wrong with it: see sensor-quality.ts. */
    quality: text(20),
    /** When the sensor gave it. */
    at: instant().nullable(),
    /** 1 when a limit or the weather is decided by it. */
    used: integer(),
    updated: instant(),
  },
});

/** The last verdict on safety, and what the PLC said of itself: one row. */
export const PlcDeviceStatusEntity = defineEntity({
  name: 'PlcDeviceStatus',
  tableName: 'plc_device_status',
  properties: {
    id: id(),
    updated: instant(),
    /** When the PLC's last fresh frame came, by our clock; empty before the first. */
    frameAt: text(24),
    /** off, manu or auto; empty when not known. */
    mode: text(10),
    /** Of the PLC's button: 1 pressed, 0 not, -1 not known. */
    nightAck: integer(),
    /** 1 when the PLC shows it. */
    bypass: integer(),
    /** `off`, `on`, or `void`: shown, but expired or never allowed. */
    bypassState: text(10).default('off'),
    bypassSince: instant().nullable(),
    /** 1 only when every required value is fresh and good. */
    rawSafe: integer().default(0),
    /** 1 when the dome may be open as far as safety goes: raw, or overruled by a bypass. */
    safe: integer(),
    /** Why it is not safe, effectively: a JSON list of sentences. */
    reasons: longText(),
    /** Why it is not raw safe, bypassed or not: JSON list of causes, see safety-row.ts. */
    causes: longText().default('[]'),
    /** By how much the PLC's clock is ahead of ours, seconds; null when not known. */
    clockOffset: real().nullable(),
    refusedFrames: integer(),
  },
});
