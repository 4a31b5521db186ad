import type { InferKyselyDB } from '@mikro-orm/sql';
import type { Reader } from '#agent';
import { askedOften, rowUpdate, type Transaction } from '#db';
import { iso } from '#platform';
import type {
  PlcDeviceStatusEntity,
  SensorReadingEntity,
  SiteWatchEntity,
  SiteWatchHistoryEntity,
  WeatherWatchEntity,
  WeatherWatchHistoryEntity,
} from './environment-entity.ts';
import type { SensorRow } from './sensor-row.ts';
import type { Inside, Weather } from './weather.ts';

export type EnvironmentTables = InferKyselyDB<
  | typeof WeatherWatchEntity
  | typeof WeatherWatchHistoryEntity
  | typeof SiteWatchEntity
  | typeof SiteWatchHistoryEntity
  | typeof SensorReadingEntity
  | typeof PlcDeviceStatusEntity
>;

const tables = (reader: Reader) => reader.tables<EnvironmentTables>();

/** What is written of the weather and of the inside at one moment. */
export interface Watches {
  readonly weather: Weather & { readonly global_status: string };
  readonly inside: Inside & { readonly global_status: string };
  readonly nowMs: number;
  /** Adds them to the history too. */
  readonly keep: boolean;
}

export async function writeWatches(transaction: Transaction, watches: Watches): Promise<void> {
  const updated = iso(watches.nowMs);
  const outside = { ...watches.weather, updated };
  const inside = { ...watches.inside, updated };
  await upsertOnly(transaction, 'weather_watch', outside);
  await upsertOnly(transaction, 'site_watch', inside);
  if (!watches.keep) return;
  await tables(transaction).insertInto('weather_watch_history').values(outside).execute();
  await tables(transaction).insertInto('site_watch_history').values(inside).execute();
}

/** These tables hold one row each, chosen by name here: Kysely types only a table known beforehand. */
async function upsertOnly(
  transaction: Transaction,
  table: 'weather_watch' | 'site_watch' | 'plc_device_status',
  row: object,
): Promise<void> {
  const open = transaction.tables<Record<string, Record<string, unknown>>>();
  if (await update[table](transaction, { ...row }, { id: 1 })) return;
  await open
    .insertInto<string>(table)
    .values({ id: 1, ...row })
    .execute();
}

const update = {
  weather_watch: rowUpdate('weather_watch'),
  site_watch: rowUpdate('site_watch'),
  plc_device_status: rowUpdate('plc_device_status'),
};
const updateSensor = rowUpdate('sensor_reading');

/** Writes these sensors; the rows of the others stay. */
export async function writeSensors(
  transaction: Transaction,
  rows: readonly SensorRow[],
): Promise<void> {
  for (const row of rows) {
    const { device, name, ...rest } = row;
    if (await updateSensor(transaction, rest, { device, name })) continue;
    await tables(transaction).insertInto('sensor_reading').values(row).execute();
  }
}

/** What each sensor said last, in the order in which the unit file names them. */
export async function readSensors(reader: Reader): Promise<SensorRow[]> {
  return await tables(reader).selectFrom('sensor_reading').selectAll().orderBy('id').execute();
}

/** The last word on safety, as other agents read it. */
export interface SafetyRow {
  readonly updated: string;
  readonly frame_at: string;
  readonly mode: string;
  readonly night_ack: number;
  readonly bypass: number;
  readonly bypass_state: string;
  readonly bypass_since: string | null;
  readonly raw_safe: number;
  readonly safe: number;
  readonly reasons: string;
  readonly causes: string;
  readonly clock_offset: number | null;
  readonly refused_frames: number;
}

export async function writeSafety(transaction: Transaction, row: SafetyRow): Promise<void> {
  await upsertOnly(transaction, 'plc_device_status', row);
}

export async function readSafety(reader: Reader): Promise<SafetyRow | null> {
  return (await selectSafety(reader, {})).rows[0] ?? null;
}

const selectSafety = askedOften((reader: Reader) =>
  tables(reader).selectFrom('plc_device_status').selectAll(),
);

export async function readWeather(reader: Reader): Promise<(Weather & { updated: string }) | null> {
  const row = await tables(reader).selectFrom('weather_watch').selectAll().executeTakeFirst();
  return row ?? null;
}

/** The weather since an instant, oldest first. */
export async function weatherSince(
  reader: Reader,
  sinceMs: number,
): Promise<(Weather & { updated: string })[]> {
  return await tables(reader)
    .selectFrom('weather_watch_history')
    .selectAll()
    .where('updated', '>=', iso(sinceMs))
    .orderBy('id')
    .execute();
}

/** What the dome said last; the Majordome keeps that table. Null: nothing. */
export async function readDomeWord(
  reader: Reader,
): Promise<{ updated: string; status: string } | null> {
  return (await selectDome(reader, {})).rows[0] ?? null;
}

const selectDome = askedOften((reader: Reader) =>
  reader
    .tables<{ device_status: { device: string; updated: string; status: string } }>()
    .selectFrom('device_status')
    .select(['updated', 'status'])
    .where('device', '=', 'dome'),
);
