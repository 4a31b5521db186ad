import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../testing/temp-database.ts';
import {
  dropLeftovers,
  dropRun,
  liveRuns,
  type RunRecord,
  runFile,
  writeRun,
} from './run-record.ts';

const run = {
  command: 'start',
  names: ['AgentA'],
  simulators: [],
  addresses: [],
  started: '2026-11-22T12:00:00.000Z',
  unit: 'SimulUnit1',
  database: 'sqlite:data/pyros.sqlite',
  settingsFile: '',
};

/** A record of this process under the number of another. */
function writeStranger(folder: string, other: Partial<RunRecord>): void {
  const record = { ...writeRun(folder, run), ...other };
  dropRun(folder, []);
  writeFileSync(runFile(folder, record.pid, 'json'), JSON.stringify(record));
}

describe('the runs of a data folder', () => {
  it('show a run while its process lives', () => {
    const folder = tempFolder();
    writeRun(folder, run);
    expect(liveRuns(folder).map(({ pid, names }) => ({ pid, names }))).toEqual([
      { pid: process.pid, names: ['AgentA'] },
    ]);
    dropRun(folder, []);
    expect(liveRuns(folder)).toEqual([]);
  });

  it('do not take another process with the same number for the run', () => {
    const folder = tempFolder();
    writeStranger(folder, { identity: 'an earlier life' });
    expect(liveRuns(folder)).toEqual([]);
  });

  it('leave nothing of a run whose process is gone', () => {
    const folder = tempFolder();
    const pid = 2 ** 22 + 1;
    writeStranger(folder, { pid });
    writeFileSync(runFile(folder, pid, 'settings.json'), '{}');
    expect(dropLeftovers(folder)).toHaveLength(2);
    expect(existsSync(runFile(folder, pid, 'settings.json'))).toBe(false);
  });

  it('keep what a run on another computer wrote', () => {
    const folder = tempFolder();
    writeStranger(folder, { pid: 2 ** 22 + 1, host: 'elsewhere' });
    expect(dropLeftovers(folder)).toEqual([]);
    expect(liveRuns(folder)).toEqual([]);
  });

  it('tell who asked for the end how each process ended', () => {
    const folder = tempFolder();
    writeRun(folder, run);
    writeFileSync(runFile(folder, process.pid, 'stop'), '');
    const results = [{ name: 'AgentA', ok: true, reason: '' }];
    dropRun(folder, results);
    const file = join(folder, 'runs', `${process.pid}.ended.json`);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(results);
  });
});
