import type { InferKyselyDB } from '@mikro-orm/sql';
import type { Reader } from '#agent';
import type { Transaction } from '#db';
import type { PlcFrame } from '#devices';
import { iso } from '#platform';
import type {
  PlcDeviceStatusEntity,
  SiteWatchEntity,
  SiteWatchHistoryEntity,
  WeatherWatchEntity,
  WeatherWatchHistoryEntity,
} from './environment-entity.ts';
import { readSensor, siteReadings } from './readings.ts';
import type { Verdict } from './safety.ts';

export type EnvironmentTables = InferKyselyDB<
  | typeof WeatherWatchEntity
  | typeof WeatherWatchHistoryEntity
  | typeof SiteWatchEntity
  | typeof SiteWatchHistoryEntity
  | typeof PlcDeviceStatusEntity
>;

const tables = (reader: Reader) => reader.tables<EnvironmentTables>();

/** The weather as one row, from the first valid sensor of each quantity. */
export interface Weather {
  readonly humidity: number | null;
  readonly wind: number | null;
  readonly wind_dir: number | null;
  readonly temperature: number | null;
  readonly pressure: number | null;
  readonly rain: number | null;
  readonly cloud: number | null;
}

const STATIONS = ['WXT520', 'VantagePro'];

/** Rain is the worst of the stations; everything else the best-ranked one that is valid. */
export function weatherOf(frame: PlcFrame): Weather {
  const values = (name: string) =>
    STATIONS.map((device) => readSensor(frame, device, name)?.value).filter((v) => v !== undefined);
  const rain = values('RainRate');
  const first = (name: string) => values(name)[0] ?? null;
  return {
    humidity: first('OutsideHumidity'),
    wind: first('WindSpeed'),
    wind_dir: first('WindDir'),
    temperature: first('OutsideTemp'),
    pressure: first('Pressure'),
    rain: rain.length === 0 ? null : Math.max(...rain),
    cloud: readSensor(frame, 'MLX90614-1', 'SkyTemperature')?.value ?? null,
  };
}

/** The inside of the observatory as one row. */
export function siteOf(frame: PlcFrame) {
  const site = siteReadings(frame);
  return {
    lights: site.lights ?? '',
    dome: '',
    doors: site.doors ?? '',
    shutter: '',
    temperature: readSensor(frame, 'VantagePro', 'InsideTemp')?.value ?? null,
    pressure: readSensor(frame, 'WXT520', 'Pressure')?.value ?? null,
    humidity: readSensor(frame, 'VantagePro', 'InsideHumidity')?.value ?? null,
  };
}

/** The word of the guide for the state outside: RAINING, OK, or UNSAFE for any other reason. */
export function globalStatus(weather: Weather, verdict: Verdict): string {
  if ((weather.rain ?? 0) > 0) return 'RAINING';
  return verdict.safe ? 'OK' : 'UNSAFE';
}

/** UNSAFE, OK, or UNKNOWN when it is safe but the PLC does not vouch for doors or lights. */
export function siteStatus(frame: PlcFrame, verdict: Verdict): string {
  if (!verdict.safe) return 'UNSAFE';
  const { doors, lights } = siteReadings(frame);
  return doors === null || lights === null ? 'UNKNOWN' : 'OK';
}

/** Writes what one frame told; `keep` also adds it to the history. */
export async function writeWatches(
  transaction: Transaction,
  watch: { frame: PlcFrame; verdict: Verdict; nowMs: number; keep: boolean },
): Promise<void> {
  const weather = weatherOf(watch.frame);
  const updated = iso(watch.nowMs);
  const outside = { global_status: globalStatus(weather, watch.verdict), updated, ...weather };
  const inside = {
    global_status: siteStatus(watch.frame, watch.verdict),
    updated,
    ...siteOf(watch.frame),
  };
  await upsertOnly(transaction, 'weather_watch', outside);
  await upsertOnly(transaction, 'site_watch', inside);
  if (!watch.keep) return;
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
  const name: string = table;
  const done = await open.updateTable(name).set(row).where('id', '=', 1).executeTakeFirst();
  if (Number(done.numUpdatedRows) > 0) return;
  await open
    .insertInto(name)
    .values({ id: 1, ...row })
    .execute();
}

/** The last word on safety, as other agents read it. */
export interface SafetyRow {
  readonly updated: string;
  readonly frame_at: string;
  readonly mode: string;
  readonly night_ack: number;
  readonly bypass: number;
  readonly safe: number;
  readonly reasons: string;
  readonly refused_frames: number;
}

export async function writeSafety(transaction: Transaction, row: SafetyRow): Promise<void> {
  await upsertOnly(transaction, 'plc_device_status', row);
}

export async function readSafety(reader: Reader): Promise<SafetyRow | null> {
  const row = await tables(reader).selectFrom('plc_device_status').selectAll().executeTakeFirst();
  return row ?? null;
}

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
