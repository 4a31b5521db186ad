import { createHash } from 'node:crypto';
import { existsSync, linkSync, readdirSync, readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type CardValue, readHeader, verifyChecksums } from '#fits';
import { makeFolder } from '#platform';
import { readSequence } from '#request';
import {
  abandonedExposures,
  attachFile,
  endExposure,
  imagesOfNight,
  readExposure,
} from '../execution-store.ts';
import type { ObservingTools } from '../observing-tools.ts';
import { judgeOrphan, type OrphanVerdict } from './orphan-verdict.ts';
import { promptly } from './promptly.ts';

/** Older nights were looked at when they were young. */
const NIGHTS = 3;

type Tools = Pick<ObservingTools, 'database' | 'dataFolder' | 'transact' | 'cameras' | 'clock'>;

/** A camera that does not answer is not waited for, seconds. */
const PROMPT_SECONDS = 2;

/** A file with what its header says. */
interface Found {
  readonly night: string;
  readonly name: string;
  readonly path: string;
  readonly exposureId: string | null;
  readonly bytes: Uint8Array;
  readonly card: (keyword: string) => CardValue | undefined;
}

/**
 * At the observer's start: files of the last nights that no row names are taken up, or put aside in
 * `nights/<night>/quarantine`; exposures that nobody will end any more are FAILED.
 */
export async function takeUpOrphans(tools: Tools): Promise<void> {
  const nights = join(tools.dataFolder, 'nights');
  const names = existsSync(nights) ? readdirSync(nights).sort().slice(-NIGHTS) : [];
  for (const night of names) await takeUpNight(tools, night);
  await endAbandoned(tools);
}

async function takeUpNight(tools: Tools, night: string): Promise<void> {
  const folder = join('nights', night, 'images');
  const full = join(tools.dataFolder, folder);
  if (!existsSync(full)) return;
  const rows = await imagesOfNight(tools.database, night);
  const known = new Set(rows.map(({ path }) => path));
  for (const name of readdirSync(full).sort()) {
    const path = join(folder, name);
    if (known.has(path) || !/\.(fits|part)$/.test(name)) continue;
    await takeUp(tools, found(tools.dataFolder, { night, name, path }));
  }
}

function found(dataFolder: string, file: Pick<Found, 'night' | 'name' | 'path'>): Found {
  const bytes = readFileSync(join(dataFolder, file.path));
  try {
    const { data, unit } = verifyChecksums(bytes);
    const { cards } = readHeader(bytes);
    const card = (keyword: string) => cards.find((one) => one.keyword === keyword)?.value;
    const id = card('EXPID');
    const isWhole = data === true && unit === true && typeof id === 'string';
    return { ...file, bytes, card, exposureId: isWhole ? id : null };
  } catch {
    return { ...file, bytes, card: () => undefined, exposureId: null };
  }
}

async function takeUp(tools: Tools, file: Found): Promise<void> {
  const { exposureId, name, path } = file;
  const row = exposureId === null ? undefined : await readExposure(tools.database, exposureId);
  const verdict = judgeOrphan({ name, exposureId }, row ?? null);
  if (verdict.kind === 'quarantine') return await putAside(tools, file, verdict);
  const { reason } = verdict.kind === 'taken' ? TAKEN : KEPT;
  await tools.transact(async (work) => {
    if (!row) return;
    if (verdict.kind === 'taken') await tellTaken(work, file, row);
    else await attachFile(work, keptOf(file, row.exposure_id));
    await work.fact('OrphanFound', { path, became: 'recovered', reason });
  });
}

const TAKEN = { reason: 'it was whole, and its exposure had no end yet' };
const KEPT = { reason: 'its exposure had been ended before its time' };

type ImageOfRow = NonNullable<Awaited<ReturnType<typeof readExposure>>>;
type Work = Parameters<Parameters<Tools['transact']>[0]>[0];

async function tellTaken(work: Work, file: Found, row: ImageOfRow): Promise<void> {
  const exposureId = row.exposure_id;
  const stored = storedOf(file);
  const flags = flagsOf(file);
  if (!(await endExposure(work, { exposureId, state: 'TAKEN', flags, file: stored }))) return;
  await work.fact('ImageTaken', {
    imageId: row.id,
    exposureId,
    sequenceId: row.sequence_id,
    flags,
    channel: row.channel,
    filter: String(file.card('FILTER') ?? row.filter),
    seconds: stored.seconds,
    startAt: new Date(stored.startMs).toISOString(),
    path: stored.path,
    sha256: stored.sha256,
    altDeg: Number(file.card('ALTITUDE') ?? 0),
  });
}

function keptOf(file: Found, exposureId: string) {
  return { exposureId, flags: flagsOf(file), file: storedOf(file) };
}

function flagsOf({ card }: Found): string[] {
  const before = String(card('FLAGS') ?? '').split(' ');
  return [...before.filter((flag) => flag !== ''), 'recovered'];
}

function storedOf({ path, bytes, card }: Found) {
  return {
    path,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    startMs: Date.parse(`${card('DATE-OBS')}Z`),
    seconds: Number(card('EXPTIME')),
  };
}

/** Linked before it is unlinked, so that a crash in between loses nothing; nothing is overwritten. */
async function putAside(
  tools: Tools,
  { night, name, path }: Found,
  { reason }: Extract<OrphanVerdict, { kind: 'quarantine' }>,
): Promise<void> {
  const folder = join(tools.dataFolder, 'nights', night, 'quarantine');
  makeFolder(folder);
  for (let number = 1; ; number++) {
    const target = join(folder, number === 1 ? name : `${number}_${name}`);
    if (existsSync(target)) continue;
    linkSync(join(tools.dataFolder, path), target);
    unlinkSync(join(tools.dataFolder, path));
    break;
  }
  await tools.transact((work) => work.fact('OrphanFound', { path, became: 'quarantined', reason }));
}

/** Those of a sequence that is still under way are ended by the life that goes on with it. */
async function endAbandoned(tools: Tools): Promise<void> {
  for (const { exposureId, sequenceId, channel } of await abandonedExposures(tools.database)) {
    const sequence = await readSequence(tools.database, sequenceId);
    if (sequence?.status === 'EXECUTING') continue;
    const camera = tools.cameras.get(channel);
    if (camera) await promptly(tools.clock, PROMPT_SECONDS, () => camera.abort());
    const state = sequence?.status === 'CANCELLED' ? 'ABORTED' : 'FAILED';
    const reason = 'The observer died during it, and its sequence does not go on.';
    await tools.transact(async (work) => {
      if (!(await endExposure(work, { exposureId, state, reason }))) return;
      await work.fact('ExposureLost', { exposureId, sequenceId, channel, state, reason });
    });
  }
}
