import { describe, expect, it } from 'vitest';
import { horizontalToIcrs, separationDeg } from '#sky';
import { openTelescope } from '../registry.ts';
import { NIGHT_MS, virtualSimulators } from '../virtual-simulators.ts';

function bench() {
  const { unit, clock, network, simulators, pass } = virtualSimulators();
  const [mount] = unit.mounts;
  if (!mount) throw new RangeError('the simulated unit has a mount');
  const { faults, truth } = simulators.mount;
  const at = (altDeg: number, azDeg: number) =>
    horizontalToIcrs({ altDeg, azDeg }, unit.site, NIGHT_MS);
  const telescope = openTelescope(mount, { clock, links: network.link });
  return { telescope, faults, truth, at, target: at(50, 90), pass, spec: mount };
}

async function tracking(given = bench()) {
  await given.telescope.goto(given.target);
  await given.pass(60);
  return given;
}

describe('a faulty mount', () => {
  it('looks where it says as long as nothing is wrong', async () => {
    const { telescope, truth } = await tracking();
    const { raDeg, decDeg, altDeg } = await telescope.status();
    expect(truth()).toMatchObject({ raDeg, decDeg, altDeg, tracks: 1 });
  });

  it('refuses to park', async () => {
    const { telescope, faults } = await tracking();
    faults.set('refuses-park');
    await expect(telescope.park()).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
  });

  it('says that it is parked, far from its park position', async () => {
    const { telescope, faults, pass, spec } = await tracking();
    faults.set('lies-about-park');
    await telescope.park();
    await pass(60);
    const { motion, altDeg } = await telescope.status();
    expect(motion).toBe('parked');
    expect(Math.abs(altDeg - spec.park.altDeg)).toBeGreaterThan(20);
  });

  it('tracks below its limit', async () => {
    const { telescope, faults, at, pass, spec } = bench();
    faults.set('runs-past-limit');
    await telescope.goto(at(12, 280));
    await pass(3600);
    const { motion, altDeg, stopSensor } = await telescope.status();
    expect([motion, stopSensor]).toEqual(['tracking', false]);
    expect(altDeg).toBeLessThan(spec.minAltDeg);
  });

  it('that lost its position looks elsewhere than it says, until it is homed', async () => {
    const { telescope, faults, truth, pass } = await tracking();
    faults.set('lost-position');
    const lost = await telescope.status();
    expect(lost.homed).toBe(false);
    expect(separationDeg(lost, truth())).toBeGreaterThan(3);
    await telescope.home();
    await pass(60);
    const found = await telescope.status();
    expect(found).toMatchObject({ homed: true, motion: 'stopped' });
    expect(separationDeg(found, truth())).toBeCloseTo(0, 6);
    expect(faults.active()).toEqual([]);
  });

  it('stalls on its way, and never arrives', async () => {
    const { telescope, target, faults, pass } = bench();
    await telescope.goto(target);
    await pass(5);
    faults.set('stalls');
    const before = await telescope.status();
    await pass(600);
    const after = await telescope.status();
    expect(after.motion).toBe('slewing');
    expect(after.azDeg).toBeCloseTo(before.azDeg, 9);
    faults.clear('stalls');
    expect((await telescope.status()).motion).toBe('stopped');
  });

  it('that stalls while it tracks lets the sky turn away', async () => {
    const { telescope, faults, truth, pass } = await tracking();
    faults.set('stalls');
    const before = await telescope.status();
    await pass(600);
    const after = await telescope.status();
    expect(after.altDeg).toBeCloseTo(before.altDeg, 9);
    expect(separationDeg(before, after)).toBeGreaterThan(1);
    expect(truth().tracks).toBe(0);
  });

  it('drifts off without knowing it', async () => {
    const { telescope, target, faults, truth, pass } = await tracking();
    faults.set('drifts', 6);
    await pass(600);
    expect(separationDeg(await telescope.status(), target)).toBeCloseTo(0, 4);
    expect(separationDeg(truth(), target) * 3600).toBeCloseTo(60, 0);
  });

  it('looks beside where it says', async () => {
    const { telescope, faults, truth } = await tracking();
    faults.set('pointing-error', 120);
    expect(separationDeg(truth(), await telescope.status()) * 3600).toBeCloseTo(120, 0);
  });

  it('is so many times slower', async () => {
    const { telescope, target } = bench();
    await telescope.goto(target);
    const { remainingSeconds: usual = 0 } = await telescope.status();
    const slow = bench();
    slow.faults.set('slow', 4);
    await slow.telescope.goto(target);
    const { remainingSeconds = 0 } = await slow.telescope.status();
    expect(remainingSeconds).toBeGreaterThan(2.5 * usual);
  });
});
