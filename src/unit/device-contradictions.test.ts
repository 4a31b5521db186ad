import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readUnit } from './load-unit.ts';

const SHIPPED = readFileSync(new URL('../../config/simulated.yaml', import.meta.url), 'utf8');

const station = (alias: string, port: number) =>
  `stations: [{ alias: ${alias}, control: simulated, address: { host: 127.0.0.1, port: ${port} } }]`;
const solver = `solver: { program: solve-field, args: [], channel: UV, exposureSeconds: 10,
  toleranceArcsec: 5, tries: 3, timeoutSeconds: 60 }`;
const indi = 'indi: { server: { host: 127.0.0.1, port: 5003 } }';

/** The shipped file with one text replaced, and something added at its end. */
function pathsOf([from, to]: readonly [from: string, to: string], added = ''): string[] {
  if (!SHIPPED.includes(from)) throw new RangeError(`the unit file has no ${from}`);
  const reading = readUnit(`${SHIPPED.replace(from, to)}\n${added}\n`);
  return reading.ok ? [] : reading.problems.map(({ path }) => path);
}

const same = ['maxSteps: 20000', 'maxSteps: 20000'] as const;

describe('F61 a unit file', () => {
  it.each([
    [
      'a focuser whose travel is turned round',
      'maxSteps: 20000',
      'maxSteps: -1',
      'channels.0.focuser.maxSteps',
    ],
    [
      'a focus outside the travel',
      'zeroSteps: 10000',
      'zeroSteps: 30000',
      'channels.0.focuser.zeroSteps',
    ],
    [
      'a filter that is never in focus',
      'skyMag: 21.8',
      'skyMag: 21.8, focusSteps: 15000',
      'channels.0.filters.0.focusSteps',
    ],
    ['a focuser at the port of the dome', 'port: 5005', 'port: 5004', 'dome.address.port'],
    ['the feed for GIC at the port of the page', 'port: 8099', 'port: 8000', 'gic.listen.port'],
    [
      'flats that may last no time',
      'leastSeconds: 1,',
      'leastSeconds: 90,',
      'calibrations.flats.mostSeconds',
    ],
    ['a latitude that is none', 'latDeg: 43.75203', 'latDeg: .nan', 'site.latDeg'],
    ['a limit that is none', 'limit: 0.1', 'limit: .nan', 'plc.limits.0.limit'],
    [
      'a park position that cannot be',
      'park: { altDeg: 0,',
      'park: { altDeg: -20,',
      'mounts.0.park.altDeg',
    ],
    [
      'an INDI device without a server',
      'alias: VirtualDome\n  control: simulated',
      'alias: VirtualDome\n  control: full\n  driver: { indi: Dome }',
      '',
    ],
  ])('with %s is refused', (_, from, to, path) => {
    expect(pathsOf([from, to])).toContain(path);
  });

  it.each([
    ['a solver on a channel that is nowhere', solver, 'solver.channel'],
    ['a station named as a channel', station('VIS', 5007), 'stations.0.alias'],
    ['a station at the port of the mount', station('Hilltop', 5000), 'stations.0.address.port'],
    ['an INDI server at the port of the PLC', indi, 'indi.server.port'],
  ])('with %s is refused', (_, added, path) => {
    expect(pathsOf(same, added)).toContain(path);
  });

  it('takes a station and a device that is only watched', () => {
    const watched = [
      'alias: VirtualDome\n  control: simulated',
      'alias: VirtualDome\n  control: read-only',
    ] as const;
    expect(pathsOf(watched, station('Hilltop', 5007))).toEqual([]);
  });
});
