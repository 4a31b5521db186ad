import { describe, expect, it } from 'vitest';
import { openPlc } from '../registry.ts';
import { virtualSimulators } from '../virtual-simulators.ts';
import type { PlcFrame, PlcValue } from './plc.ts';

function bench() {
  const { unit, clock, network, simulators, pass } = virtualSimulators();
  const plc = openPlc(unit.plc, { clock, links: network.link });
  const { faults } = simulators.plc;
  return { plc, faults, clock, pass, simulator: simulators.plc };
}

function found(frame: PlcFrame, device: string, value: string): PlcValue | undefined {
  const values = frame.device.find(({ name }) => name === device)?.values;
  return values?.find(({ name }) => name === value);
}

const rainOf = (frame: PlcFrame, device: string) => found(frame, device, 'RainRate')?.value;

describe('a faulty PLC', () => {
  it('that is frozen tells the same frame with the same date', async () => {
    const { plc, faults, pass } = bench();
    const before = await plc.status();
    faults.set('frozen');
    await pass(600);
    expect(await plc.status()).toEqual(before);
    faults.clear();
    expect(await plc.status()).not.toEqual(before);
  });

  it('with frozen values has fresh dates', async () => {
    const { plc, faults, pass } = bench();
    const before = await plc.status();
    faults.set('frozen-values');
    await pass(600);
    const after = await plc.status();
    expect(after.date).not.toBe(before.date);
    const values = ({ device }: PlcFrame) => device.map((one) => one.values);
    expect(values(after)).toEqual(values(before));
  });

  it('calls everything not valid', async () => {
    const { plc, faults } = bench();
    faults.set('not-valid');
    const { device } = await plc.status();
    expect(device.every(({ valid }) => valid === 'no')).toBe(true);
  });

  it.each([
    ['nan', 'NaN'],
    ['nonsense-values', -300],
  ])('under %s tells the weather as %s, and the site as it is', async (fault, value) => {
    const { plc, faults } = bench();
    faults.set(fault);
    const frame = await plc.status();
    expect(found(frame, 'WXT520', 'OutsideTemp')?.value).toBe(value);
    expect(found(frame, 'OBSERVATORY', 'Mode')?.value).toBe('auto');
  });

  it('in other units tells the same weather', async () => {
    const { plc, faults } = bench();
    const celsius = Number(found(await plc.status(), 'WXT520', 'OutsideTemp')?.value);
    faults.set('other-units');
    const { value, unit } = found(await plc.status(), 'WXT520', 'OutsideTemp') ?? {};
    expect(unit).toBe('Fahrenheit');
    expect(((Number(value) - 32) * 5) / 9).toBeCloseTo(celsius, 6);
  });

  it('names a device twice', async () => {
    const { plc, faults } = bench();
    faults.set('twice');
    const names = (await plc.status()).device.map(({ name }) => name);
    expect(names.filter((name) => name === 'WXT520')).toHaveLength(2);
  });

  it('with two frames in an answer is refused as nonsense', async () => {
    const { plc, faults } = bench();
    faults.set('two-frames');
    await expect(plc.status()).rejects.toMatchObject({ code: 'DEVICE_GARBLED' });
  });

  it('says yes to a bypass and does not show it', async () => {
    const { plc, faults } = bench();
    faults.set('ignores-bypass');
    await plc.bypass(true);
    expect(found(await plc.status(), 'OBSERVATORY', 'Bypass')?.value).toBe(0);
  });

  it.each([
    ['clock-ahead', 90],
    ['clock-behind', -90],
  ])('dates its frames by a wrong clock under %s', async (fault, seconds) => {
    const { plc, faults, clock } = bench();
    faults.set(fault, 90);
    const { date, device } = await plc.status();
    expect(Date.parse(`${date}Z`) - clock.now()).toBe(seconds * 1000);
    expect(device[0]?.date).toBe(date);
  });

  it('does not tell the mode of the site', async () => {
    const { plc, faults } = bench();
    faults.set('no-mode');
    const frame = await plc.status();
    expect(found(frame, 'OBSERVATORY', 'Mode')).toBeUndefined();
    expect(found(frame, 'OBSERVATORY', 'NightAck')).toBeDefined();
  });

  it('rains on one gauge, and its detector stays dry', async () => {
    const { plc, faults } = bench();
    faults.set('rain-one-sensor');
    const frame = await plc.status();
    expect([rainOf(frame, 'WXT520'), rainOf(frame, 'VantagePro')]).toEqual([12, 0]);
    expect(found(frame, 'DRD11', 'digital')?.value).toBe(1);
  });

  it('lets the wind come and go', async () => {
    const { plc, faults, pass } = bench();
    faults.set('wind-flapping', 60);
    const winds = new Set<unknown>();
    for (let i = 0; i < 6; i++) {
      winds.add(found(await plc.status(), 'WXT520', 'WindSpeed')?.value);
      await pass(15);
    }
    expect([...winds].toSorted()).toEqual([20, 3]);
  });

  it('rains by hand, with its detector, until the weather is given back', async () => {
    const { plc, simulator } = bench();
    simulator.setValue('WXT520', 'RainRate', 5);
    const wet = await plc.status();
    expect([rainOf(wet, 'WXT520'), found(wet, 'DRD11', 'digital')?.value]).toEqual([5, 0]);
    simulator.setValue('WXT520', 'RainRate', 'auto');
    expect(rainOf(await plc.status(), 'WXT520')).toBe(0);
  });

  it('refuses by hand what it does not have', () => {
    const { simulator } = bench();
    expect(() => simulator.setValue('WXT520', 'Hail', 1)).toThrow('no value WXT520.Hail');
    expect(() => simulator.setValue('WXT520', 'RainRate', 'much')).toThrow('must be a number');
  });
});
