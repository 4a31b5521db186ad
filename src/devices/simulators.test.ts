import { describe, expect, it } from 'vitest';
import { VirtualClock } from '#platform';
import { MemoryNetwork } from './link/memory-network.ts';
import { EMPTY_SCENARIO } from './scenario.ts';
import { makeSimulators } from './simulators.ts';
import { NIGHT_MS, smallUnit, virtualUnit } from './virtual-unit.ts';

describe('the simulators of a unit', () => {
  it('are the mount, the dome, the PLC and each channel, at their addresses', () => {
    const { simulators } = virtualUnit();
    const ports = Object.entries(simulators).map(([name, { address }]) => [name, address.port]);
    expect(Object.fromEntries(ports)).toEqual({
      mount: 5000,
      VIS: 5001,
      NIR: 5002,
      plc: 5003,
      dome: 5004,
    });
  });

  it('speak lines, but the PLC JSON', () => {
    const { simulators } = virtualUnit();
    const json = Object.keys(simulators).filter((name) => simulators[name]?.wire === 'json');
    expect(json).toEqual(['plc']);
  });

  it('refuse a channel that bears the name of another device', () => {
    const unit = smallUnit();
    const channels = unit.channels.map((channel) => ({ ...channel, alias: 'dome' }));
    const deps = { clock: new VirtualClock(NIGHT_MS), seed: 1, scenario: EMPTY_SCENARIO };
    expect(() => makeSimulators({ ...unit, channels }, deps, new MemoryNetwork().link)).toThrow(
      'A channel is named dome',
    );
  });
});
