import { describe, expect, it } from 'vitest';
import { horizontalToIcrs } from '#sky';
import { openCamera, openDome, openTelescope } from '../registry.ts';
import { EMPTY_SCENARIO, type Scenario } from '../scenario.ts';
import { NIGHT_MS, smallUnit, virtualSimulators } from '../virtual-simulators.ts';
import type { RawFrame } from './camera.ts';

function bench(scenario?: Scenario, seed?: number) {
  const virtual = virtualSimulators(scenario, seed);
  const { unit, clock, network, pass } = virtual;
  const [mount] = unit.mounts;
  const [channel] = unit.channels;
  if (!mount || !channel) throw new Error('the simulated unit has a mount and a channel');
  const deps = { clock, links: network.link };
  return {
    ...virtual,
    camera: openCamera(channel, deps),
    telescope: openTelescope(mount, deps),
    dome: openDome(unit.dome, deps),
    pass,
  };
}

type Bench = ReturnType<typeof bench>;

const { site } = smallUnit();
const target = horizontalToIcrs({ altDeg: 60, azDeg: 120 }, site, NIGHT_MS);

/** Opens the dome and points the telescope; the permit is then held open for the whole test. */
async function underTheSky({ dome, telescope, pass }: Bench): Promise<void> {
  await telescope.goto(target);
  await dome.permit(10);
  await dome.open();
  for (let i = 0; i < 10; i++) {
    await pass(8);
    await dome.permit(10);
  }
}

async function expose({ camera, pass, dome }: Bench, exposureId = 'a'): Promise<RawFrame> {
  await camera.expose({ exposureId, seconds: 5, shutter: 'open' });
  await pass(5);
  await dome.permit(10);
  await pass(6);
  return camera.readout(exposureId);
}

const mean = ({ pixels }: RawFrame) => pixels.reduce((sum, adu) => sum + adu, 0) / pixels.length;
const BIAS_ADU = 1000;

describe('the simulated camera', () => {
  it('sees nothing but its bias while the dome is closed', async () => {
    expect(mean(await expose(bench()))).toBeCloseTo(BIAS_ADU, 0);
  });

  it('sees the sky through an open dome', async () => {
    const sky = bench();
    await underTheSky(sky);
    expect(mean(await expose(sky))).toBeGreaterThan(BIAS_ADU + 5);
  });

  it('sees nothing with its own shutter closed', async () => {
    const sky = bench();
    await underTheSky(sky);
    await sky.camera.expose({ exposureId: 'dark', seconds: 5, shutter: 'closed' });
    await sky.pass(11);
    expect(mean(await sky.camera.readout('dark'))).toBeCloseTo(BIAS_ADU, 0);
  });

  it('sees where the telescope pointed while it exposed, not where it points at read-out', async () => {
    const still = bench();
    await underTheSky(still);
    const expected = await expose(still);
    const moved = bench();
    await underTheSky(moved);
    await moved.camera.expose({ exposureId: 'a', seconds: 5, shutter: 'open' });
    await moved.pass(5.5);
    await moved.telescope.park();
    await moved.pass(5.5);
    expect((await moved.camera.readout('a')).pixels).toEqual(expected.pixels);
  });

  it('gives other noise to each exposure and the same night to the same seed', async () => {
    const [first, second] = [bench(undefined, 7), bench(undefined, 7)];
    const frame = await expose(first, 'a');
    expect((await expose(second, 'a')).pixels).toEqual(frame.pixels);
    expect((await expose(second, 'b')).pixels).not.toEqual(frame.pixels);
  });

  it('sees a transient of the scenario', async () => {
    const burst = {
      ...target,
      eventMs: NIGHT_MS,
      visibleFromMs: NIGHT_MS,
      magnitudeAtMinute: 8,
      decayIndex: 1,
    };
    const [with_, without] = [bench({ ...EMPTY_SCENARIO, transients: [burst] }), bench()];
    await underTheSky(with_);
    await underTheSky(without);
    const difference = mean(await expose(with_)) - mean(await expose(without));
    expect(difference).toBeGreaterThan(100);
  });

  it('takes a dark image, and says so, when its light path does not answer', async () => {
    const blind = bench();
    const [mount] = blind.unit.mounts;
    if (mount) blind.network.unplug(mount.address);
    expect(mean(await expose(blind))).toBeCloseTo(BIAS_ADU, 0);
    expect(blind.told).toEqual([expect.stringContaining('No light reaches the camera')]);
  });

  it('says nothing of its light path when an exposure is aborted', async () => {
    const aborted = bench();
    await aborted.camera.expose({ exposureId: 'a', seconds: 5, shutter: 'open' });
    await aborted.pass(1);
    await aborted.camera.abort();
    await aborted.pass(60);
    expect(aborted.told).toEqual([]);
  });

  it.each(['DO EXPOSE a 5', 'DO EXPOSE a x open', 'DO EXPOSE a 5 ajar', 'DO EXPOSE a -1 open'])(
    'refuses "%s" as a bad exposure',
    async (request) => {
      const { simulators } = bench();
      const reply = await simulators.VIS?.endpoint.handle(request);
      expect(reply?.text).toMatch(/^ERR BAD_EXPOSURE /);
    },
  );
});
