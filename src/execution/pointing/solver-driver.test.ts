import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeFits, wcsCards } from '#fits';
import { RealClock } from '#platform';
import type { SolverSpec } from '#unit';
import { ProgramSolver } from './solver-driver.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'solver-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A solver that is this script, run by Node. */
function solverOf(script: string, changes: Partial<SolverSpec> = {}) {
  const path = join(folder, 'solver.mjs');
  writeFileSync(path, script);
  const spec: SolverSpec = {
    program: process.execPath,
    args: [path, '{file}', '{ra}', '{dec}', '{scale}', '{out}'],
    channel: 'VIS',
    exposureSeconds: 5,
    toleranceArcsec: 5,
    tries: 3,
    timeoutSeconds: 20,
    ...changes,
  };
  return new ProgramSolver(spec, new RealClock());
}

const question = (signal = new AbortController().signal) => ({
  file: '/nights/image.fits',
  guess: { raDeg: 123.456789, decDeg: -5.5 },
  scaleArcsec: 2.03,
  signal,
});

test('a program says where the image looks on its standard output', async () => {
  const solver = solverOf(`
    const [file, ra, dec, scale] = process.argv.slice(2);
    console.log('thinking about ' + file + ' at ' + scale);
    console.log(JSON.stringify({ raDeg: Number(ra) + 0.01, decDeg: Number(dec) - 0.02 }));
  `);
  const answer = await solver.solve(question());
  expect(answer).toEqual({ ok: true, place: { raDeg: 123.466789, decDeg: -5.52 } });
});

test('a program writes its solution as a FITS header', async () => {
  const field = { center: { raDeg: 200, decDeg: 30 }, width: 2, height: 2, pixelArcsec: 2 };
  const pixels = new Uint16Array(4);
  writeFileSync(
    join(folder, 'solution'),
    encodeFits({ width: 2, height: 2, pixels }, wcsCards(field)),
  );
  const solver = solverOf(`
    import { copyFileSync } from 'node:fs';
    copyFileSync(${JSON.stringify(join(folder, 'solution'))}, process.argv[6]);
  `);
  const place = { raDeg: expect.closeTo(200, 9), decDeg: expect.closeTo(30, 9) };
  expect(await solver.solve(question())).toEqual({ ok: true, place });
});

test.each([
  ['finds nothing', '', /found no stars/],
  ['fails', `console.error('no index'); process.exit(3)`, /code 3: no index/],
  [
    'writes something else',
    `import { writeFileSync } from 'node:fs'; writeFileSync(process.argv[6], 'rubbish')`,
    /no FITS header/,
  ],
])('a program that %s gives a reason', async (_, script, reason) => {
  const answer = await solverOf(script).solve(question());
  expect(answer).toEqual({ ok: false, reason: expect.stringMatching(reason) });
});

test('a program that is not there gives a reason', async () => {
  const answer = await solverOf('', { program: '/no/such/program' }).solve(question());
  expect(answer).toEqual({ ok: false, reason: expect.stringMatching(/could not be run/) });
});

test('a program that talks without end is heard to its end, in bounded memory', async () => {
  const solver = solverOf(`
    for (let i = 0; i < 200; i++) process.stdout.write('x'.repeat(100_000) + '\\n');
    process.stdout.write('{"raDeg": 1, "decDeg": 2}\\n');
  `);
  expect(await solver.solve(question())).toMatchObject({ ok: true });
});

test('a program that takes too long is killed with all that it started', async () => {
  const pidFile = join(folder, 'pids');
  const solver = solverOf(
    `
    import { spawn } from 'node:child_process';
    import { writeFileSync } from 'node:fs';
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    writeFileSync(${JSON.stringify(pidFile)}, process.pid + ' ' + child.pid);
    setInterval(() => {}, 1000);
  `,
    { timeoutSeconds: 1.5 },
  );
  const answer = await solver.solve(question());
  expect(answer).toEqual({ ok: false, reason: expect.stringMatching(/nothing in 1.5 s/) });
  const pids = readFileSync(pidFile, 'utf8').split(' ').map(Number);
  expect(pids).toHaveLength(2);
  for (const pid of pids) await expectGone(pid);
});

test('an abort ends it at once', async () => {
  const abort = new AbortController();
  const solved = solverOf('setInterval(() => {}, 1000)').solve(question(abort.signal));
  abort.abort(new Error('rain'));
  await expect(solved).rejects.toThrow('rain');
});

/** A killed process is gone once its parent, or init, has heard of it. */
async function expectGone(pid: number): Promise<void> {
  for (let look = 0; look < 100 && isAlive(pid); look++) {
    await new Promise((resolve) => setImmediate(resolve));
    await new RealClock().sleep(0.02);
  }
  expect(isAlive(pid)).toBe(false);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
