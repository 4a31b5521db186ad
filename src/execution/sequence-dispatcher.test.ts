import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Order } from '#agent';
import { openTelescope, type TelescopeStatus } from '#devices';
import { readHeader } from '#fits';
import { iso } from '#platform';
import type { Sequence } from '#request';
import {
  album,
  fakeSafety,
  HIGH_TARGET,
  live,
  makeObserver,
  makeWorld,
  moveStatus,
  observingTools,
  openTheDome,
  saySim,
  scheduleNow,
  statusOf,
  submit,
  submitPlanned,
  told,
  untilTold,
  type World,
} from '#testing';
import { imagesOfNight } from './execution-store.ts';
import { type RunningRow, SequenceDispatcher } from './sequence-dispatcher.ts';

const MINUTE_MS = 60_000;
let world: World;
let dispatcher: SequenceDispatcher;
let row: RunningRow;
let sent: { name: string; payload: unknown }[];

beforeEach(async () => {
  world = await makeWorld();
  const { clock, database } = world;
  dispatcher = new SequenceDispatcher({ observer: 'Observer', clock, database });
  row = { running_sequence_id: 0, running_command_id: 0 };
  sent = [];
});

afterEach(() => world.close());

/** One look of the Majordome. */
async function look(): Promise<void> {
  const change = await dispatcher.step({ ...row }, true);
  if (!change) return;
  const changed = await observingTools(world).transact((work) => {
    const send = async (recipient: string, order: Order) => {
      sent.push({ name: order.name, payload: order.payload });
      return await work.send(recipient, order);
    };
    return change({ ...work, send });
  });
  row = { ...row, ...changed };
}

async function anAlert(changes: Partial<Sequence> = {}): Promise<number> {
  const id = await submit(world, { name: 'A burst', priority: 1, ...changes }, true);
  await moveStatus(world, id, 'PLANNED');
  return id;
}

async function replaceInterrupts(): Promise<void> {
  await world.database.transaction(async (work) => {
    const tables = work.tables<{ request: { interrupts: string } }>();
    await tables.updateTable('request').set({ interrupts: 'readout' }).execute();
  });
}

describe('a slot whose start was missed (F45)', () => {
  test('goes back to the planner with the reason, and is not begun', async () => {
    const id = await submitPlanned(world);
    await scheduleNow(world, id, { startMs: world.clock.now() - 20 * MINUTE_MS });
    await look();
    expect(await statusOf(world, id)).toBe('TOBEPLANNED');
    expect(await told(world, 'SequenceRequeued')).toMatchObject([
      {
        sequenceId: id,
        failures: 0,
        reason: expect.stringMatching(/^SKIPPED \(late\): .* 20 min/),
      },
    ]);
    expect(sent).toEqual([]);
  });

  test('is told even when it is over', async () => {
    const id = await submitPlanned(world);
    const endMs = world.clock.now() - MINUTE_MS;
    await scheduleNow(world, id, { startMs: endMs - 20 * MINUTE_MS, endMs });
    await look();
    expect(await statusOf(world, id)).toBe('TOBEPLANNED');
  });

  test('is skipped once: a plan that is late again is followed', async () => {
    const id = await submitPlanned(world);
    const late = { startMs: world.clock.now() - 20 * MINUTE_MS };
    await scheduleNow(world, id, late);
    await look();
    await moveStatus(world, id, 'PLANNED');
    await scheduleNow(world, id, late);
    await look();
    expect(sent.map(({ name }) => name)).toEqual(['run_sequence']);
  });

  test('does not keep an alert waiting', async () => {
    const id = await anAlert();
    await scheduleNow(world, id, { startMs: world.clock.now() - 20 * MINUTE_MS });
    await look();
    expect(sent).toMatchObject([{ name: 'run_sequence', payload: { sequenceId: id } }]);
  });
});

describe('what runs', () => {
  beforeEach(async () => {
    const id = await submitPlanned(world);
    await scheduleNow(world, id);
    await look();
  });

  test('is stopped when its request is deleted (F44)', async () => {
    await world.database.transaction(async (work) => {
      const tables = work.tables<{ sequence: { id: number } }>();
      await tables.deleteFrom('sequence').where('id', '=', row.running_sequence_id).execute();
    });
    await look();
    expect(sent.at(-1)).toEqual({
      name: 'abort',
      payload: { reason: 'it was withdrawn', exposures: 'discard' },
    });
    expect(row.running_sequence_id).toBe(0);
  });

  test('yields to an alert before it has begun', async () => {
    const id = await anAlert();
    await scheduleNow(world, id);
    await look();
    expect(row.running_sequence_id).toBe(id);
  });

  test('yields to no second alert that is less urgent, although it has not begun', async () => {
    const first = await anAlert({ priority: 1 });
    await scheduleNow(world, first);
    await look();
    await scheduleNow(world, await anAlert({ priority: 2 }));
    await look();
    expect(row.running_sequence_id).toBe(first);
  });

  test.each(['discard', 'readout'])(
    'is interrupted as the request of the alert says: %s',
    async (exposures) => {
      const id = await anAlert();
      if (exposures === 'readout') await replaceInterrupts();
      await scheduleNow(world, id);
      await look();
      expect(sent.at(-2)).toMatchObject({ name: 'abort', payload: { exposures } });
    },
  );
});

describe('from the decision to the slew of the alert', () => {
  /** Where the alert is: well away from what runs. */
  const burst = { ...HIGH_TARGET, name: 'Burst', raDeg: 0, decDeg: 30 };

  async function mountNow(): Promise<TelescopeStatus> {
    const [mount] = world.unit.mounts;
    if (!mount) throw new Error('no mount');
    const deps = { clock: world.clock, links: world.network.link };
    return await openTelescope(mount, deps).status();
  }

  test.each([
    ['both channels exposing', 'discard', null],
    ['both channels exposing, to be read out', 'readout', null],
    ['a camera that says nothing any more', 'discard', 'silent'],
    ['a camera that says nothing any more, to be read out', 'readout', 'silent'],
  ] as const)('it takes 2 s at most with %s', async (_, rule, trouble) => {
    const safety = fakeSafety(world);
    const die = live(makeObserver(world));
    await openTheDome(world);
    const long = { images: 1, exposureSeconds: 300 };
    const albums = [album('VIS', 'r', long), album('NIR', 'J', long)];
    await scheduleNow(world, await submitPlanned(world, { albums }));
    await look();
    await untilTold(world, 'ExposureStarted');
    await world.pass(60);
    const [, nir] = world.unit.channels;
    if (trouble && nir) await saySim(world, nir, `SIM SET ${trouble}`);
    await scheduleNow(world, await anAlert({ target: burst }));
    if (rule === 'readout') await replaceInterrupts();
    await look();
    expect(await told(world, 'SequencePreempted')).toHaveLength(1);
    const decided = iso(world.clock.now());
    await world.pass(2);
    expect((await mountNow()).motion, `decided at ${decided}`).toBe('slewing');
    expect((await told(world, 'SlewStarted')).at(-1)).toMatchObject({ raDeg: 0, decDeg: 30 });
    const ended = await imagesOfNight(world.database, '2026-10-12');
    expect(ended.map((image) => image.state)).toEqual(['ABORTED', 'ABORTED']);
    safety.stop();
    await die();
  });

  test('what it keeps of the interrupted one says where that looked, not where the alert is', async () => {
    const safety = fakeSafety(world);
    const die = live(makeObserver(world));
    await openTheDome(world);
    await scheduleNow(world, await submitPlanned(world));
    await look();
    await untilTold(world, 'ExposureStarted');
    await world.pass(5);
    const near = { ...HIGH_TARGET, name: 'Near', decDeg: HIGH_TARGET.decDeg + 2 };
    await scheduleNow(world, await anAlert({ target: near }));
    await replaceInterrupts();
    await look();
    await world.pass(40);
    const kept = (await imagesOfNight(world.database, '2026-10-12')).filter(
      (one) => one.state === 'ABORTED',
    );
    expect(kept).toHaveLength(2);
    for (const { path } of kept) {
      const { cards } = readHeader(readFileSync(join(world.dataFolder, path)));
      expect(cards.find(({ keyword }) => keyword === 'DEC')?.value).toBeCloseTo(
        HIGH_TARGET.decDeg,
        3,
      );
    }
    safety.stop();
    await die();
  });
});
