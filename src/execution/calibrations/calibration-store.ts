import type { InferKyselyDB } from '@mikro-orm/sql';
import type { Reader } from '#agent';
import { insertRow, type Transaction } from '#db';
import { iso } from '#platform';
import type { CalibrationImageEntity } from '../execution-entity.ts';
import type { StoredFile } from '../image-file-store.ts';
import type { CalibrationMoment } from './flat-exposure.ts';

type CalibrationTables = InferKyselyDB<typeof CalibrationImageEntity>;

const tables = (reader: Reader) => reader.tables<CalibrationTables>();

/** A calibration image about to be taken. */
export interface CalibrationExposure {
  readonly exposureId: string;
  readonly kind: 'flat' | 'dark' | 'bias';
  readonly moment: CalibrationMoment;
  readonly night: string;
  readonly channel: string;
  readonly filter: string;
  readonly seconds: number;
}

/** Its row, written before the shutter moves. */
export async function insertCalibration(
  transaction: Transaction,
  exposure: CalibrationExposure,
  atMs: number,
): Promise<void> {
  const { exposureId, ...terms } = exposure;
  await insertRow(transaction, 'calibration_image', {
    exposure_id: exposureId,
    ...terms,
    state: 'EXPOSING',
    reason: '',
    start_at: iso(atMs),
    path: '',
    sha256: '',
    bytes: 0,
  });
}

/** How a calibration image ended. */
export interface CalibrationEnd {
  readonly exposureId: string;
  readonly state: 'TAKEN' | 'ABORTED' | 'FAILED';
  readonly reason?: string;
  readonly file?: StoredFile & { readonly startMs: number };
}

/** Its one end; false when it has ended already. */
export async function endCalibration(
  transaction: Transaction,
  { exposureId, state, reason = '', file }: CalibrationEnd,
): Promise<boolean> {
  const written = file && {
    path: file.path,
    sha256: file.sha256,
    bytes: file.bytes,
    start_at: iso(file.startMs),
  };
  const done = await tables(transaction)
    .updateTable('calibration_image')
    .set({ state, reason, ...written })
    .where('exposure_id', '=', exposureId)
    .where('state', '=', 'EXPOSING')
    .executeTakeFirst();
  return Number(done.numUpdatedRows) > 0;
}

/** One calibration image, as far as what is still owed depends on it. */
export interface TriedCalibration {
  readonly exposureId: string;
  readonly state: string;
  readonly kind: string;
  readonly moment: string;
  readonly channel: string;
  readonly filter: string;
  readonly seconds: number;
}

/** All calibration images of a night, in the order in which they were begun. */
export async function calibrationsOfNight(
  reader: Reader,
  night: string,
): Promise<TriedCalibration[]> {
  return await tables(reader)
    .selectFrom('calibration_image')
    .select(['exposure_id as exposureId', 'state', 'kind', 'moment'])
    .select(['channel', 'filter', 'seconds'])
    .where('night', '=', night)
    .orderBy('id')
    .execute();
}
