import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { appendFact, type Work } from '#agent';
import { openDome, type ShutterState } from '#devices';
import { PyrosError } from '#platform';
import { allFacts, makeWorld, told, type World } from '#testing';
import { AlarmBook } from './alarm-book.ts';
import { DomeKeeper, type DomeKeeperParts } from './dome-keeper.ts';
import { readDeviceStatuses } from './execution-store.ts';

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});
afterEach(() => world.close());

function domeOf() {
  return openDome(world.unit.dome, { clock: world.clock, links: world.network.link });
}

const transact: DomeKeeperParts['transact'] = (work) =>
  world.database.transaction((transaction) => {
    const atMs = world.clock.now();
    const fact: Work['fact'] = (type, payload) =>
      appendFact(transaction, { atMs, agent: 'Majordome', type, payload });
    return work({ ...transaction, fact, send: async () => 0 });
  });

function keeper(lastShutter = '', changes: Partial<DomeKeeperParts> = {}): DomeKeeper {
  return new DomeKeeper({
    dome: domeOf(),
    spec: world.unit.dome,
    clock: world.clock,
    name: 'Majordome',
    lastShutter,
    byHandUntilMs: null,
    transact,
    alarms: new AlarmBook({ clock: world.clock, transact }),
    ...changes,
  });
}

const WHY = { reason: 'rain', isParked: false };

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
      await one.close(await one.look(), WHY);
      await world.pass(2);
    }
    const closings = (await types()).filter((type) => type.startsWith('DomeClos'));
    expect(closings).toEqual(['DomeClosing', 'DomeClosed']);
  });

  test('of a closed dome asks and tells nothing', async () => {
    const one = keeper();
    await one.close(await one.look(), WHY);
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

/** A dome that does only what the test says. */
function puppet(shutter: ShutterState) {
  const orders: string[] = [];
  const state = { shutter, permitSeconds: 100, silent: false, refuses: false };
  const order = (name: string) => async () => {
    orders.push(name);
    if (state.refuses) throw new PyrosError('DEVICE_REFUSED', 'it is stuck');
  };
  const dome = {
    ...domeOf(),
    status: async () => {
      if (state.silent) throw new PyrosError('DEVICE_UNREACHABLE', 'no answer');
      const { shutter: now, permitSeconds } = state;
      const rest = { azimuthDeg: 0, rotating: false, homing: false };
      return { shutter: now, permitSeconds, ...rest, atMs: world.clock.now() };
    },
    open: order('open'),
    close: order('close'),
    home: order('home'),
  };
  return { dome, state, orders };
}

/** Closes for so many seconds, as the Majordome does. */
async function closeFor(one: DomeKeeper, seconds: number, why = WHY): Promise<boolean> {
  let waits = false;
  for (let i = 0; i < seconds; i += 2) {
    const look = await one.look();
    waits = await one.close(look, why);
    await one.warn(look);
    await world.pass(2);
  }
  return waits;
}

describe('a dome that does not close', () => {
  test('is told again and again, sent home, and told of as CRITICAL every minute (F12)', async () => {
    const { dome, orders } = puppet('open');
    const one = keeper('open', { dome });
    await closeFor(one, 180);
    expect(orders.filter((name) => name === 'close').length).toBeGreaterThan(80);
    expect(orders).toContain('home');
    expect(one.obeys).toBe(false);
    const alarms = await told(world, 'AlarmRaised');
    expect(alarms.map(({ count }) => count)).toEqual([1, 2, 3]);
    expect(alarms[0]).toMatchObject({ key: 'dome-closing', severity: 'CRITICAL' });
    expect(await told(world, 'DomeClosing')).toHaveLength(1);
  });

  test('and then does is told of as over', async () => {
    const { dome, state } = puppet('open');
    const one = keeper('open', { dome });
    await closeFor(one, 90);
    state.shutter = 'closing';
    await closeFor(one, 40);
    state.shutter = 'closed';
    await closeFor(one, 60);
    expect(await told(world, 'AlarmCleared')).toMatchObject([{ key: 'dome-closing' }]);
    expect(one.isClosed && one.obeys).toBe(true);
  });

  test('because it stopped half way is told to go on (F14)', async () => {
    const { dome, state, orders } = puppet('closing');
    const one = keeper('open', { dome });
    await closeFor(one, 10);
    state.shutter = 'intermediate';
    orders.length = 0;
    await closeFor(one, 10);
    expect(orders).toEqual(['close', 'close', 'close', 'close', 'close']);
  });

  test('because it is silent is told all the same', async () => {
    const { dome, state, orders } = puppet('open');
    const one = keeper('open', { dome });
    await one.look();
    state.silent = true;
    await closeFor(one, 20);
    expect(orders).toContain('close');
    expect(one.obeys).toBe(false);
    expect(one.isClosed).toBe(false);
  });
});

describe('a roof that the telescope may be in the way of (F15)', () => {
  const roof = (thenClose: boolean) => ({
    ...world.unit.dome,
    parkFirst: { deadlineSeconds: 60, thenClose },
  });
  const parking = { reason: 'rain', isParked: false };

  test('waits for the park, and closes once it is proved', async () => {
    const { dome, orders } = puppet('open');
    const one = keeper('open', { dome, spec: roof(true) });
    expect(await closeFor(one, 30, parking)).toBe(true);
    expect(orders).toEqual([]);
    await closeFor(one, 2, { reason: 'rain', isParked: true });
    expect(orders).toEqual(['close']);
  });

  test('closes all the same after the deadline, where the unit says so', async () => {
    const { dome, orders } = puppet('open');
    const one = keeper('open', { dome, spec: roof(true) });
    expect(await closeFor(one, 70, parking)).toBe(false);
    expect(orders).toContain('close');
  });

  test('or holds, and is told of as CRITICAL', async () => {
    const { dome, orders } = puppet('open');
    const one = keeper('open', { dome, spec: roof(false) });
    expect(await closeFor(one, 200, parking)).toBe(true);
    expect(orders).toEqual([]);
    expect((await told(world, 'AlarmRaised'))[0]?.sentence).toContain('waits for the mount');
  });
});

describe('a dome that somebody shut by hand (F20)', () => {
  async function shut() {
    const { dome, state, orders } = puppet('open');
    const one = keeper('open', { dome });
    await one.look();
    state.shutter = 'closing';
    await one.look();
    state.shutter = 'closed';
    const look = await one.look();
    return { one, look, orders };
  }

  test('is left alone for ten minutes, and says so', async () => {
    const { one, look, orders } = await shut();
    await one.open(look, -20);
    expect(orders).toEqual([]);
    const sentence = 'the dome was closed by hand';
    expect(one.trouble(look)).toMatchObject([{ kind: 'person', key: 'dome', sentence }]);
    await world.pass(601);
    await one.open(await one.look(), -20);
    expect(orders).toEqual(['open']);
  });

  test('was not, when somebody of the unit told that it closes', async () => {
    const { one, look, orders } = await shut();
    one.closedBy('Guardian');
    await one.open(look, -20);
    expect(orders).toEqual(['open']);
  });
});

test('a dome that refuses to open is told why, and asked again later only', async () => {
  const { dome, state, orders } = puppet('closed');
  state.refuses = true;
  const one = keeper('closed', { dome });
  for (let i = 0; i < 10; i++) {
    await one.open(await one.look(), -20);
    await world.pass(2);
  }
  expect(orders).toEqual(['open']);
  expect(one.trouble(await one.look())[0]?.sentence).toContain('it is stuck');
  expect(await told(world, 'DomeOpening')).toHaveLength(1);
});

test('a dome without a permit says that the guardian gives none', async () => {
  const { dome, state } = puppet('closed');
  state.permitSeconds = 0;
  const one = keeper('closed', { dome });
  expect(one.trouble(await one.look())).toMatchObject([{ kind: 'hardware', key: 'permit' }]);
});
