import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { appendFact, type Work } from '#agent';
import { openDome } from '#devices';
import { allFacts, makeWorld, told, type World } from '#testing';
import { DomeKeeper } from './dome-keeper.ts';
import { readDeviceStatuses } from './execution-store.ts';

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});
afterEach(() => world.close());

function domeOf() {
  return openDome(world.unit.dome, { clock: world.clock, links: world.network.link });
}

function keeper(lastShutter = ''): DomeKeeper {
  return new DomeKeeper({
    dome: domeOf(),
    clock: world.clock,
    name: 'Majordome',
    lastShutter,
    transact: (work) =>
      world.database.transaction((transaction) => {
        const atMs = world.clock.now();
        const fact: Work['fact'] = (type, payload) =>
          appendFact(transaction, { atMs, agent: 'Majordome', type, payload });
        return work({ ...transaction, fact, send: async () => 0 });
      }),
  });
}

async function types(): Promise<string[]> {
  return (await allFacts(world)).map((fact) => fact.type);
}

describe('opening', () => {
  test('is not even asked without the permit of the guardian', async () => {
    const one = keeper();
    await one.open(await one.look(), -5);
    expect(await types()).toEqual([]);
    expect((await domeOf().status()).shutter).toBe('closed');
  });

  test('is not asked of a dome that does not answer', async () => {
    world.network.unplug(world.unit.dome.address);
    const one = keeper();
    expect(await one.look()).toBeNull();
    await one.open(null, -5);
    expect(await types()).toEqual([]);
  });

  test('is told once with the elevation of the Sun, and its end once', async () => {
    await domeOf().permit(1000);
    const one = keeper();
    for (let i = 0; i < 30; i++) {
      await one.open(await one.look(), -5.123);
      await world.pass(2);
    }
    expect(await types()).toEqual(['DomeOpening', 'DomeOpened']);
    expect(await told(world, 'DomeOpening')).toMatchObject([{ sunAltDeg: -5.12 }]);
  });
});

describe('closing', () => {
  test('is ordered until it shows, and told once', async () => {
    await domeOf().permit(1000);
    const one = keeper('closed');
    await one.open(await one.look(), -5);
    await world.pass(60);
    for (let i = 0; i < 30; i++) {
      await one.close(await one.look(), 'rain');
      await world.pass(2);
    }
    const closings = (await types()).filter((type) => type.startsWith('DomeClos'));
    expect(closings).toEqual(['DomeClosing', 'DomeClosed']);
  });

  test('of a closed dome asks and tells nothing', async () => {
    const one = keeper();
    await one.close(await one.look(), 'rain');
    expect(await types()).toEqual([]);
  });
});

test('the next keeper tells what happened between two lives', async () => {
  await domeOf().permit(1000);
  await domeOf().open();
  await world.pass(60);
  await keeper('closed').look();
  expect(await types()).toEqual(['DomeOpened']);
});

test('the next keeper does not tell again what was told', async () => {
  await keeper('closed').look();
  expect(await types()).toEqual([]);
});

test('the dome’s last word is kept and refreshed', async () => {
  const one = keeper();
  await one.look();
  const first = (await readDeviceStatuses(world.database)).get('dome');
  expect(first?.status).toMatchObject({ shutter: 'closed' });
  await world.pass(10);
  await one.look();
  const second = (await readDeviceStatuses(world.database)).get('dome');
  expect(second?.updated).not.toBe(first?.updated);
});
