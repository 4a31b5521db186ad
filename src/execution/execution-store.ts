import type { InferKyselyDB } from '@mikro-orm/sql';
import type { Reader } from '#agent';
import { askedOften, insertRow, rowUpdate, type Transaction } from '#db';
import { iso } from '#platform';
import type {
  ConfigEntity,
  DeviceStatusEntity,
  ImageEntity,
  ObservatoryEntity,
} from './execution-entity.ts';
import type { ObservatoryMode } from './observatory-mode.ts';
import type { PlannedExposure, TriedExposure } from './sequence-run.ts';

export type ExecutionTables = InferKyselyDB<
  typeof ConfigEntity | typeof ObservatoryEntity | typeof ImageEntity | typeof DeviceStatusEntity
>;

const tables = (reader: Reader) => reader.tables<ExecutionTables>();

/** What the Majordome remembers over its own death: the entity tells what each column means. */
export interface ObservatoryRow {
  readonly mode: ObservatoryMode;
  readonly since: string;
  readonly reason: string;
  readonly locked: number;
  readonly locked_by: string;
  readonly locked_reason: string;
  readonly remote: number;
  readonly remote_by: string;
  readonly bypass: number;
  readonly bypass_by: string;
  readonly bypass_reason: string;
  readonly bypass_asked: string | null;
  readonly bypass_until: string | null;
  readonly version: number;
  readonly pauses: string;
  readonly calibrated: string;
  readonly night: string;
  readonly night_ack: number;
  readonly running_sequence_id: number;
  readonly running_command_id: number;
}

/** A variable of the unit; empty when nobody has set it. */
export async function readVariable(reader: Reader, name: string): Promise<string> {
  return (await selectVariable(reader, { name })).rows[0]?.value ?? '';
}

const selectVariable = askedOften((reader: Reader, { name }: { name: string }) =>
  tables(reader).selectFrom('config').select('value').where('name', '=', name),
);

export async function readObservatory(reader: Reader): Promise<ObservatoryRow | null> {
  const row = await tables(reader).selectFrom('observatory').selectAll().executeTakeFirst();
  return row ? { ...row, mode: row.mode as ObservatoryMode } : null;
}

export async function writeObservatory(
  transaction: Transaction,
  row: ObservatoryRow,
): Promise<void> {
  const done = await tables(transaction)
    .updateTable('observatory')
    .set(row)
    .where('id', '=', 1)
    .executeTakeFirst();
  if (Number(done.numUpdatedRows) > 0) return;
  await tables(transaction)
    .insertInto('observatory')
    .values({ id: 1, ...row })
    .execute();
}

/** An exposure about to start: written before the shutter opens. */
export async function insertExposure(
  transaction: Transaction,
  exposure: Omit<PlannedExposure, 'albumId' | 'attempt'> & {
    sequenceId: number;
    night: string;
    atMs: number;
  },
): Promise<number> {
  return await insertRow(transaction, 'image', {
    exposure_id: exposure.exposureId,
    state: 'EXPOSING',
    reason: '',
    sequence_id: exposure.sequenceId,
    plan_id: exposure.planId,
    number: exposure.number,
    channel: exposure.channel,
    filter: exposure.filter,
    seconds: exposure.seconds,
    start_at: iso(exposure.atMs),
    night: exposure.night,
    path: '',
    sha256: '',
    bytes: 0,
  });
}

/** The end of an exposure: TAKEN with its file, or ABORTED or FAILED with the reason. */
export async function endExposure(
  transaction: Transaction,
  end: {
    exposureId: string;
    state: 'TAKEN' | 'ABORTED' | 'FAILED';
    reason?: string;
    flags?: readonly string[];
    file?: { path: string; sha256: string; bytes: number; startMs: number };
  },
): Promise<boolean> {
  const { file } = end;
  const done = await tables(transaction)
    .updateTable('image')
    .set({
      state: end.state,
      reason: end.reason ?? '',
      flags: JSON.stringify(end.flags ?? []),
      ...(file
        ? { path: file.path, sha256: file.sha256, bytes: file.bytes, start_at: iso(file.startMs) }
        : {}),
    })
    .where('exposure_id', '=', end.exposureId)
    .where('state', '=', 'EXPOSING')
    .executeTakeFirst();
  return Number(done.numUpdatedRows) > 0;
}

/** The file of an exposure that had its end before it could be read out. */
export async function attachFile(
  transaction: Transaction,
  kept: {
    exposureId: string;
    flags: readonly string[];
    file: { path: string; sha256: string; bytes: number; startMs: number; seconds: number };
  },
): Promise<void> {
  const { path, sha256, bytes, startMs, seconds } = kept.file;
  const flags = JSON.stringify(kept.flags);
  await tables(transaction)
    .updateTable('image')
    .set({ path, sha256, bytes, flags, seconds, start_at: iso(startMs) })
    .where('exposure_id', '=', kept.exposureId)
    .where('path', '=', '')
    .execute();
}

/** Exposures that have no end yet, of sequences that nobody is at. */
export async function abandonedExposures(reader: Reader): Promise<readonly AbandonedExposure[]> {
  return await tables(reader)
    .selectFrom('image')
    .select(['exposure_id as exposureId', 'sequence_id as sequenceId', 'channel'])
    .where('state', '=', 'EXPOSING')
    .orderBy('id')
    .execute();
}

export interface AbandonedExposure {
  readonly exposureId: string;
  readonly sequenceId: number;
  readonly channel: string;
}

/** Everything tried for a sequence so far. */
export async function triedExposures(reader: Reader, sequenceId: number): Promise<TriedExposure[]> {
  const rows = await tables(reader)
    .selectFrom('image')
    .select(['plan_id', 'number', 'exposure_id', 'channel', 'state'])
    .where('sequence_id', '=', sequenceId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    planId: row.plan_id,
    number: row.number,
    exposureId: row.exposure_id,
    channel: row.channel,
    state: row.state,
  }));
}

/** One image row, e.g. for a page. */
export type ImageRow = Awaited<ReturnType<typeof latestImages>>[number];

export async function latestImages(reader: Reader, limit: number) {
  return await tables(reader)
    .selectFrom('image')
    .selectAll()
    .where('state', '=', 'TAKEN')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** How many images a night has so far. */
export async function countImages(reader: Reader, night: string): Promise<number> {
  const { count } = await tables(reader)
    .selectFrom('image')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('night', '=', night)
    .where('state', '=', 'TAKEN')
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function readImage(reader: Reader, id: number) {
  return await tables(reader)
    .selectFrom('image')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function readExposure(reader: Reader, exposureId: string) {
  return await tables(reader)
    .selectFrom('image')
    .selectAll()
    .where('exposure_id', '=', exposureId)
    .executeTakeFirst();
}

export async function imagesOfNight(reader: Reader, night: string) {
  return await tables(reader)
    .selectFrom('image')
    .selectAll()
    .where('night', '=', night)
    .orderBy('id')
    .execute();
}

/** Keeps what a device said last. */
export async function writeDeviceStatus<Status extends { readonly atMs: number }>(
  transaction: Transaction,
  device: string,
  status: Status,
): Promise<void> {
  const row = { updated: iso(status.atMs), status: JSON.stringify(status) };
  if (await updateStatus(transaction, row, { device })) return;
  await tables(transaction)
    .insertInto('device_status')
    .values({ device, ...row })
    .execute();
}

const selectStatuses = askedOften((reader: Reader) =>
  tables(reader).selectFrom('device_status').selectAll(),
);
const updateStatus = rowUpdate('device_status');

/** What every device said last, by name. */
export async function readDeviceStatuses(
  reader: Reader,
): Promise<Map<string, { updated: string; status: Record<string, unknown> }>> {
  const { rows } = await selectStatuses(reader, {});
  return new Map(
    rows.map((row) => [row.device, { updated: row.updated, status: JSON.parse(row.status) }]),
  );
}
