import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readUnit, unitOf } from './load-unit.ts';

const SHIPPED = readFileSync(new URL('../../config/simulated.yaml', import.meta.url), 'utf8');

/** The shipped file with some texts replaced; each must be there. */
function changed(...changes: readonly (readonly [string | RegExp, string])[]): string {
  return changes.reduce((text, [from, to]) => {
    const next = text.replace(from, to);
    if (next === text) throw new RangeError(`the unit file has no ${from}`);
    return next;
  }, SHIPPED);
}

const problemsOf = (text: string) => {
  const reading = readUnit(text);
  return reading.ok ? [] : reading.problems;
};

/** Counted from 1. */
const lineOf = (text: string, part: string) =>
  text.split('\n').findIndex((line) => line.includes(part)) + 1;

describe('a unit file', () => {
  it('is valid as it is shipped', () => {
    expect(problemsOf(SHIPPED)).toEqual([]);
    expect(unitOf(SHIPPED, 'simulated.yaml').unit.alias).toBe('SimulUnit1');
  });

  it('tells everything that is wrong at once, with path, line and what was expected', () => {
    const text = changed(
      ['latDeg: 43.75203', 'latDeg: 143'],
      ['permitSeconds: 10', 'permitSeconds: soon'],
      ['pollSeconds: 2', 'pollEvery: 2'],
    );
    expect(problemsOf(text)).toEqual([
      { path: 'site.latDeg', line: lineOf(text, 'latDeg'), expected: expect.stringMatching(/90/) },
      {
        path: 'dome.permitSeconds',
        line: lineOf(text, 'permitSeconds'),
        expected: 'expected number, received string',
      },
      {
        path: 'plc.pollSeconds',
        line: lineOf(text, 'plc:'),
        expected: 'expected number, received undefined',
      },
      {
        path: 'plc.pollEvery',
        line: lineOf(text, 'pollEvery'),
        expected: 'no such key exists',
      },
    ]);
  });

  it.each([
    ['a text for a number', 'openSeconds: 40', 'openSeconds: "40"', 'dome.openSeconds'],
    ['a number that is none', 'openSeconds: 40', 'openSeconds: .nan', 'dome.openSeconds'],
    ['a port that cannot be', 'port: 8000', 'port: 70000', 'web.listen.port'],
    [
      'rain that is borne for an hour',
      'badDelaySeconds: 0',
      'badDelaySeconds: 3600',
      'plc.limits.0.badDelaySeconds',
    ],
    [
      'a dome that has years to close',
      'closeSeconds: 35',
      'closeSeconds: 1e9',
      'dome.closeSeconds',
    ],
    ['an unknown fusion', 'fusion: worst', 'fusion: best', 'plc.limits.0.fusion'],
    ['an empty list', 'mounts: [VirtualMount]', 'mounts: []', 'assembly.mounts'],
    ['an unknown driver', 'control: simulated', 'control: magic', 'mounts.0.control'],
    [
      'a permit that lasts too long',
      'permitSeconds: 10',
      'permitSeconds: 999',
      'dome.permitSeconds',
    ],
    ['a horizon that goes back', 'azDeg: 75', 'azDeg: 10', 'horizon.2.azDeg'],
    [
      'science before dusk',
      'scienceSunAltDeg: -12',
      'scienceSunAltDeg: -1',
      'night.scienceSunAltDeg',
    ],
    [
      'a computer that is nowhere',
      'kind: web, computer: Computer1',
      'kind: web, computer: C9',
      'agents.6.computer',
    ],
    [
      'a channel that is nowhere',
      'channels: [VIS, NIR]',
      'channels: [VIS, UV]',
      'assembly.channels.1',
    ],
    ['no guardian', 'kind: guardian', 'kind: alert', 'agents'],
    ['two alert agents', 'kind: web', 'kind: alert', 'agents.6.kind'],
    ['one alias for two channels', 'alias: NIR', 'alias: vis', 'channels.1.alias'],
    ['one name for two filters', '{ name: H,', '{ name: J,', 'channels.1.filters.1.name'],
    ['two limits for a quantity', 'quantity: humidity', 'quantity: rain', 'plc.limits.2.quantity'],
    ['a port taken twice', 'port: 8098', 'port: 5003', 'alerts.listen.port'],
  ])('with %s is refused', (_, from, to, path) => {
    const text = changed([from, to]);
    const problem = problemsOf(text).find((one) => one.path === path);
    expect(problem?.expected).toMatch(/\w/);
    if (path !== 'agents')
      expect(text.split('\n')[(problem?.line ?? 0) - 1]).toContain(to.split(':')[0]);
  });

  it('names both ends of a clash of ports', () => {
    expect(problemsOf(changed(['port: 5002', 'port: 5001']))).toMatchObject([
      {
        path: 'channels.1.address.port',
        expected: 'a port of its own: 5001 is already that of channels.0',
      },
    ]);
  });

  it('tells where its YAML breaks', () => {
    const text = changed(['database: { alias: PyROSDatabase }', 'database: { alias: ']);
    const [first] = problemsOf(text);
    expect(first?.expected).toMatch(/^YAML: /);
    expect(first?.line).toBeGreaterThanOrEqual(lineOf(text, 'database:'));
  });

  it('refuses a key given twice', () => {
    const text = changed(['web:\n', 'plc: {}\n\nweb:\n']);
    expect(problemsOf(text)).toMatchObject([{ expected: expect.stringMatching(/unique/) }]);
  });

  it.each(['', '# nothing\n', 'hello', '[]', '42'])('that holds "%s" is no unit', (text) => {
    expect(problemsOf(text)).toMatchObject([{ path: '', line: 1 }]);
  });

  it('refuses an alias that leads nowhere', () => {
    const text = changed(['database: { alias: PyROSDatabase }', 'database: *nothing']);
    expect(problemsOf(text)[0]?.expected).toMatch(/^YAML: .*nothing/);
  });

  it('is refused in one error with a line for each problem', () => {
    const text = changed(['port: 8000', 'port: 0'], ['latDeg: 43.75203', 'latDeg: 143']);
    expect(() => unitOf(text, 'mine.yaml')).toThrowError(
      expect.objectContaining({
        code: 'UNIT_INVALID',
        message: expect.stringMatching(
          /^The unit file has 2 errors:\n {2}mine\.yaml:\d+ {2}site\.latDeg: .*\n {2}mine\.yaml:\d+ {2}web\.listen\.port: /,
        ),
      }),
    );
  });
});
