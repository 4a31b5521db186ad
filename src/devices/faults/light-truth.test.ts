import { describe, expect, it } from 'vitest';
import { horizontalToIcrs } from '#sky';
import { openCamera, openDome, openTelescope } from '../registry.ts';
import { NIGHT_MS, virtualSimulators } from '../virtual-simulators.ts';

/** An image of 5 s under an open dome, with what may be wrong while it is taken. */
async function image(given: { mount?: string; dome?: string } = {}): Promise<Uint16Array> {
  const { unit, clock, network, simulators, pass } = virtualSimulators();
  const [mount] = unit.mounts;
  const [channel] = unit.channels;
  if (!mount || !channel) throw new RangeError('the simulated unit has a mount and a channel');
  const deps = { clock, links: network.link };
  const telescope = openTelescope(mount, deps);
  const camera = openCamera(channel, deps);
  const dome = openDome(unit.dome, deps);
  const target = horizontalToIcrs({ altDeg: 60, azDeg: 5 }, unit.site, NIGHT_MS);
  await telescope.goto(target);
  await dome.permit(10);
  await dome.open();
  for (let i = 0; i < 10; i++) {
    await pass(8);
    await dome.permit(10);
  }
  if (given.mount) simulators.mount.faults.set(given.mount, 600);
  if (given.dome) simulators.dome.faults.set(given.dome);
  await camera.expose({ exposureId: 'a', seconds: 5, shutter: 'open' });
  await pass(5);
  await pass(6);
  return (await camera.readout('a')).pixels;
}

const sum = (pixels: Uint16Array) => pixels.reduce((total, adu) => total + adu, 0);

describe('a simulated camera', () => {
  it('sees where the telescope really looks, not where it says', async () => {
    const straight = await image();
    expect(await image({ mount: 'pointing-error' })).not.toEqual(straight);
    expect(await image()).toEqual(straight);
  });

  it('sees the sky through a dome that says closed and is open', async () => {
    expect(sum(await image({ dome: 'stuck-closed-switch' }))).toBe(sum(await image()));
  });
});
