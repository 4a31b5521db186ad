import { describe, expect, it } from 'vitest';
import { openFocuser } from '../registry.ts';
import { virtualSimulators } from '../virtual-simulators.ts';

function bench() {
  const { unit, clock, network, simulators, pass } = virtualSimulators();
  const spec = unit.channels[0]?.focuser;
  const faults = simulators['focuser-VIS']?.faults;
  if (!spec || !faults) throw new RangeError('the simulated unit has a focuser');
  return { focuser: openFocuser(spec, { clock, links: network.link }), faults, pass, spec };
}

describe('a faulty focuser', () => {
  it('that is stuck says yes and stays where it is', async () => {
    const { focuser, faults, pass, spec } = bench();
    faults.set('stuck');
    await focuser.move(spec.zeroSteps + 1000);
    await pass(60);
    expect(await focuser.status()).toMatchObject({ steps: spec.zeroSteps, moving: false });
  });

  it('that drifts creeps, and stays where it crept to', async () => {
    const { focuser, faults, pass, spec } = bench();
    faults.set('drifts', 10);
    await pass(600);
    expect((await focuser.status()).steps).toBe(spec.zeroSteps + 100);
    faults.clear();
    await pass(600);
    expect((await focuser.status()).steps).toBe(spec.zeroSteps + 100);
  });

  it('goes on to its aim when a fault comes and goes meanwhile', async () => {
    const { focuser, faults, pass, spec } = bench();
    await focuser.move(spec.zeroSteps + 1000);
    await pass(1);
    faults.set('silent');
    faults.clear();
    await pass(10);
    expect((await focuser.status()).steps).toBe(spec.zeroSteps + 1000);
  });
});
