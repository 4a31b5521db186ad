import { describe, expect, it } from 'vitest';
import { openPlc } from '../registry.ts';
import { EMPTY_SCENARIO, type PlcEvent } from '../scenario.ts';
import { NIGHT_MS, virtualSimulators } from '../virtual-simulators.ts';
import type { PlcFrame } from './plc.ts';

function bench(events: readonly PlcEvent[] = []) {
  const { unit, clock, network, simulators, pass } = virtualSimulators({
    ...EMPTY_SCENARIO,
    plc: events,
  });
  const plc = openPlc(unit.plc, { clock, links: network.link });
  const endpoint = simulators.plc?.endpoint;
  if (!endpoint) throw new Error('the simulated unit has a PLC');
  return { plc, endpoint, limits: unit.plc.limits, now: () => clock.now(), pass };
}

function read(frame: PlcFrame, device: string, value: string): number | string | undefined {
  const found = frame.device.find(({ name }) => name === device);
  return found?.values.find(({ name }) => name === value)?.value;
}

const rain = (value: number, when: PlcEvent['when']): PlcEvent => ({
  when,
  device: 'WXT520',
  value: { name: 'RainRate', value },
});

describe('the simulated PLC', () => {
  it('reports the devices of the guide, all valid', async () => {
    const { device } = await bench().plc.status();
    const names = ['WXT520', 'DRD11', 'VantagePro', 'MLX90614-1', 'LAMP_FLAT_CAGIRE'];
    expect(device.map(({ name }) => name)).toEqual([...names, 'OBSERVATORY']);
    expect(device.every(({ valid }) => valid === 'yes')).toBe(true);
  });

  it('stays inside every limit of the unit file for two days', async () => {
    const { plc, limits, pass } = bench();
    for (let hour = 0; hour < 48; hour++) {
      const frame = await plc.status();
      for (const { sensors, bad, limit } of limits) {
        for (const { device, value, gain, offset } of sensors) {
          const given = gain * Number(read(frame, device, value)) + offset;
          expect(bad === 'above' ? limit - given : given - limit).toBeGreaterThan(0);
        }
      }
      await pass(3600);
    }
  });

  it('drifts slowly', async () => {
    const { plc, pass } = bench();
    const before = Number(read(await plc.status(), 'WXT520', 'OutsideTemp'));
    await pass(60);
    const soon = Number(read(await plc.status(), 'WXT520', 'OutsideTemp'));
    await pass(6 * 3600);
    const later = Number(read(await plc.status(), 'WXT520', 'OutsideTemp'));
    expect(Math.abs(soon - before)).toBeLessThan(0.2);
    expect(Math.abs(later - before)).toBeGreaterThan(0.5);
  });

  it('rains from the third answer to the sixth, as in the guide’s scenario', async () => {
    const { plc } = bench([rain(12, { iteration: 3 }), rain(0, { iteration: 7 })]);
    const rates = [];
    for (let i = 0; i < 8; i++) rates.push(read(await plc.status(), 'WXT520', 'RainRate'));
    expect(rates).toEqual([0, 0, 12, 12, 12, 12, 0, 0]);
  });

  it('rains from an instant on', async () => {
    const { plc, pass } = bench([rain(5, { atMs: NIGHT_MS + 60_000 })]);
    await pass(59);
    expect(read(await plc.status(), 'WXT520', 'RainRate')).toBe(0);
    await pass(1);
    expect(read(await plc.status(), 'WXT520', 'RainRate')).toBe(5);
  });

  it('has a rain detector that agrees with the stations', async () => {
    const { plc } = bench([rain(5, { iteration: 2 })]);
    const dry = await plc.status();
    expect(read(dry, 'DRD11', 'digital')).toBe(1);
    expect(read(dry, 'DRD11', 'analog')).toBeGreaterThan(2.5);
    const wet = await plc.status();
    expect(read(wet, 'DRD11', 'digital')).toBe(0);
    expect(read(wet, 'DRD11', 'analog')).toBeLessThan(2.5);
  });

  it('lets a scenario make the rain detector disagree', async () => {
    const broken = { name: 'digital', value: 0 };
    const { plc } = bench([{ when: { iteration: 1 }, device: 'DRD11', value: broken }]);
    expect(read(await plc.status(), 'DRD11', 'digital')).toBe(0);
  });

  it('echoes the bypass in its next frame', async () => {
    const { plc, endpoint } = bench();
    expect(read(await plc.status(), 'OBSERVATORY', 'Bypass')).toBe(0);
    const { text } = await endpoint.handle('{"command":[{"name":"BYPASS","value":1}]}');
    expect(JSON.parse(text)).toEqual([{ name: 'BYPASS', value: 1 }]);
    expect(read(await plc.status(), 'OBSERVATORY', 'Bypass')).toBe(1);
  });

  it.each([
    '{"command":[{"name":"DANCE"}]}',
    '{"command":[{"name":"BYPASS","value":2}]}',
    '{"command":[]}',
    '{"order":1}',
    'STATUS',
  ])('answers %s with an error', async (request) => {
    const answer = JSON.parse((await bench().endpoint.handle(request)).text);
    expect(answer).toEqual([{ name: 'ERROR', comment: expect.any(String) }]);
  });

  it('refuses a scenario that names what it does not have', () => {
    const unknown = { when: { iteration: 1 }, device: 'WXT520', value: { name: 'Hail', value: 1 } };
    const wrongType = {
      when: { iteration: 1 },
      device: 'OBSERVATORY',
      value: { name: 'Mode', value: 1 },
    };
    expect(() => bench([unknown, wrongType])).toThrow(
      'The PLC has no value WXT520.Hail. OBSERVATORY.Mode must be a string.',
    );
  });
});
