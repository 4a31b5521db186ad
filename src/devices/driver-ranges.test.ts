import { describe, expect, it } from 'vitest';
import { VirtualClock } from '#platform';
import type { LinkFactory } from './link/link.ts';
import { openCamera, openDome, openFocuser, openPlc, openTelescope } from './registry.ts';
import { NIGHT_MS, smallUnit } from './virtual-simulators.ts';

const UNIT = smallUnit();

/** Drivers whose wire remembers what was sent. */
function bench(control: 'full' | 'read-only' = 'full') {
  const sent: string[] = [];
  const links: LinkFactory = () => ({
    request: async (text) => {
      sent.push(text);
      return { text: 'OK' };
    },
    close: async () => undefined,
  });
  const deps = { clock: new VirtualClock(NIGHT_MS), links };
  const [mount] = UNIT.mounts;
  const [channel] = UNIT.channels;
  if (!mount || !channel?.focuser) throw new RangeError('a unit with a mount and a focuser');
  return {
    sent,
    telescope: openTelescope({ ...mount, control }, deps),
    camera: openCamera({ ...channel, control }, deps),
    dome: openDome({ ...UNIT.dome, control }, deps),
    plc: openPlc({ ...UNIT.plc, control }, deps),
    focuser: openFocuser({ ...channel.focuser, control }, deps),
  };
}

type Drivers = ReturnType<typeof bench>;
const exposure = { exposureId: 'a', seconds: 1, shutter: 'open' } as const;

const IMPOSSIBLE: readonly (readonly [string, (drivers: Drivers) => Promise<void>])[] = [
  ['a declination of 100', ({ telescope }) => telescope.goto({ raDeg: 0, decDeg: 100 })],
  ['a declination that is none', ({ telescope }) => telescope.goto({ raDeg: 0, decDeg: NaN })],
  ['a right ascension of 360', ({ telescope }) => telescope.goto({ raDeg: 360, decDeg: 0 })],
  ['an azimuth of 400', ({ dome }) => dome.turn(400)],
  ['an azimuth that is none', ({ dome }) => dome.turn(Number.NaN)],
  ['a permit of -1 second', ({ dome }) => dome.permit(-1)],
  ['an endless permit', ({ dome }) => dome.permit(Number.POSITIVE_INFINITY)],
  ['an exposure of -1 second', ({ camera }) => camera.expose({ ...exposure, seconds: -1 })],
  ['an exposure that is none', ({ camera }) => camera.expose({ ...exposure, seconds: NaN })],
  ['a cooling below absolute zero', ({ camera }) => camera.cool(-274)],
  ['a filter on two lines', ({ camera }) => camera.setFilter('r\nDO ABORT')],
  ['a step outside the travel', ({ focuser }) => focuser.move(-1)],
  ['half a step', ({ focuser }) => focuser.move(0.5)],
];

const ORDERS: readonly (readonly [string, (drivers: Drivers) => Promise<unknown>])[] = [
  ['a slew', ({ telescope }) => telescope.goto({ raDeg: 0, decDeg: 0 })],
  ['a stop', ({ telescope }) => telescope.stop()],
  ['a request in its own language', ({ telescope }) => telescope.native('#')],
  ['an exposure', ({ camera }) => camera.expose(exposure)],
  ['a reset', ({ camera }) => camera.reset()],
  ['an opening', ({ dome }) => dome.open()],
  ['a closing', ({ dome }) => dome.close()],
  ['a permit', ({ dome }) => dome.permit(10)],
  ['a bypass', ({ plc }) => plc.bypass(true)],
  ['a motion of the focuser', ({ focuser }) => focuser.move(100)],
];

describe('a driver', () => {
  it.each(IMPOSSIBLE)('refuses %s, and nothing reaches the device', async (_, order) => {
    const drivers = bench();
    const code = expect.stringMatching(/^(DEVICE_REFUSED|REQUEST_MALFORMED)$/);
    await expect(order(drivers)).rejects.toMatchObject({ code });
    expect(drivers.sent).toEqual([]);
  });

  it.each(ORDERS)('of a device that is only watched refuses %s', async (_, order) => {
    const drivers = bench('read-only');
    await expect(order(drivers)).rejects.toMatchObject({ code: 'DEVICE_READ_ONLY' });
    expect(drivers.sent).toEqual([]);
  });

  it('of a device that is only watched still asks for its status', async () => {
    const drivers = bench('read-only');
    await expect(drivers.dome.status()).rejects.toMatchObject({ code: 'DEVICE_GARBLED' });
    expect(drivers.sent).toEqual(['GET STATUS']);
  });
});
