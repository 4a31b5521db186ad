import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RaDec } from '#sky';
import { separationDeg } from '#sky';
import {
  HIGH_TARGET,
  makeWorld,
  observationOf,
  observingTools,
  openTheDome,
  saySim,
  settled,
  submitPlanned,
  told,
  type World,
} from '#testing';
import type { SolverSpec } from '#unit';
import type { ObservingTools } from '../observing-tools.ts';
import { movedBy } from './aim.ts';
import { CentringRunner } from './centring-runner.ts';
import type { PlateSolver, SolveAnswer } from './plate-solver.ts';

const spec: SolverSpec = {
  program: '/usr/bin/solver',
  args: [],
  channel: 'VIS',
  exposureSeconds: 5,
  toleranceArcsec: 4,
  tries: 3,
  timeoutSeconds: 60,
};

let world: World;
let tools: ObservingTools;
beforeEach(async () => {
  world = await makeWorld();
  await openTheDome(world);
  tools = observingTools(world);
});
afterEach(() => world.close());

/** Knows where the telescope really looks, to about an arcsecond. */
const knowing: PlateSolver = {
  solve: async () => {
    const place = movedBy(await truth(), { raArcsec: 0.6, decArcsec: -0.8 });
    return { ok: true, place };
  },
};

async function truth(): Promise<RaDec> {
  const [mount] = world.unit.mounts;
  if (!mount) throw new Error('no mount');
  const said = (await saySim(world, mount, 'SIM TRUTH')).replace(/^OK /, '');
  const { raDeg, decDeg } = JSON.parse(said);
  return { raDeg, decDeg };
}

async function fault(words: string): Promise<void> {
  const [mount] = world.unit.mounts;
  if (mount) await saySim(world, mount, words);
}

/** The telescope tracks the target of a sequence, as far as the mount knows. */
async function onTarget() {
  const observation = await observationOf(world, await submitPlanned(world));
  await tools.telescope.goto(observation.target());
  await world.pass(120);
  return observation;
}

const centre = async (solver: PlateSolver, observation: Awaited<ReturnType<typeof onTarget>>) =>
  await settled(world, new CentringRunner(spec, solver).centre(tools, observation));

describe('a telescope that points 5 arcminutes beside its target', () => {
  beforeEach(() => fault('SIM SET pointing-error 300'));

  test('is centred by what its images show', async () => {
    const observation = await onTarget();
    expect(separationDeg(await truth(), HIGH_TARGET) * 3600).toBeCloseTo(300, 0);
    expect(await centre(knowing, observation)).toBe(true);
    expect(separationDeg(await truth(), HIGH_TARGET) * 3600).toBeLessThan(4);
    const [fact] = await told(world, 'PointingCorrected');
    expect(fact).toMatchObject({ tries: 2 });
    expect(fact?.offsetArcsec).toBeGreaterThan(295);
  });

  test('says in its headers where it really looks, not where the mount believes to', async () => {
    const observation = await onTarget();
    await centre(knowing, observation);
    const { raDeg, decDeg } = await tools.telescope.status();
    const looks = observation.aim.truePlace({ raDeg, decDeg });
    expect(separationDeg(looks, await truth()) * 3600).toBeLessThan(4);
  });

  test('keeps the correction for its dithers', async () => {
    const observation = await onTarget();
    await centre(knowing, observation);
    observation.aim.setDither({ raArcsec: 20, decArcsec: 0 });
    await tools.telescope.goto(observation.aim.orderFor(observation.target()));
    await world.pass(60);
    const wanted = movedBy(HIGH_TARGET, { raArcsec: 20, decArcsec: 0 });
    expect(separationDeg(await truth(), wanted) * 3600).toBeLessThan(4);
  });
});

test('a telescope that is on its target is not moved', async () => {
  const observation = await onTarget();
  expect(await centre(knowing, observation)).toBe(true);
  expect(observation.aim.orderFor(HIGH_TARGET)).toEqual(HIGH_TARGET);
  expect(await told(world, 'PointingCorrected')).toMatchObject([{ tries: 1 }]);
});

test('the images are kept, and how long it took is told', async () => {
  const observation = await onTarget();
  await centre(knowing, observation);
  const folder = join(world.dataFolder, 'nights', observation.night, 'centring');
  expect(readdirSync(folder)).toHaveLength(1);
  const [overhead] = await told(world, 'OverheadMeasured');
  expect(overhead).toMatchObject({ kind: 'centring', plannedSeconds: 11 });
  expect(overhead?.seconds).toBeGreaterThanOrEqual(11);
});

describe('a solver', () => {
  const answers = (all: readonly SolveAnswer[]): PlateSolver => {
    const left = [...all];
    return { solve: async () => left.shift() ?? { ok: false, reason: 'no stars' } };
  };

  test('may fail once', async () => {
    const observation = await onTarget();
    const solver = answers([
      { ok: false, reason: 'clouds' },
      { ok: true, place: HIGH_TARGET },
    ]);
    expect(await centre(solver, observation)).toBe(true);
    expect(await told(world, 'PointingFailed')).toEqual([]);
  });

  test('that always fails is given up after its tries, with its last reason (F58)', async () => {
    const observation = await onTarget();
    expect(await centre(answers([]), observation)).toBe(false);
    expect(await told(world, 'PointingFailed')).toMatchObject([{ tries: 3, reason: 'no stars' }]);
  });

  test('that puts the image far away is not believed', async () => {
    const observation = await onTarget();
    const far = { ok: true, place: { raDeg: 10, decDeg: 10 } } as const;
    expect(await centre(answers([far, far, far]), observation)).toBe(false);
    const [failed] = await told(world, 'PointingFailed');
    expect(failed?.reason).toMatch(/away from its target/);
    expect(observation.aim.orderFor(HIGH_TARGET)).toEqual(HIGH_TARGET);
  });
});

test('an abort in mid-exposure ends it at once', async () => {
  const abort = new AbortController();
  const observation = await observationOf(world, await submitPlanned(world), abort.signal);
  await tools.telescope.goto(observation.target());
  await world.pass(120);
  const centring = new CentringRunner(spec, knowing).centre(tools, observation);
  const ended = expect(centring).rejects.toThrow('rain');
  await world.pass(2);
  const beforeMs = world.clock.now();
  abort.abort(new Error('rain'));
  await ended;
  expect(world.clock.now()).toBe(beforeMs);
});

test('under a closed dome nothing is tried', async () => {
  await tools.dome.close();
  await world.pass(60);
  const observation = await onTarget();
  await expect(centre(knowing, observation)).rejects.toMatchObject({ code: 'DOME_NOT_OPEN' });
  expect(await told(world, 'PointingFailed')).toEqual([]);
});
