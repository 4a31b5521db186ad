import { describe, expect, it } from 'vitest';
import { openDome } from '../registry.ts';
import { virtualSimulators } from '../virtual-simulators.ts';

function bench() {
  const { unit, clock, network, pass, simulators } = virtualSimulators();
  const dome = openDome(unit.dome, { clock, links: network.link });
  const { faults, truth } = simulators.dome;
  const { openSeconds, closeSeconds } = unit.dome;
  /** Keeps the permit alive meanwhile, as the guardian does. */
  const passPermitted = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 5) {
      await dome.permit(10).catch(() => undefined);
      await pass(5);
    }
  };
  const open = async () => {
    await dome.permit(10);
    await dome.open();
    await passPermitted(openSeconds + 5);
  };
  return { dome, pass, passPermitted, open, faults, truth, closeSeconds };
}

describe('a faulty dome', () => {
  it('with a deaf shutter says yes and stays open', async () => {
    const { dome, open, pass, faults, truth } = bench();
    await open();
    faults.set('deaf-shutter');
    await dome.close();
    await pass(120);
    expect(truth().openFraction).toBe(1);
    expect((await dome.status()).shutter).toBe('open');
  });

  it('with a deaf shutter does not even obey its dead-man', async () => {
    const { open, pass, faults, truth } = bench();
    await open();
    faults.set('deaf-shutter');
    await pass(60);
    expect(truth().openFraction).toBe(1);
  });

  it('closes when it is told again after the fault is gone', async () => {
    const { dome, open, pass, faults, truth, closeSeconds } = bench();
    await open();
    faults.set('deaf-shutter');
    await dome.close();
    faults.clear('deaf-shutter');
    await dome.close();
    await pass(closeSeconds);
    expect(truth().openFraction).toBe(0);
    expect((await dome.status()).shutter).toBe('closed');
  });

  it('with a stuck switch says closed while it is open', async () => {
    const { dome, open, faults, truth } = bench();
    await open();
    faults.set('stuck-closed-switch');
    expect((await dome.status()).shutter).toBe('closed');
    expect(truth().openFraction).toBe(1);
  });

  it('with both switches on says unknown', async () => {
    const { dome, faults } = bench();
    faults.set('both-switches');
    expect((await dome.status()).shutter).toBe('unknown');
  });

  it('stops half way, and closes at the second order', async () => {
    const { dome, open, pass, faults, truth, closeSeconds } = bench();
    await open();
    faults.set('stops-half-way');
    await dome.close();
    await pass(closeSeconds);
    expect(truth().openFraction).toBeCloseTo(0.5, 9);
    expect((await dome.status()).shutter).toBe('intermediate');
    await dome.close();
    await pass(closeSeconds);
    expect((await dome.status()).shutter).toBe('closed');
  });

  it('stops half way also when the fault comes while it closes', async () => {
    const { dome, open, pass, faults, truth, closeSeconds } = bench();
    await open();
    await dome.close();
    await pass(5);
    faults.set('stops-half-way');
    await pass(closeSeconds);
    expect(truth().openFraction).toBeCloseTo(0.5, 9);
  });

  it('loses its power in the middle of a motion, and comes back where it was, without a permit', async () => {
    const { dome, pass, faults, truth } = bench();
    faults.set('brown-out', 30);
    await dome.permit(10);
    await dome.open();
    for (let i = 0; i < 2; i++) {
      await pass(9);
      await dome.permit(10);
    }
    // 18 of the 40 seconds of opening are over: the power goes at 20.
    await pass(3);
    const refused = expect(dome.status()).rejects.toMatchObject({ code: 'DEVICE_UNREACHABLE' });
    await pass(30);
    await refused;
    expect(truth().openFraction).toBeCloseTo(0.5, 1);
    expect(await dome.status()).toMatchObject({ shutter: 'intermediate', permitSeconds: 0 });
    expect(faults.active()).toEqual([]);
    await dome.close();
    await pass(40);
    expect((await dome.status()).shutter).toBe('closed');
  });

  it('turns no slit that stalls, and goes on when it is free again', async () => {
    const { dome, pass, faults, truth } = bench();
    await dome.turn(90);
    await pass(5);
    faults.set('slit-stalls');
    await pass(60);
    expect(truth().azimuthDeg).toBeCloseTo(30, 6);
    expect((await dome.status()).rotating).toBe(true);
    faults.clear();
    await pass(60);
    expect(await dome.status()).toMatchObject({ azimuthDeg: 90, rotating: false });
  });

  it('moves a shutter that frees when home at the reference mark only', async () => {
    const { dome, open, passPermitted, faults, truth } = bench();
    await open();
    await dome.turn(90);
    await passPermitted(30);
    faults.set('frees-when-home');
    await dome.close();
    await passPermitted(60);
    expect(truth().openFraction).toBe(1);
    await dome.home();
    await passPermitted(30);
    await dome.close();
    await passPermitted(60);
    expect(truth().openFraction).toBe(0);
  });

  it('refuses to open under a permit', async () => {
    const { dome, faults } = bench();
    faults.set('refuses-open');
    await dome.permit(10);
    await expect(dome.open()).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
  });
});
