import { describe, expect, it } from 'vitest';
import { openDome, openPlc } from '../registry.ts';
import { servedBench, WIRES } from '../served-simulators.ts';

const ENDS: readonly (readonly [fault: string, code: string])[] = [
  ['cut', 'DEVICE_UNREACHABLE'],
  ['refuse-connections', 'DEVICE_UNREACHABLE'],
  ['garbage', 'DEVICE_GARBLED'],
  ['flood', 'DEVICE_GARBLED'],
];

async function bench(wire: (typeof WIRES)[number]) {
  const served = await servedBench(wire);
  const { unit, deps, at, simulators, clock } = served;
  const dome = openDome(at('dome', unit.dome), deps);
  const plc = openPlc(at('plc', unit.plc), deps);
  /** Lets the clock run once the request has gone out and nothing came back. */
  const inTime = async (work: Promise<unknown>) => {
    const ended = work.then(
      () => 'answered',
      (error: unknown) => error,
    );
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
    await clock.run(clock.now() + 6000);
    return await ended;
  };
  return {
    dome,
    plc,
    inTime,
    domeFaults: simulators.dome.faults,
    plcFaults: simulators.plc.faults,
  };
}

describe.each(WIRES)('over %s a wire', (wire) => {
  it.each(ENDS)('under "%s" ends in %s, and works again afterwards', async (fault, code) => {
    const { dome, plc, domeFaults, plcFaults } = await bench(wire);
    domeFaults.set(fault);
    plcFaults.set(fault);
    await expect(dome.status()).rejects.toMatchObject({ code });
    await expect(plc.status()).rejects.toMatchObject({ code });
    domeFaults.clear();
    plcFaults.clear();
    expect((await dome.status()).shutter).toBe('closed');
    expect((await plc.status()).name).toBe('STATUS');
  });

  it.each(['silent', 'partial', 'trickle'])(
    'under "%s" is given up after the time-out of its link',
    async (fault) => {
      const { dome, domeFaults, inTime } = await bench(wire);
      domeFaults.set(fault);
      expect(await inTime(dome.status())).toMatchObject({
        code: 'DEVICE_UNREACHABLE',
        message: expect.stringContaining('no answer within 5 s'),
      });
      domeFaults.clear();
      expect((await dome.status()).shutter).toBe('closed');
    },
  );

  it('that says all twice is understood once', async () => {
    const { dome, domeFaults } = await bench(wire);
    domeFaults.set('duplicate');
    expect((await dome.status()).shutter).toBe('closed');
    domeFaults.clear();
    expect((await dome.status()).shutter).toBe('closed');
  });

  it('that is deaf tells its status, says yes, and does nothing', async () => {
    const { dome, plc, domeFaults, plcFaults } = await bench(wire);
    domeFaults.set('deaf');
    plcFaults.set('deaf');
    await dome.turn(90);
    await plc.bypass(true);
    expect((await dome.status()).rotating).toBe(false);
    const site = (await plc.status()).device.find(({ name }) => name === 'OBSERVATORY');
    expect(site?.values).toContainEqual(expect.objectContaining({ name: 'Bypass', value: 0 }));
  });

  it('that is cut before its answer has done what was asked', async () => {
    const { dome, domeFaults } = await bench(wire);
    domeFaults.set('cut');
    await expect(dome.turn(90)).rejects.toMatchObject({ code: 'DEVICE_UNREACHABLE' });
    domeFaults.clear();
    expect((await dome.status()).rotating).toBe(true);
  });

  it('that lets nobody in does nothing of what was asked', async () => {
    const { dome, domeFaults } = await bench(wire);
    domeFaults.set('refuse-connections');
    await expect(dome.turn(90)).rejects.toMatchObject({ code: 'DEVICE_UNREACHABLE' });
    domeFaults.clear();
    expect((await dome.status()).rotating).toBe(false);
  });
});
