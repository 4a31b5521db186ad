import type { FastifyInstance } from 'fastify';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openDome, openPlc, SimulatorHand } from '#devices';
import { dashboardServer, makeWorld, TEST_KEY, tempFolder, type World } from '#testing';
import type { Unit } from '#unit';
import type { SimulatorPage } from './simulator-page.ts';
import { SimulatorStore } from './simulator-store.ts';

let world: World;
let server: FastifyInstance;

async function serve(unit: Unit): Promise<void> {
  const { clock, database, network } = world;
  const links = network.link;
  const simulators = new SimulatorStore({
    unit,
    clock,
    plc: openPlc(unit.plc, { clock, links }),
    handOf: ({ alias, address, wire }) => new SimulatorHand(alias, { address, wire, links }),
  });
  ({ server } = await dashboardServer({ database, clock, folder: tempFolder(), simulators }));
  onTestFinished(() => server.close());
}

beforeEach(async () => {
  world = await makeWorld();
  onTestFinished(() => world.close());
  await serve(world.unit);
});

/** Answers go over simulated wires, which live on virtual time. */
async function answered<T>(asked: Promise<T>): Promise<T> {
  let isOver = false;
  void asked.then(() => (isOver = true));
  for (let i = 0; i < 60 && !isOver; i++) await world.pass(1);
  return await asked;
}

const post = (url: string, payload: object, key = TEST_KEY) => {
  const headers = { host: 'localhost:8000', 'x-pyros-operator-key': key };
  return answered(Promise.resolve(server.inject({ method: 'POST', url, payload, headers })));
};

async function page(): Promise<SimulatorPage> {
  const asked = server.inject({ method: 'GET', url: '/api/simulators' });
  return (await answered(Promise.resolve(asked))).json<SimulatorPage>();
}

const device = async (name: string) => (await page()).devices.find((one) => one.name === name);

const rain = { device: 'WXT520', name: 'RainRate', value: 12 };

describe('the simulators', () => {
  it('tell their faults, each with its description', async () => {
    const { devices } = await page();
    expect(devices.map(({ name }) => name).slice(0, 3)).toEqual(['mount', 'dome', 'plc']);
    for (const { trouble, faults } of devices) {
      expect(trouble).toBeNull();
      expect(faults.map(({ name }) => name)).toContain('silent');
      expect(faults.every(({ description, active }) => description !== '' && !active)).toBe(true);
    }
  });

  it('take a fault, show it, and give it back', async () => {
    const set = await post('/api/simulators/dome/faults', { name: 'deaf' });
    expect([set.statusCode, set.json()]).toEqual([200, { sentence: 'dome: deaf is set.' }]);
    const active = async () =>
      (await device('dome'))?.faults.filter((one) => one.active).map(({ name }) => name);
    expect(await active()).toEqual(['deaf']);
    await post('/api/simulators/dome/clear', {});
    expect(await active()).toEqual([]);
  });

  it('take a fault with its amount', async () => {
    await post('/api/simulators/plc/faults', { name: 'clock-ahead', amount: 90 });
    const found = (await device('plc'))?.faults.find(({ name }) => name === 'clock-ahead');
    expect(found).toMatchObject({ active: true, amount: 90 });
  });

  it('take a value of the PLC by hand, as agents then read it, until it is given back', async () => {
    const { clock, network, unit } = world;
    const plc = openPlc(unit.plc, { clock, links: network.link });
    const read = async () => {
      const frame = await answered(plc.status());
      const station = frame.device.find(({ name }) => name === 'WXT520');
      return station?.values.find(({ name }) => name === 'RainRate')?.value;
    };
    expect((await post('/api/simulators/plc/values', rain)).statusCode).toBe(200);
    expect(await read()).toBe(12);
    const shown = async () => (await page()).values.find(({ name }) => name === 'RainRate');
    expect(await shown()).toMatchObject({ value: 12, byHand: true });
    await post('/api/simulators/plc/values', { ...rain, value: 'auto' });
    expect(await read()).toBe(0);
    expect(await shown()).toMatchObject({ value: 0, byHand: false });
  });

  it('refuse what they do not know, with what they do know', async () => {
    const { statusCode, body } = await post('/api/simulators/dome/faults', { name: 'tired' });
    expect([statusCode, JSON.parse(body).code]).toEqual([422, 'FAULT_UNKNOWN']);
    const value = await post('/api/simulators/plc/values', { ...rain, name: 'Snow' });
    expect([value.statusCode, value.json().code]).toEqual([422, 'VALUE_UNKNOWN']);
  });

  it.each([
    ['two words', { name: 'deaf CLEAR' }],
    ['two lines', { name: 'deaf\nDO OPEN' }],
    ['no name', {}],
    ['an amount that is none', { name: 'deaf', amount: 'much' }],
    ['more than it knows', { name: 'deaf', force: true }],
  ])('never hear a fault of %s', async (_what, body) => {
    const { statusCode, json } = await post('/api/simulators/dome/faults', body);
    expect([statusCode, json().code]).toEqual([422, 'BAD_REQUEST']);
  });

  it('are driven by nobody without the key', async () => {
    expect((await post('/api/simulators/plc/values', rain, 'wrong')).statusCode).toBe(403);
    const { values } = await page();
    expect(values.find(({ name }) => name === 'RainRate')?.value).toBe(0);
  });
});

describe('a device that is not simulated', () => {
  it('is neither shown nor driven, even where a simulator answers in its place', async () => {
    await serve({ ...world.unit, dome: { ...world.unit.dome, control: 'full' } });
    expect((await page()).devices.map(({ name }) => name)).not.toContain('dome');
    const { statusCode, body } = await post('/api/simulators/dome/faults', { name: 'deaf' });
    expect([statusCode, JSON.parse(body).code]).toEqual([422, 'NOT_SIMULATED']);
    const { clock, network, unit } = world;
    const dome = openDome(unit.dome, { clock, links: network.link });
    expect((await answered(dome.status())).shutter).toBe('closed');
    const hand = new SimulatorHand('dome', {
      address: unit.dome.address,
      wire: 'lines',
      links: network.link,
    });
    expect((await answered(hand.list())).active).toEqual([]);
  });
});
