import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { iso } from '#platform';
import { makeWorld, observingTools, type World } from '#testing';
import { DeviceKeeper } from './device-keeper.ts';
import { readDeviceStatuses } from './execution-store.ts';

let world: World;
let answers: boolean;

beforeEach(async () => {
  world = await makeWorld();
  answers = true;
});

afterEach(() => world.close());

function notes(): DeviceKeeper {
  const ask = async () => {
    if (!answers) throw new Error('no answer');
    return { atMs: world.clock.now(), motion: 'tracking' };
  };
  return new DeviceKeeper(observingTools(world), [
    { name: 'mount', maintained: '2026-05-01', ask },
  ]);
}

async function row() {
  return (await readDeviceStatuses(world.database)).get('mount');
}

describe('a device that answers', () => {
  test('is connected since it first did, with its last maintenance (R-276, R-278, R-283)', async () => {
    const since = iso(world.clock.now());
    const kept = notes();
    await kept.note();
    await world.pass(6);
    await kept.note();
    expect((await row())?.status).toMatchObject({
      connected: true,
      connectedSince: since,
      lastConnection: iso(world.clock.now()),
      error: null,
      motion: 'tracking',
      maintained: '2026-05-01',
    });
  });

  test('stays connected over a new life of the observer', async () => {
    await notes().note();
    const before = (await row())?.status.connectedSince;
    await world.pass(6);
    await notes().note();
    expect((await row())?.status.connectedSince).toBe(before);
  });
});

describe('a device that stops answering', () => {
  test('is not connected, with the reason, and its row keeps its last status and ages', async () => {
    const kept = notes();
    await kept.note();
    const last = iso(world.clock.now());
    await world.pass(6);
    answers = false;
    await kept.note();
    expect(await row()).toMatchObject({
      updated: last,
      status: { connected: false, error: 'no answer', lastConnection: last, motion: 'tracking' },
    });
  });

  test('is named once', async () => {
    const kept = notes();
    await kept.note();
    answers = false;
    expect(await kept.note()).toEqual(['mount: no answer']);
    expect(await kept.note()).toEqual([]);
  });

  test('is connected anew when it is back', async () => {
    const kept = notes();
    await kept.note();
    answers = false;
    await kept.note();
    await world.pass(60);
    answers = true;
    await kept.note();
    expect((await row())?.status).toMatchObject({ connectedSince: iso(world.clock.now()) });
  });
});
