import { describe, expect, it } from 'vitest';
import type { SimulatorPage } from '../../tonight.ts';
import { allWell, quickPicks } from './quick-picks.ts';

const device = (name: string, kind: string, active = false) => {
  const fault = { name: 'silent', description: '', amount: null, usualAmount: null, active };
  return { name, alias: name, kind, trouble: null, faults: [fault] };
};
const value = (of: string, name: string, byHand = false) => {
  return { device: of, name, value: 0, unit: '', comment: '', byHand };
};
const page = (other: Partial<SimulatorPage> = {}): SimulatorPage => {
  return {
    now: '2026-10-12T22:00:00.000Z',
    devices: [device('plc', 'plc'), device('VIS 1', 'camera')],
    values: [value('A', 'RainRate'), value('B', 'RainRate'), value('OBSERVATORY', 'Intrusion')],
    ...other,
  };
};
const steps = (title: string, of = page()) =>
  quickPicks(of).find((one) => one.title === title)?.steps;

describe('a quick pick', () => {
  it('rains on every gauge', () => {
    expect(steps('Rain')?.map(({ body }) => body)).toEqual([
      { device: 'A', name: 'RainRate', value: 12 },
      { device: 'B', name: 'RainRate', value: 12 },
    ]);
  });

  it('writes the name of a device so that it stays one part of the address', () => {
    expect(steps('Camera silent')).toEqual([
      { url: '/api/simulators/VIS%201/faults', body: { name: 'silent' } },
    ]);
  });

  it('is not offered where nothing can follow it', () => {
    const titles = quickPicks(page({ devices: [], values: [] })).map(({ title }) => title);
    expect(titles).toEqual([]);
  });

  it('takes back what stands, and no more', () => {
    const touched = page({
      devices: [device('plc', 'plc', true), device('VIS', 'camera')],
      values: [value('A', 'RainRate', true), value('B', 'RainRate')],
    });
    expect(allWell(touched).steps).toEqual([
      { url: '/api/simulators/plc/clear', body: {} },
      { url: '/api/simulators/plc/values', body: { device: 'A', name: 'RainRate', value: 'auto' } },
    ]);
    expect(allWell(page()).steps).toEqual([]);
  });
});
