import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseIso } from '#platform';
import { tempFolder } from '../../testing/temp-database.ts';
import { findRubbish } from './rubbish.ts';

const nowMs = parseIso('2026-11-22T12:00Z');

function fileOfAge(path: string, days: number): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  utimesSync(path, nowMs / 1000, nowMs / 1000 - days * 86_400);
}

function folderOfAge(path: string, days: number): void {
  mkdirSync(path, { recursive: true });
  utimesSync(path, nowMs / 1000, nowMs / 1000 - days * 86_400);
}

function found(folder: string): string[] {
  const place = {
    dataFolder: join(folder, 'data'),
    checkout: folder,
    tempFolder: join(folder, 'tmp'),
  };
  const uid = process.getuid?.() ?? null;
  return findRubbish({ ...place, nowMs, uid }).map(({ path }) => basename(path));
}

describe('what cleanup removes', () => {
  it('is no image, no database and no backup, however old', () => {
    const folder = tempFolder();
    const precious = [
      'data/nights/2014-04-23/images/1.fits',
      'data/pyros.sqlite',
      'data/backups/2014.pyros.gz',
      'data/previous/1/pyros.sqlite',
      'data/run.json',
    ];
    for (const path of precious) fileOfAge(join(folder, path), 4000);
    expect(found(folder)).toEqual([]);
  });

  it('is logs after 30 days', () => {
    const folder = tempFolder();
    fileOfAge(join(folder, 'data/logs/Old.log'), 31);
    fileOfAge(join(folder, 'data/logs/New.log'), 29);
    fileOfAge(join(folder, 'data/logs/notes.txt'), 400);
    expect(found(folder)).toEqual(['Old.log']);
  });

  it('is web pages of an interrupted build, unless a launcher builds now', () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'dist', 'web.new'), { recursive: true });
    mkdirSync(join(folder, 'dist', 'web'), { recursive: true });
    expect(found(folder)).toEqual(['web.new']);
    mkdirSync(join(folder, 'data', 'install.lock'), { recursive: true });
    expect(found(folder)).toEqual([]);
  });

  it('is folders of tests after a day, and nobody else’s', () => {
    const folder = tempFolder();
    folderOfAge(join(folder, 'tmp', 'pyros-test-abc'), 2);
    folderOfAge(join(folder, 'tmp', 'pyros-test-now'), 0);
    folderOfAge(join(folder, 'tmp', 'somebody-else'), 400);
    expect(found(folder)).toEqual(['pyros-test-abc']);
  });

  it('is what a run left that died', () => {
    const folder = tempFolder();
    fileOfAge(join(folder, 'data', 'runs', `${2 ** 22 + 1}.settings.json`), 0);
    expect(found(folder)).toEqual([`${2 ** 22 + 1}.settings.json`]);
  });
});
