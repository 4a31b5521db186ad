import { describe, expect, it, onTestFinished } from 'vitest';
import { type Dome, openDome, openPlc, type PlcEvent, type ShutterState } from '#devices';
import { keepingLogger, NIGHT_MS, virtualSimulators } from '#testing';
import type { Unit } from '#unit';
import { Guardian, type GuardianReporter } from './guardian.ts';
import { SafetyMonitor } from './safety-monitor.ts';

interface Wish {
  readonly plc?: readonly PlcEvent[];
  readonly unit?: (unit: Unit) => Unit;
  readonly reporter?: GuardianReporter;
  readonly majordomeSeenMs?: (nowMs: number) => Promise<number | null>;
  /** What stands between the guardian and the dome. */
  readonly dome?: (dome: Dome) => Dome;
}

const RAIN_AT_MS = NIGHT_MS + 120_000;
const RAIN: PlcEvent = {
  when: { atMs: RAIN_AT_MS },
  device: 'VantagePro',
  value: { name: 'RainRate', value: 12 },
};

/** A unit whose weather counts as good at once. */
function withoutDwell(unit: Unit): Unit {
  const limits = unit.plc.limits.map((limit) => ({ ...limit, goodDelaySeconds: 0 }));
  return { ...unit, plc: { ...unit.plc, limits } };
}

/** The same hour on the other side of the Earth: broad daylight. */
const atDay = (unit: Unit): Unit => ({
  ...unit,
  site: { ...unit.site, lonDeg: unit.site.lonDeg - 180, latDeg: -unit.site.latDeg },
});

/** A guardian on virtual time, and a hand of one's own on the dome. */
function bench(wish: Wish = {}) {
  const simulated = virtualSimulators({
    iterations: 0,
    plc: wish.plc ?? [],
    alerts: [],
    transients: [],
  });
  const { clock, network } = simulated;
  const unit = withoutDwell((wish.unit ?? ((same) => same))(simulated.unit));
  const deps = { clock, links: network.link };
  const hand = openDome(unit.dome, deps);
  const log = keepingLogger();
  const told: string[] = [];
  const beats: number[] = [];
  const reporter = wish.reporter ?? {
    closing: (reason) => void told.push(reason),
    heartbeat: () => void beats.push(clock.now()),
    stopped: async () => void told.push('stopped'),
  };
  const seen = wish.majordomeSeenMs ?? (async (nowMs: number) => nowMs);
  const monitor = new SafetyMonitor({
    plc: openPlc(unit.plc, deps),
    spec: unit.plc,
    clock,
    keeper: null,
  });
  const own = openDome(unit.dome, deps);
  const dome = wish.dome?.(own) ?? own;
  const majordomeSeenMs = () => seen(clock.now());
  const guardian = new Guardian({ unit, clock, log, dome, monitor, reporter, majordomeSeenMs });
  const life = guardian.run();
  onTestFinished(async () => {
    guardian.stop();
    for (const one of Object.values(simulated.simulators)) one.stop();
    await Promise.all([clock.run(clock.now() + 600_000), life]);
  });
  const shutter = async (): Promise<ShutterState> => (await hand.status()).shutter;
  /** Opens under the guardian's permit; 60 s later it must be open. */
  const openWide = async () => {
    await simulated.pass(10);
    await hand.open();
    await simulated.pass(50);
    expect(await shutter()).toBe('open');
  };
  return { ...simulated, unit, guardian, life, hand, log, told, beats, shutter, openWide };
}

describe('the guardian', () => {
  it('lets the dome stay open while all is well', async () => {
    const { openWide, pass, shutter, told } = bench();
    await openWide();
    await pass(600);
    expect(await shutter()).toBe('open');
    expect(told).toEqual([]);
  });

  it('begins to close within five seconds of the first rain, seen by one station of two', async () => {
    const { openWide, pass, clock, shutter, told, unit } = bench({ plc: [RAIN] });
    await openWide();
    await pass((RAIN_AT_MS - clock.now()) / 1000 + 5);
    expect(await shutter()).toBe('closing');
    expect(told).toEqual([expect.stringContaining('rain 12 mm/h is above 0.1 mm/h')]);
    await pass(unit.dome.closeSeconds);
    expect(await shutter()).toBe('closed');
  });

  it('takes the permit back when it rains: nobody can open again', async () => {
    const { openWide, pass, hand } = bench({ plc: [RAIN] });
    await openWide();
    await pass(120);
    await expect(hand.open()).rejects.toMatchObject({ message: expect.stringMatching(/permit/) });
  });

  it('closes when the PLC falls silent, after the greatest age of its data', async () => {
    const { openWide, pass, network, unit, shutter, told } = bench();
    await openWide();
    network.unplug(unit.plc.address);
    await pass(unit.plc.maxAgeSeconds - 4);
    expect(await shutter()).toBe('open');
    await pass(10);
    expect(await shutter()).toBe('closing');
    expect(told[0]).toMatch(/PLC's last data is 2\d s old/);
  });

  it('closes when the Majordome falls silent', async () => {
    const { openWide, pass, shutter, told } = bench({ majordomeSeenMs: async () => NIGHT_MS });
    await pass(0);
    await openWide();
    await pass(10);
    expect(await shutter()).toBe('closing');
    expect(told).toEqual(['the Majordome gives no sign of life']);
  });

  it('never permits anything while the Majordome is not known', async () => {
    const { pass, hand } = bench({ majordomeSeenMs: async () => null });
    await pass(60);
    expect((await hand.status()).permitSeconds).toBe(0);
    await expect(hand.open()).rejects.toThrow();
  });

  it('never permits anything by day', async () => {
    const { pass, hand } = bench({ unit: atDay });
    for (let minute = 0; minute < 10; minute++) {
      await pass(60);
      expect((await hand.status()).permitSeconds).toBe(0);
    }
    await expect(hand.open()).rejects.toThrow();
  });

  it('leaves the dome to its dead-man when its own link to it is cut', async () => {
    let cut = false;
    const refuse = async () => {
      throw new Error('no link');
    };
    const { openWide, pass, shutter } = bench({
      dome: (dome) => ({
        status: () => (cut ? refuse() : dome.status()),
        permit: (seconds) => (cut ? refuse() : dome.permit(seconds)),
        close: () => (cut ? refuse() : dome.close()),
        open: refuse,
        turn: refuse,
        disconnect: refuse,
      }),
    });
    await openWide();
    cut = true;
    await pass(15);
    expect(await shutter()).toBe('closing');
  });

  it('orders a dome to close whose status it cannot read', async () => {
    let closes = 0;
    const { pass } = bench({
      plc: [{ ...RAIN, when: { atMs: NIGHT_MS } }],
      dome: (dome) => ({
        ...handOf(dome),
        status: async () => {
          throw new Error('garbled');
        },
        close: async () => {
          closes++;
          await dome.close();
        },
      }),
    });
    await pass(10);
    expect(closes).toBeGreaterThanOrEqual(4);
  });

  it('closes even when the dome does not take its permit back', async () => {
    const { openWide, pass, shutter } = bench({
      plc: [RAIN],
      dome: (dome) => ({
        ...handOf(dome),
        permit: async (seconds) => {
          if (seconds === 0) throw new Error('no');
          await dome.permit(seconds);
        },
      }),
    });
    await openWide();
    await pass(67);
    expect(await shutter()).toBe('closing');
  });

  it('closes even when nobody can be told', async () => {
    const fail = () => {
      throw new Error('the database is gone');
    };
    const { openWide, pass, shutter } = bench({
      plc: [RAIN],
      reporter: { closing: fail, heartbeat: fail, stopped: async () => fail() },
    });
    await openWide();
    await pass(110);
    expect(await shutter()).toBe('closed');
  });

  it('closes when the database that knows of the Majordome never answers again', async () => {
    let gone = false;
    const { openWide, pass, shutter } = bench({
      majordomeSeenMs: (nowMs) => (gone ? new Promise(() => undefined) : Promise.resolve(nowMs)),
    });
    await openWide();
    gone = true;
    await pass(70);
    expect(await shutter()).toBe('closing');
  });

  it('goes on permitting through a short absence of the database', async () => {
    let calls = 0;
    const { openWide, pass, shutter } = bench({
      majordomeSeenMs: async (nowMs) => {
        calls++;
        if (calls % 10 !== 0 && calls > 5) throw new Error('busy');
        return nowMs;
      },
    });
    await openWide();
    await pass(300);
    expect(await shutter()).toBe('open');
  });

  it('orders a deaf dome again at every look, and tells of it every ten seconds', async () => {
    let closes = 0;
    const { pass, told } = bench({
      plc: [{ ...RAIN, when: { atMs: NIGHT_MS } }],
      dome: (dome) => ({
        ...handOf(dome),
        status: async () => ({ ...(await dome.status()), shutter: 'open' }),
        close: async () => void closes++,
      }),
    });
    await pass(61);
    expect(closes).toBeGreaterThan(25);
    expect(told.length).toBeGreaterThanOrEqual(6);
    expect(told.length).toBeLessThanOrEqual(8);
  });

  it('says that it lives at every look', async () => {
    const { pass, beats } = bench();
    await pass(20);
    expect(beats.length).toBeGreaterThanOrEqual(9);
  });

  it('ends when it is stopped, though the database never answers', async () => {
    const { pass, guardian, life } = bench({ majordomeSeenMs: () => new Promise(() => undefined) });
    await pass(5);
    guardian.stop();
    await pass(5);
    await expect(life).resolves.toBeUndefined();
  });

  it('takes its permit back when it is stopped: the dome closes', async () => {
    const { openWide, pass, guardian, shutter, life } = bench();
    await openWide();
    guardian.stop();
    await pass(1);
    await life;
    expect(await shutter()).toBe('closing');
  });
});

/** The same dome as an object whose methods can be replaced one by one. */
function handOf(dome: Dome): Dome {
  return {
    status: () => dome.status(),
    open: () => dome.open(),
    close: () => dome.close(),
    permit: (seconds) => dome.permit(seconds),
    turn: (azimuthDeg) => dome.turn(azimuthDeg),
    disconnect: () => dome.disconnect(),
  };
}
