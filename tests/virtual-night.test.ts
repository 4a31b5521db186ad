import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '#db';
import { loadUnit } from '../src/main/run-settings.ts';
import { type SimulatedNight, simulateNight } from '../src/main/simulated-night.ts';
import type { Unit } from '../src/unit/index.ts';
import { needs } from './needs.ts';

const NIGHT = '2014-04-23';
const fitsverify = needs('fitsverify');
const folders = mkdtempSync(join(tmpdir(), 'pyros-virtual-night-'));

let first: SimulatedNight;
let again: SimulatedNight;
let other: SimulatedNight;

/** The unit with detectors of 128 × 96 pixels: the images are quick to draw, the night is the same. */
function quickUnit(): Unit {
  const unit = loadUnit('simulated');
  const channels = unit.channels.map((channel) => ({
    ...channel,
    detector: { ...channel.detector, width: 128, height: 96 },
  }));
  return { ...unit, channels };
}

const unit = quickUnit();

async function night(name: string, seed: number): Promise<SimulatedNight> {
  return await simulateNight(unit, { night: NIGHT, seed, dataFolder: join(folders, name) });
}

beforeAll(async () => {
  first = await night('first', 1);
  again = await night('again', 1);
  other = await night('other', 2);
}, 1_200_000);

afterAll(() => rmSync(folders, { recursive: true, force: true }));

describe('the seed', () => {
  test('gives the same facts when it is the same, byte for byte', () => {
    expect(again.facts).toEqual(first.facts);
    expect(first.facts.count).toBeGreaterThan(500);
  });

  test('gives other facts when it is another', () => {
    expect(other.facts.sha256).not.toBe(first.facts.sha256);
  });

  test('gives the same report', () => {
    expect(again.report).toEqual(first.report);
  });
});

describe('the night', () => {
  test('observes the burst within two minutes of its notice, and follows its better place', () => {
    const stages = new Map(first.report?.alerts[0]?.stages.map((one) => [one.name, one.seconds]));
    expect(stages.get('first image')).toBeLessThan(120);
    expect(stages.has('refined')).toBe(true);
  });

  test('closes for the rain and opens again', () => {
    const texts = first.report?.timeline.map(({ text }) => text) ?? [];
    const closing = texts.findIndex((text) => /Dome closing.*rain/.test(text));
    expect(closing).toBeGreaterThan(0);
    expect(texts.slice(closing)).toContain('Dome open');
    expect(first.report?.lost.some(({ cause }) => cause === 'rain')).toBe(true);
  });

  test('gives every sequence an outcome, and a reason when it was not done', () => {
    const sequences = first.report?.sequences ?? [];
    expect(sequences.length).toBeGreaterThan(15);
    for (const { outcome, reason } of sequences) {
      expect(outcome).not.toBe('');
      if (outcome !== 'DONE') expect(reason).not.toBe('');
    }
  });

  test('spends most of the dark time exposing, and never more than all of it', () => {
    const { darkSeconds, openSeconds, exposingSeconds } = first.report?.efficiency ?? {
      darkSeconds: 0,
      openSeconds: 0,
      exposingSeconds: 0,
    };
    expect(exposingSeconds).toBeGreaterThan(0.5 * darkSeconds);
    expect(exposingSeconds).toBeLessThan(openSeconds);
    expect(openSeconds).toBeLessThan(darkSeconds);
  });
});

interface ImageRow {
  exposure_id: string;
  state: string;
  path: string;
  sha256: string;
  bytes: number;
  sequence_id: number;
  plan_id: number;
  number: number;
}

describe('the images', () => {
  const folder = join(folders, 'first');
  let database: Database;
  let rows: ImageRow[];

  beforeAll(async () => {
    database = await openDatabase(`sqlite:${join(folder, 'pyros.sqlite')}`, { alone: true });
    rows = await database.tables<{ image: ImageRow }>().selectFrom('image').selectAll().execute();
  });

  afterAll(() => database.close());

  test('have one end each', () => {
    expect(new Set(rows.map((row) => row.state))).toEqual(new Set(['TAKEN', 'ABORTED']));
  });

  test('that were taken, or cut short, have their file with their checksum, and conversely', () => {
    const kept = rows.filter(({ path }) => path !== '');
    for (const { path, sha256, bytes } of kept) {
      const file = readFileSync(join(folder, path));
      expect(file.length).toBe(bytes);
      expect(createHash('sha256').update(file).digest('hex')).toBe(sha256);
    }
    const files = readdirSync(join(folder, 'nights', NIGHT, 'images'));
    const names = kept.map((row) => row.path.split('/').at(-1) ?? '');
    expect(files.sort()).toEqual(names.sort());
    const taken = rows.filter((row) => row.state === 'TAKEN');
    expect(taken.every(({ path }) => path !== '')).toBe(true);
    expect(taken).toHaveLength(first.report?.images.count ?? 0);
  });

  test('are taken once each', () => {
    const taken = rows.filter((row) => row.state === 'TAKEN');
    const wishes = taken.map((row) => `${row.sequence_id}/${row.plan_id}/${row.number}`);
    expect(new Set(wishes).size).toBe(wishes.length);
  });

  test.skipIf(!fitsverify.available)('are FITS files without an error or a warning', () => {
    const taken = rows.filter((row) => row.state === 'TAKEN');
    const sample = taken.filter((_, i) => i % 10 === 0).map((row) => join(folder, row.path));
    expect(sample.length).toBeGreaterThan(20);
    const verdicts = execFileSync(fitsverify.path, ['-q', ...sample], { encoding: 'utf8' });
    const bad = verdicts.split('\n').filter((line) => line && !line.startsWith('verification OK'));
    expect(bad).toEqual([]);
  });
});

describe('what waited in vain', () => {
  test('has expired by the end of the night, and keeps its reason', async () => {
    const file = join(folders, 'again', 'pyros.sqlite');
    const database = await openDatabase(`sqlite:${file}`, { alone: true });
    const sequences = await database
      .tables<{ sequence: { status: string; reason: string } }>()
      .selectFrom('sequence')
      .selectAll()
      .execute();
    await database.close();
    const open = sequences.filter(({ status }) => /TOBEPLANNED|EXECUTING/.test(status));
    expect(open).toEqual([]);
    const expired = sequences.filter(({ status }) => status === 'EXPIRED');
    for (const { reason } of expired) expect(reason).not.toBe('');
  });
});
