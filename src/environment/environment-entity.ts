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

/** The last verdict on safety, and what the PLC said of itself: one row. */
export const PlcDeviceStatusEntity = defineEntity({
  name: 'PlcDeviceStatus',
  tableName: 'plc_device_status',
  properties: {
    id: id(),
    updated: instant(),
    /** When the PLC made its last good frame; empty before the first. */
    frameAt: text(24),
    /** off, manu or auto; empty when not known. */
    mode: text(10),
    nightAck: integer(),
    bypass: integer(),
    /** 1 only when every required value is fresh and good. */
    safe: integer(),
    /** Why it is not safe: a JSON list of sentences. */
    reasons: longText(),
    refusedFrames: integer(),
  },
});
