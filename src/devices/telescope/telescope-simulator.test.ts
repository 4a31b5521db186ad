import { describe, expect, it } from 'vitest';
import { horizontalToIcrs } from '#sky';
import { openTelescope } from '../registry.ts';
import { NIGHT_MS, virtualSimulators } from '../virtual-simulators.ts';

function bench() {
  const { unit, clock, network, simulators, pass } = virtualSimulators();
  const [mount] = unit.mounts;
  if (!mount || !simulators.mount) throw new Error('the simulated unit has a mount');
  const at = (altDeg: number, azDeg: number) =>
    horizontalToIcrs({ altDeg, azDeg }, unit.site, NIGHT_MS);
  return {
    telescope: openTelescope(mount, { clock, links: network.link }),
    endpoint: simulators.mount.endpoint,
    target: at(50, 90),
    otherTarget: at(55, 200),
    belowHorizon: at(-30, 90),
    sinking: at(12, 280),
    pass,
  };
}

describe('the simulated mount', () => {
  it('tells how long its slew still takes', async () => {
    const { telescope, target, pass } = bench();
    await telescope.goto(target);
    const { remainingSeconds = 0 } = await telescope.status();
    expect(remainingSeconds).toBeGreaterThan(10);
    await pass(remainingSeconds - 0.1);
    expect((await telescope.status()).motion).toBe('slewing');
    await pass(0.2);
    expect((await telescope.status()).motion).toBe('tracking');
  });

  it('stops at its limit when the target sinks, and says so by its stop sensor', async () => {
    const { telescope, sinking, pass } = bench();
    await telescope.goto(sinking);
    await pass(3600);
    const status = await telescope.status();
    expect(status).toMatchObject({ motion: 'stopped', stopSensor: true });
    expect(status.altDeg).toBeCloseTo(10, 2);
  });

  it.each(['DO GOTO 10', 'DO GOTO 10 20 30', 'DO GOTO 0x10 20', 'DO GOTO', 'DO GOTO 10 91'])(
    'refuses "%s" as bad coordinates',
    async (request) => {
      expect((await bench().endpoint.handle(request)).text).toMatch(/^ERR BAD_COORDINATES /);
    },
  );

  it.each(['', 'HELLO', 'get status', 'DO EXPOSE a 1 open', 'DO constructor'])(
    'knows no request "%s"',
    async (request) => {
      expect((await bench().endpoint.handle(request)).text).toMatch(/^ERR UNKNOWN_REQUEST /);
    },
  );
});
