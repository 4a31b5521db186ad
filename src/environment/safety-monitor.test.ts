import { describe, expect, it } from 'vitest';
import type { PlcDevice, PlcFrame } from '#devices';
import { PyrosError, VirtualClock } from '#platform';
import { fairFrame, limitOf, NIGHT_MS, passOn, plcDevice, plcSpecOf, smallUnit } from '#testing';
import type { PlcSpec } from '#unit';
import { NOTHING_KNOWN, remember, type SafetyMemory } from './safety-memory.ts';
import { type MemoryKeeper, SafetyMonitor } from './safety-monitor.ts';

const { plc: SPEC } = smallUnit();
const MAX_AGE_MS = SPEC.maxAgeSeconds * 1000;

/** The watch of another process, which began at another moment. */
const OTHER_MONO = 777_000;

/** What a monitor remembers after half an hour of fair weather, seen last at that instant. */
function fairMemory(lastMs: number, site = {}): SafetyMemory {
  let memory = NOTHING_KNOWN;
  for (let nowMs = lastMs - 1_800_000; nowMs <= lastMs; nowMs += 10_000) {
    const moment = { nowMs, atMono: OTHER_MONO + nowMs - lastMs, slackSeconds: 0 };
    const devices = fairFrame(nowMs, { site }).device;
    const arrival = { source: 'plc', devices, dateMs: nowMs, ...moment };
    memory = remember(memory, arrival, { spec: SPEC });
  }
  return memory;
}

interface Wish {
  readonly keeper?: MemoryKeeper;
  readonly status?: () => Promise<PlcFrame>;
  readonly spec?: PlcSpec;
  readonly station?: () => Promise<PlcDevice>;
}

function bench(wish: Wish = {}) {
  const clock = new VirtualClock(NIGHT_MS);
  const status = wish.status ?? (async () => fairFrame(clock.now()));
  const monitor = new SafetyMonitor({
    plc: { status },
    spec: wish.spec ?? SPEC,
    clock,
    keeper: wish.keeper ?? null,
    stations: new Map(wish.station ? [['Mast', { status: wish.station }]] : []),
  });
  return { clock, monitor };
}

const keeping = (savedMs: number, memory: unknown = fairMemory(savedMs)): MemoryKeeper => ({
  load: async () => ({ memory, savedMs }),
  save: async () => undefined,
});

describe('the safety monitor', () => {
  it('keeps a latch at once: a life that ends a moment later hands it on (F23)', async () => {
    let kept: { memory: unknown; savedMs: number } | null = null;
    const keeper: MemoryKeeper = {
      load: async () => kept,
      save: async (memory, savedMs) => {
        kept = { memory, savedMs };
      },
    };
    let pressed = 0;
    const status = async () => fairFrame(NIGHT_MS + 1000 * pressed, { site });
    const site = { EmergencyStop: 0 };
    const first = bench({ keeper, status });
    await first.monitor.look();
    await passOn(first.clock, 2);
    pressed = 2;
    site.EmergencyStop = 1;
    await first.monitor.look();
    site.EmergencyStop = 0;
    const next = bench({ keeper, status });
    await next.monitor.restore();
    pressed = 4;
    await next.monitor.look();
    expect(next.monitor.memory.latches['emergency stop']).toBeDefined();
  });

  it.each([
    ['without its parts', { memory: { version: 2, atMono: 0 }, savedMs: NIGHT_MS }],
    ['without a date', { memory: fairMemory(NIGHT_MS, { Bypass: 1 }) }],
    ['with parts that are none', { memory: { ...fairMemory(NIGHT_MS), sources: { plc: 1 } } }],
    ['that is no number in time', { memory: fairMemory(NIGHT_MS), savedMs: 'yesterday' }],
  ])('takes up no memory %s', async (_, kept) => {
    const load = async () => kept as { memory: unknown; savedMs: number };
    const { monitor } = bench({ keeper: { load, save: async () => undefined } });
    await monitor.restore();
    expect(monitor.memory).toEqual(NOTHING_KNOWN);
    expect(monitor.verdict().safe).toBe(false);
  });

  it.each([
    ['just within the greatest age', -MAX_AGE_MS, true],
    ['older than the greatest age', -MAX_AGE_MS - 1, false],
    ['in the future', 1000, false],
  ])('takes up a memory %s: %d ms, safe %s', async (_, savedFromNow, safe) => {
    const { monitor } = bench({ keeper: keeping(NIGHT_MS + savedFromNow) });
    await monitor.restore();
    expect(monitor.verdict().safe).toBe(safe);
  });

  it('goes on without dwell from a memory that it took up', async () => {
    const { monitor } = bench({ keeper: keeping(NIGHT_MS - 5000) });
    await monitor.restore();
    await monitor.look();
    expect(monitor.verdict().safe).toBe(true);
  });

  it('lets a memory age that it took up', async () => {
    const { clock, monitor } = bench({ keeper: keeping(NIGHT_MS - 15_000) });
    await monitor.restore();
    await passOn(clock, 6);
    expect(monitor.verdict().reasons[0]?.sentence).toMatch(/last data is 21 s old/);
  });

  it.each([-3_600_000, 3_600_000])('keeps an emergency stop over %d ms away', async (away) => {
    const memory = fairMemory(NIGHT_MS, { EmergencyStop: 1 });
    const { monitor } = bench({ keeper: keeping(NIGHT_MS + away, memory) });
    await monitor.restore();
    await monitor.look();
    expect(monitor.verdict().reasons.map(({ key }) => key)).toContain('emergency stop');
  });

  it('gives no new life to a bypass by being restarted', async () => {
    const memory = { ...fairMemory(NIGHT_MS), bypassMono: OTHER_MONO - 1_700_000 };
    const spec = plcSpecOf([limitOf({ limit: 1 })]);
    const status = async () => fairFrame(clock.now(), { site: { Bypass: 1 } });
    const { clock, monitor } = bench({ keeper: keeping(NIGHT_MS - 200_000, memory), spec, status });
    await monitor.restore();
    await monitor.look();
    expect(monitor.verdict()).toMatchObject({ safe: false, bypass: 'void' });
  });

  it.each([null, 7, {}, { version: 1, quantities: {} }])(
    'starts unsafe from a memory of another form: %j',
    async (memory) => {
      const { monitor } = bench({ keeper: keeping(NIGHT_MS - 5000, memory) });
      await monitor.restore();
      expect(monitor.memory).toEqual(NOTHING_KNOWN);
      expect(monitor.verdict().safe).toBe(false);
    },
  );

  it('starts unsafe when its memory cannot be read', async () => {
    const load = async () => {
      throw new Error('half a file');
    };
    const { monitor } = bench({ keeper: { load, save: async () => undefined } });
    await monitor.restore();
    expect(monitor.verdict().safe).toBe(false);
  });

  it('goes on when its memory cannot be written', async () => {
    const save = async () => {
      throw new Error('disk full');
    };
    const { monitor } = bench({ keeper: { load: async () => null, save } });
    expect((await monitor.look()).error).toBeNull();
  });

  it('writes its memory four times in the greatest age', async () => {
    const saved: number[] = [];
    const save = async (_: SafetyMemory, nowMs: number) => void saved.push(nowMs - NIGHT_MS);
    const { clock, monitor } = bench({ keeper: { load: async () => null, save } });
    for (let i = 0; i < 20; i++) {
      await monitor.look();
      await passOn(clock, 1);
    }
    expect(saved).toEqual([0, 5000, 10_000, 15_000]);
  });

  it('changes nothing at a frame that cannot be read (F8)', async () => {
    const status = async () => {
      throw new PyrosError('DEVICE_GARBLED', 'nonsense');
    };
    const { monitor } = bench({ keeper: keeping(NIGHT_MS - 5000), status });
    await monitor.restore();
    const before = monitor.memory;
    const error = { code: 'DEVICE_GARBLED', sentence: 'nonsense' };
    expect(await monitor.look()).toEqual({ frame: null, error });
    expect(monitor.memory).toBe(before);
  });

  it('becomes unsafe by age alone', async () => {
    const { clock, monitor } = bench({ keeper: keeping(NIGHT_MS) });
    await monitor.restore();
    expect(monitor.verdict().safe).toBe(true);
    await passOn(clock, SPEC.maxAgeSeconds + 1);
    expect(monitor.verdict()).toMatchObject({ safe: false, reasons: [{ key: 'plc' }] });
  });
});

describe('a station beside the PLC', () => {
  const sensors = [{ device: 'Mast', value: 'WindSpeed', gain: 1, offset: 0 }];
  const spec = plcSpecOf([limitOf({ sensors })]);

  it('is asked at each look, and known by its alias', async () => {
    const station = async () => plcDevice('whatever it calls itself', { WindSpeed: 3 });
    const { clock, monitor } = bench({ spec, station });
    await monitor.look();
    await passOn(clock, 1);
    expect(monitor.verdict().safe).toBe(true);
  });

  it('that never answers is asked once and keeps nobody waiting', async () => {
    let asked = 0;
    const station = () => {
      asked++;
      return new Promise<PlcDevice>(() => undefined);
    };
    const { monitor } = bench({ spec, station });
    for (let i = 0; i < 3; i++) expect((await monitor.look()).error).toBeNull();
    expect(asked).toBe(1);
    expect(monitor.verdict().reasons.map(({ key }) => key)).toEqual(['wind']);
  });

  it('that fails is asked again at the next look', async () => {
    let asked = 0;
    const station = async (): Promise<PlcDevice> => {
      asked++;
      throw new PyrosError('DEVICE_UNREACHABLE', 'no answer');
    };
    const { clock, monitor } = bench({ spec, station });
    for (let i = 0; i < 3; i++) {
      await monitor.look();
      await passOn(clock, 2);
    }
    expect(asked).toBe(3);
  });
});

describe('what flaps', () => {
  it('is held until the noon of the site, and let go by a person', async () => {
    const clock = new VirtualClock(NIGHT_MS);
    const spec = plcSpecOf([limitOf({ mostReopenings: 1, goodDelaySeconds: 10 })]);
    let WindSpeed = 3;
    const status = async () => fairFrame(clock.now(), { wxt520: { WindSpeed } });
    const monitor = new SafetyMonitor({
      plc: { status },
      spec,
      clock,
      keeper: null,
      holdsFlappingAtLonDeg: 180,
    });
    const blow = async (speed: number, seconds: number) => {
      WindSpeed = speed;
      for (let i = 0; i < seconds; i += 2) {
        await monitor.look();
        await passOn(clock, 2);
      }
    };
    for (const speed of [3, 20, 3, 20, 3]) await blow(speed, 20);
    // Noon at 180° is midnight UTC, two hours from now.
    expect(monitor.verdict().reasons[0]?.sentence).toMatch(/held until 2026-10-13T00:00Z/);
    expect(monitor.release('rain')).toEqual([]);
    expect(monitor.release('wind')).toEqual(['wind']);
    await blow(3, 2);
    expect(monitor.verdict().safe).toBe(true);
  });
});
