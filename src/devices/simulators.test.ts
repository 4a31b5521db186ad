import { describe, expect, it } from 'vitest';
import { VirtualClock } from '#platform';
import { MemoryNetwork } from './link/memory-network.ts';
import { tcpLinks } from './link/tcp-link.ts';
import { serveTcp } from './link/tcp-server.ts';
import { openCamera, openDome, openPlc, openTelescope } from './registry.ts';
import { EMPTY_SCENARIO } from './scenario.ts';
import { makeSimulators } from './simulators.ts';
import { NIGHT_MS, smallUnit, virtualSimulators } from './virtual-simulators.ts';

describe('the simulators of a unit', () => {
  it('are the mount, the dome, the PLC and each channel, at their addresses', () => {
    const { simulators } = virtualSimulators();
    const ports = Object.entries(simulators).map(([name, { address }]) => [name, address.port]);
    expect(Object.fromEntries(ports)).toEqual({
      mount: 5000,
      VIS: 5001,
      NIR: 5002,
      plc: 5003,
      dome: 5004,
      'focuser-VIS': 5005,
    });
  });

  it('speak lines, but the PLC JSON', () => {
    const { simulators } = virtualSimulators();
    const json = Object.keys(simulators).filter((name) => simulators[name]?.wire === 'json');
    expect(json).toEqual(['plc']);
  });

  it('answer their drivers over TCP as they do in memory', async () => {
    const { unit, clock, simulators } = virtualSimulators();
    const onAnyPort = { host: '127.0.0.1', port: 0 };
    const onTrouble = (sentence: string) => {
      throw new Error(sentence);
    };
    const serve = async (name: string) => {
      const simulator = simulators[name];
      if (!simulator) throw new Error(`no simulator is named ${name}`);
      return serveTcp({ ...simulator, address: onAnyPort, onTrouble });
    };
    const deps = { clock, links: tcpLinks({ clock, timeoutSeconds: 10 }) };
    const [mount] = unit.mounts;
    const [channel] = unit.channels;
    if (!mount || !channel) throw new Error('the simulated unit has a mount and a channel');
    const servers = await Promise.all(['mount', 'VIS', 'dome', 'plc'].map(serve));
    const [atMount, atCamera, atDome, atPlc] = servers.map(({ address }) => ({ address }));
    const telescope = openTelescope({ ...mount, ...atMount }, deps);
    const camera = openCamera({ ...channel, ...atCamera }, deps);
    const dome = openDome({ ...unit.dome, ...atDome }, deps);
    const plc = openPlc({ ...unit.plc, ...atPlc }, deps);
    expect((await telescope.status()).motion).toBe('parked');
    expect((await camera.status()).activity).toBe('idle');
    expect((await dome.status()).shutter).toBe('closed');
    expect((await plc.status()).site).toBe('Calern');
    await Promise.all([telescope.close(), camera.close(), dome.disconnect(), plc.close()]);
    await Promise.all(servers.map((server) => server.close()));
  });

  it('refuse a channel that bears the name of another device', () => {
    const unit = smallUnit();
    const channels = unit.channels.map((channel) => ({ ...channel, alias: 'dome' }));
    const deps = { clock: new VirtualClock(NIGHT_MS), seed: 1, scenario: EMPTY_SCENARIO };
    expect(() => makeSimulators({ ...unit, channels }, deps, new MemoryNetwork().link)).toThrow(
      'A device is named dome',
    );
  });
});
