import { describe, expect, it } from 'vitest';
import type { Clock } from '#platform';
import { openDome } from '../registry.ts';
import { virtualSimulators } from '../virtual-simulators.ts';
import { DomeSimulator } from './dome-simulator.ts';

function bench() {
  const { unit, clock, network, pass, told, simulators } = virtualSimulators();
  const { permitSeconds, openSeconds } = unit.dome;
  const dome = openDome(unit.dome, { clock, links: network.link });
  return { dome, permitSeconds, travelSeconds: openSeconds, pass, told, simulators, clock };
}

describe('the simulated dome', () => {
  it('tells when its dead-man closes, at that moment and unasked', async () => {
    const { dome, pass, told } = bench();
    await dome.permit(10);
    await dome.open();
    await pass(9);
    expect(told).toEqual([]);
    await pass(1);
    expect(told).toEqual(['The permit ran out: the shutter closes by itself.']);
  });

  it('closes when its permit has run out, also where the wall clock was set back (F41)', async () => {
    const { unit, clock, pass } = virtualSimulators();
    let backMs = 0;
    const own: Clock = {
      now: () => clock.now() - backMs,
      monotonic: () => clock.monotonic(),
      rate: () => clock.rate(),
      allow: (seconds) => clock.allow(seconds),
      period: (seconds) => clock.period(seconds),
      sleep: (seconds, signal) => clock.sleep(seconds, signal),
    };
    const dome = new DomeSimulator(unit.dome, { clock: own, log: () => undefined });
    await dome.handle('DO PERMIT 10');
    await dome.handle('DO OPEN');
    await pass(5);
    backMs = 3_600_000;
    await pass(60);
    expect(dome.truth().openFraction).toBe(0);
  });

  it('reverses in mid-travel from where the shutter is', async () => {
    const { dome, pass } = bench();
    await dome.permit(10);
    await dome.open();
    await pass(8);
    await dome.close();
    // 8 s of the 40 s opening is a fifth of the way: a fifth of the 35 s closing leads back.
    await pass(6.9);
    expect((await dome.status()).shutter).toBe('closing');
    await pass(0.2);
    expect((await dome.status()).shutter).toBe('closed');
  });

  it('has begun to close when the permit ran out, not when somebody looks', async () => {
    const { dome, pass } = bench();
    await dome.permit(10);
    await dome.open();
    await pass(10 + 35 / 4 + 0.1);
    expect((await dome.status()).shutter).toBe('closed');
  });

  it('turns its slit the short way', async () => {
    const { dome, pass } = bench();
    await dome.turn(350);
    await pass(1);
    expect((await dome.status()).azimuthDeg).toBeCloseTo(354, 6);
  });

  it('leaves no timer behind when it is stopped', async () => {
    const { dome, pass, told, simulators } = bench();
    await dome.permit(10);
    await dome.open();
    simulators.dome?.stop();
    await pass(60);
    expect(told).toEqual([]);
  });
});
