import type { InferKyselyDB } from '@mikro-orm/sql';
import type { NotNull } from 'kysely';
import type { Reader } from '#agent';
import { insertRow, type Transaction } from '#db';
import { iso, PyrosError } from '#platform';
import { programNamed, type ScientificProgramEntity } from '#programs';
import { julianDate, msFromJulianDate } from '#sky';
import { type PyrosUserEntity, userNamed } from '#users';
import type { Album, Request, Sequence, StartMode } from './request.ts';
import type { AlbumEntity, PlanEntity, RequestEntity, SequenceEntity } from './request-entity.ts';
import { changeStatus, type SequenceStatus } from './sequence-status.ts';

export type RequestTables = InferKyselyDB<
  | typeof RequestEntity
  | typeof SequenceEntity
  | typeof AlbumEntity
  | typeof PlanEntity
  | typeof PyrosUserEntity
  | typeof ScientificProgramEntity
>;

const tables = (reader: Reader) => reader.tables<RequestTables>();

/** A plan as stored, with the row it has. */
export type StoredPlan = Album['plans'][number] & { readonly id: number };
export type StoredAlbum = Omit<Album, 'plans'> & {
  readonly id: number;
  readonly plans: readonly StoredPlan[];
};

/** A sequence as stored, with what its request says. */
export interface StoredSequence extends Omit<Sequence, 'albums'> {
  readonly id: number;
  readonly requestId: number;
  readonly program: string;
  readonly isAlert: boolean;
  readonly reason: string;
}

/**
 * Stores a request whole; its sequences become TOBEPLANNED. A user or a program that nobody described
 * yet gets a row, so that no alert is lost for want of one. Gives the row numbers.
 */
export async function insertRequest(
  transaction: Transaction,
  request: Request,
  username: string,
): Promise<{ requestId: number; sequenceIds: number[] }> {
  const requestId = await insertRow(transaction, 'request', {
    name: request.name,
    pyros_user_id: await userNamed(transaction, username),
    scientific_program_id: await programNamed(transaction, request.program),
    target_type: request.targetType,
    is_alert: request.isAlert ? 1 : 0,
    submitted: iso(request.submittedAtMs),
  });
  const sequenceIds: number[] = [];
  for (const sequence of request.sequences) {
    sequenceIds.push(await insertSequence(transaction, requestId, sequence));
  }
  return { requestId, sequenceIds };
}

async function insertSequence(
  transaction: Transaction,
  requestId: number,
  sequence: Sequence,
): Promise<number> {
  const id = await insertRow(transaction, 'sequence', {
    request_id: requestId,
    name: sequence.name,
    status: 'TOBEPLANNED',
    reason: '',
    target: sequence.target.name,
    ra_deg: sequence.target.raDeg,
    dec_deg: sequence.target.decDeg,
    jd1: julianDate(sequence.windowStartMs),
    jd2: julianDate(sequence.windowEndMs),
    priority: sequence.priority,
    start_mode: sequence.startMode,
    t_prefered: sequence.tPreferedMs === null ? -1 : julianDate(sequence.tPreferedMs),
    duration: sequence.durationSeconds,
  });
  for (const album of sequence.albums) await insertAlbum(transaction, id, album);
  return id;
}

async function insertAlbum(
  transaction: Transaction,
  sequenceId: number,
  album: Album,
): Promise<void> {
  const albumId = await insertRow(transaction, 'album', {
    sequence_id: sequenceId,
    name: album.name,
    detector: album.channel,
  });
  for (const plan of album.plans) {
    await insertRow(transaction, 'plan', {
      album_id: albumId,
      name: plan.name,
      filter: plan.filter,
      duration: plan.exposureSeconds,
      nb_images: plan.images,
    });
  }
}

function selectSequences(reader: Reader) {
  return tables(reader)
    .selectFrom('sequence')
    .innerJoin('request', 'request.id', 'sequence.request_id')
    .innerJoin('scientific_program', 'scientific_program.id', 'request.scientific_program_id')
    .selectAll('sequence')
    .select(['scientific_program.name as program', 'request.is_alert as is_alert'])
    .where('sequence.ra_deg', 'is not', null)
    .where('sequence.dec_deg', 'is not', null)
    .$narrowType<{ ra_deg: NotNull; dec_deg: NotNull }>();
}

type SequenceRow = Awaited<ReturnType<ReturnType<typeof selectSequences>['execute']>>[number];

function asSequence(row: SequenceRow): StoredSequence {
  return {
    id: row.id,
    requestId: Number(row.request_id),
    program: row.program,
    isAlert: row.is_alert === 1,
    name: row.name,
    status: row.status as SequenceStatus,
    reason: row.reason,
    target: { name: row.target, raDeg: row.ra_deg, decDeg: row.dec_deg },
    windowStartMs: msFromJulianDate(row.jd1),
    windowEndMs: msFromJulianDate(row.jd2),
    priority: row.priority,
    startMode: row.start_mode as StartMode,
    tPreferedMs: row.t_prefered === -1 ? null : msFromJulianDate(row.t_prefered),
    durationSeconds: row.duration,
  };
}

/** Sequences with a place, in any of these statuses, in the order of their submission. */
export async function sequencesIn(
  reader: Reader,
  statuses: readonly SequenceStatus[],
): Promise<StoredSequence[]> {
  const rows = await selectSequences(reader)
    .where('sequence.status', 'in', [...statuses])
    .orderBy('sequence.id')
    .execute();
  return rows.map(asSequence);
}

/** Every sequence with a place, in the order of their submission. */
export async function allSequences(reader: Reader): Promise<StoredSequence[]> {
  return (await selectSequences(reader).orderBy('sequence.id').execute()).map(asSequence);
}

export async function readSequence(reader: Reader, id: number): Promise<StoredSequence | null> {
  const row = await selectSequences(reader).where('sequence.id', '=', id).executeTakeFirst();
  return row ? asSequence(row) : null;
}

/** The albums of a sequence with their plans, in the order of the request. */
export async function readAlbums(reader: Reader, sequenceId: number): Promise<StoredAlbum[]> {
  const rows = await tables(reader)
    .selectFrom('album')
    .innerJoin('plan', 'plan.album_id', 'album.id')
    .select(['album.id as albumId', 'album.name as album', 'album.detector'])
    .select(['plan.id', 'plan.name', 'plan.filter', 'plan.duration', 'plan.nb_images'])
    .where('album.sequence_id', '=', sequenceId)
    .orderBy('plan.id')
    .execute();
  const albums = new Map<number, Omit<StoredAlbum, 'plans'> & { plans: StoredPlan[] }>();
  for (const row of rows) {
    const album = albums.get(row.albumId) ?? {
      id: row.albumId,
      name: row.album,
      channel: row.detector,
      plans: [],
    };
    albums.set(row.albumId, album);
    const { id, name, filter, duration, nb_images } = row;
    album.plans.push({ id, name, filter, exposureSeconds: duration, images: nb_images });
  }
  return [...albums.values()];
}

/**
 * Changes the status of a sequence, if its present one allows it.
 *
 * @throws PyrosError `SEQUENCE_STATUS` when it does not.
 */
export async function setSequenceStatus(
  transaction: Transaction,
  change: { id: number; to: SequenceStatus; reason: string },
): Promise<void> {
  const row = await tables(transaction)
    .selectFrom('sequence')
    .select('status')
    .where('id', '=', change.id)
    .executeTakeFirstOrThrow();
  if (row.status !== change.to) {
    const verdict = changeStatus(row.status as SequenceStatus, change.to);
    if (!verdict.ok) throw new PyrosError('SEQUENCE_STATUS', verdict.reason);
  }
  await tables(transaction)
    .updateTable('sequence')
    .set({ status: change.to, reason: change.reason })
    .where('id', '=', change.id)
    .execute();
}

/** Points a sequence at a better position. */
export async function moveTarget(
  transaction: Transaction,
  move: { id: number; raDeg: number; decDeg: number },
): Promise<void> {
  await tables(transaction)
    .updateTable('sequence')
    .set({ ra_deg: move.raDeg, dec_deg: move.decDeg })
    .where('id', '=', move.id)
    .execute();
}
