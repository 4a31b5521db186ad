import { describe, expect, it } from 'vitest';
import { openDome } from './registry.ts';
import { servedBench, WIRES } from './served-simulators.ts';
import { SimulatorHand } from './simulator-hand.ts';
import { simulatorPlaces } from './simulator-places.ts';

async function bench(wire: (typeof WIRES)[number]) {
  const served = await servedBench(wire);
  const hand = (name: string) => {
    const place = simulatorPlaces(served.unit).find((one) => one.name === name);
    if (!place) throw new RangeError(`no place ${name}`);
    return new SimulatorHand(name, { ...served.at(name, place), links: served.deps.links });
  };
  return { ...served, hand };
}

describe.each(WIRES)('the hand on simulators over %s', (wire) => {
  it('lists the faults that a simulator knows and has', async () => {
    const { hand } = await bench(wire);
    const { known, active } = await hand('dome').list();
    expect(active).toEqual([]);
    expect(known.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['deaf-shutter', 'brown-out', 'silent', 'refuse-connections']),
    );
    expect(known.find(({ name }) => name === 'brown-out')).toMatchObject({ usualAmount: 30 });
  });

  it.each(['dome', 'plc'])('sets and clears faults of the %s', async (name) => {
    const { hand } = await bench(wire);
    const one = hand(name);
    expect(await one.set('silent')).toEqual([{ name: 'silent', amount: null }]);
    await one.set('garbage');
    expect(await one.clear('silent')).toEqual([{ name: 'garbage', amount: null }]);
    expect(await one.clear()).toEqual([]);
  });

  it('gives a fault its amount', async () => {
    const { hand } = await bench(wire);
    expect(await hand('mount').set('pointing-error', 45)).toEqual([
      { name: 'pointing-error', amount: 45 },
    ]);
  });

  it.each(['dome', 'plc'])('says which faults the %s knows instead', async (name) => {
    const { hand } = await bench(wire);
    await expect(hand(name).set('hiccups')).rejects.toMatchObject({
      code: 'FAULT_UNKNOWN',
      message: expect.stringContaining('silent'),
    });
  });

  it('sets a value of the PLC by hand', async () => {
    const { hand, simulators } = await bench(wire);
    await hand('plc').value('WXT520', 'RainRate', 7);
    const { text } = await simulators.plc.endpoint.handle('{"command":[{"name":"STATUS"}]}');
    expect(text).toContain('"name":"RainRate","value":7');
    await expect(hand('plc').value('WXT520', 'Hail', 7)).rejects.toMatchObject({
      code: 'VALUE_UNKNOWN',
    });
  });

  it('reaches a simulator that keeps silent for everybody else', async () => {
    const { hand, unit, deps, at } = await bench(wire);
    await hand('dome').set('refuse-connections');
    await hand('dome').clear();
    const dome = openDome(at('dome', unit.dome), deps);
    expect((await dome.status()).shutter).toBe('closed');
  });
});

describe('the hand on what is no simulator', () => {
  it('says so', async () => {
    const { network, unit } = await servedBench('memory');
    network.serve(unit.dome.address, {
      handle: async () => ({ text: 'ERR UNKNOWN_REQUEST "SIM LIST" is none of mine.' }),
    });
    const place = { address: unit.dome.address, wire: 'lines', links: network.link } as const;
    const hand = new SimulatorHand('dome', place);
    await expect(hand.list()).rejects.toMatchObject({ code: 'NO_SIMULATOR' });
  });
});
