import type { InferKyselyDB } from '@mikro-orm/sql';
import type { Reader } from '#agent';
import { askedOften, insertRow, type Transaction } from '#db';
import { iso, PyrosError } from '#platform';
import { programNamed, type ScientificProgramEntity } from '#programs';
import { type CountryEntity, type PyrosUserEntity, userNamed } from '#users';
import type { Album, Request, Sequence } from './request.ts';
import type { AlbumEntity, PlanEntity, RequestEntity, SequenceEntity } from './request-entity.ts';
import { type StoredSequence, sequenceOf, termsRow } from './sequence-row.ts';
import { changeStatus, type SequenceStatus } from './sequence-status.ts';

export type RequestTables = InferKyselyDB<
  | typeof RequestEntity
  | typeof SequenceEntity
  | typeof AlbumEntity
  | typeof PlanEntity
  | typeof PyrosUserEntity
  | typeof CountryEntity
  | typeof ScientificProgramEntity
>;

const tables = (reader: Reader) => reader.tables<RequestTables>();

/** A plan as stored, with the row it has. */
export type StoredPlan = Album['plans'][number] & { readonly id: number };
export type StoredAlbum = Omit<Album, 'plans'> & {
  readonly id: number;
  readonly plans: readonly StoredPlan[];
};

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
    interrupts: request.interrupts ?? 'discard',
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
    status: 'TOBEPLANNED',
    reason: '',
    ...termsRow(sequence),
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
    dither_arcsec: album.ditherArcsec ?? 0,
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
    .innerJoin('pyros_user', 'pyros_user.id', 'request.pyros_user_id')
    .leftJoin('country', 'country.id', 'pyros_user.country_id')
    .selectAll('sequence')
    .select(['scientific_program.name as program', 'request.is_alert as is_alert'])
    .select(['pyros_user.username as username', 'country.name as country'])
    .where((where) =>
      where.or([
        where('sequence.target_form', '!=', 'FIXED'),
        where.and([
          where('sequence.ra_deg', 'is not', null),
          where('sequence.dec_deg', 'is not', null),
        ]),
      ]),
    );
}

/** Read in one go, about 3 ms on SQLite, which answers on the thread that asks. */
const PAGE = 250;

/**
 * Sequences with a target, in any of these statuses, in the order of their submission. Thousands take
 * long to read: `pause` is awaited after each {@link PAGE}, to let others have their turn.
 */
export async function sequencesIn(
  reader: Reader,
  statuses: readonly SequenceStatus[],
  pause?: () => Promise<void>,
): Promise<StoredSequence[]> {
  const found: StoredSequence[] = [];
  for (let last = 0; ; ) {
    const query = selectSequences(reader)
      .where('sequence.status', 'in', [...statuses])
      .where('sequence.id', '>', last)
      .orderBy('sequence.id');
    const rows = await (pause ? query.limit(PAGE) : query).execute();
    found.push(...rows.map(sequenceOf));
    if (!pause || rows.length < PAGE) return found;
    last = rows.at(-1)?.id ?? last;
    await pause();
  }
}

/** The next `most` of them after the one numbered `afterId`: who has others to serve reads by pages. */
export async function sequencePage(
  reader: Reader,
  statuses: readonly SequenceStatus[],
  { afterId, most }: { readonly afterId: number; readonly most: number },
): Promise<StoredSequence[]> {
  const rows = await selectSequences(reader)
    .where('sequence.status', 'in', [...statuses])
    .where('sequence.id', '>', afterId)
    .orderBy('sequence.id')
    .limit(most)
    .execute();
  return rows.map(sequenceOf);
}

/** Every sequence with a target, in the order of their submission. */
export async function allSequences(reader: Reader): Promise<StoredSequence[]> {
  return (await selectSequences(reader).orderBy('sequence.id').execute()).map(sequenceOf);
}

export async function readSequence(reader: Reader, id: number): Promise<StoredSequence | null> {
  const [row] = (await selectSequence(reader, { id })).rows;
  return row ? sequenceOf(row) : null;
}

const selectSequence = askedOften((reader: Reader, { id }: { id: number }) =>
  selectSequences(reader).where('sequence.id', '=', id),
);

/** The albums of a sequence with their plans, in the order of the request. */
export async function readAlbums(reader: Reader, sequenceId: number): Promise<StoredAlbum[]> {
  const rows = await tables(reader)
    .selectFrom('album')
    .innerJoin('plan', 'plan.album_id', 'album.id')
    .select(['album.id as albumId', 'album.name as album', 'album.detector'])
    .select('album.dither_arcsec as ditherArcsec')
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
      ...(row.ditherArcsec > 0 && { ditherArcsec: row.ditherArcsec }),
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
