import { describe, expect, it } from 'vitest';
import { openCamera } from '../registry.ts';
import { virtualSimulators } from '../virtual-simulators.ts';

function bench() {
  const { unit, clock, network, simulators, pass } = virtualSimulators();
  const [channel] = unit.channels;
  const faults = simulators.VIS?.faults;
  if (!channel || !faults) throw new RangeError('the simulated unit has a channel VIS');
  return { camera: openCamera(channel, { clock, links: network.link }), faults, channel, pass };
}

const expose = ({ camera }: ReturnType<typeof bench>, exposureId = 'a') =>
  camera.expose({ exposureId, seconds: 10, shutter: 'closed' });

describe('a faulty camera', () => {
  it('that hangs exposes until it is reset', async () => {
    const given = bench();
    const { camera, faults, pass } = given;
    faults.set('hangs');
    await expose(given);
    await pass(600);
    await camera.abort();
    expect((await camera.status()).activity).toBe('exposing');
    faults.clear();
    await camera.reset();
    expect((await camera.status()).activity).toBe('idle');
  });

  it('gives half an image, which is refused as nonsense', async () => {
    const given = bench();
    given.faults.set('truncated');
    await expose(given);
    await given.pass(20);
    await expect(given.camera.readout('a')).rejects.toMatchObject({ code: 'DEVICE_GARBLED' });
  });

  it('gives noise over the whole range', async () => {
    const given = bench();
    given.faults.set('corrupt');
    await expose(given);
    await given.pass(20);
    const { pixels } = await given.camera.readout('a');
    expect(Math.max(...pixels)).toBeGreaterThan(60_000);
    expect(Math.min(...pixels)).toBeLessThan(1000);
  });

  it('takes the order for a filter and keeps the other when its wheel is stuck', async () => {
    const { camera, faults, pass } = bench();
    faults.set('wheel-stuck');
    await camera.setFilter('r');
    await pass(10);
    expect(await camera.status()).toMatchObject({ filter: 'g', wheelMoving: false });
  });

  it('turns its wheel by itself in the middle of an exposure', async () => {
    const given = bench();
    const { camera, faults, pass } = given;
    faults.set('wheel-moves');
    await expose(given);
    await pass(4);
    expect(await camera.status()).toMatchObject({ filter: 'g', wheelMoving: false });
    await pass(2);
    expect(await camera.status()).toMatchObject({ filter: null, wheelMoving: true });
    await pass(10);
    expect(await camera.status()).toMatchObject({ filter: 'r', wheelMoving: false });
  });

  it('with a weak cooler stays above its setpoint', async () => {
    const { camera, faults, channel, pass } = bench();
    faults.set('cooler-weak', 30);
    await pass(600);
    const { temperatureC } = channel.detector;
    expect((await camera.status()).temperatureC).toBeCloseTo(temperatureC + 30, 6);
  });

  it('with its cooler off warms up at its own pace, and cools again afterwards', async () => {
    const { camera, faults, channel, pass } = bench();
    const { temperatureC, coolDegPerMinute } = channel.detector;
    faults.set('cooler-off');
    await pass(120);
    const warm = await camera.status();
    expect(warm.temperatureC).toBeCloseTo(temperatureC + 2 * coolDegPerMinute, 6);
    expect(warm.setpointC).toBeNull();
    faults.clear();
    await pass(60);
    const { temperatureC: cooler } = await camera.status();
    expect(cooler).toBeCloseTo(temperatureC + coolDegPerMinute, 6);
  });

  it('forgets an exposure at its end', async () => {
    const given = bench();
    given.faults.set('forgets');
    await expose(given);
    await given.pass(20);
    expect((await given.camera.status()).activity).toBe('idle');
    await expect(given.camera.readout('a')).rejects.toMatchObject({ code: 'EXPOSURE_UNKNOWN' });
  });

  it('reads out so many times slower', async () => {
    const given = bench();
    const { readoutSeconds } = given.channel.detector;
    given.faults.set('slow-readout', 5);
    await expose(given);
    await given.pass(10 + 5 * readoutSeconds - 1);
    expect((await given.camera.status()).activity).toBe('reading');
    await given.pass(2);
    expect((await given.camera.status()).activity).toBe('ready');
  });
});
