import { describe, expect, it } from 'vitest';
import type { PlcFrame } from '#devices';
import { PyrosError, VirtualClock } from '#platform';
import { fairFrame, NIGHT_MS, passOn, smallUnit } from '#testing';
import { NOTHING_KNOWN, remember, type SafetyMemory } from './safety.ts';
import { type MemoryKeeper, SafetyMonitor } from './safety-monitor.ts';

const { plc: SPEC } = smallUnit();
const MAX_AGE_MS = SPEC.maxAgeSeconds * 1000;

/** What a monitor remembers after half an hour of fair weather, seen last at that instant. */
function fairMemory(lastMs: number): SafetyMemory {
  let memory = NOTHING_KNOWN;
  for (let nowMs = lastMs - 1_800_000; nowMs <= lastMs; nowMs += 10_000) {
    const arrival = { frame: fairFrame(nowMs), frameMs: nowMs, nowMs };
    memory = remember(memory, { ...arrival, maxAgeSeconds: SPEC.maxAgeSeconds }, SPEC);
  }
  return memory;
}

function bench(more: { keeper?: MemoryKeeper; status?: () => Promise<PlcFrame> } = {}) {
  const clock = new VirtualClock(NIGHT_MS);
  const status = more.status ?? (async () => fairFrame(clock.now()));
  const plc = { status, close: async () => undefined };
  const monitor = new SafetyMonitor({ plc, spec: SPEC, clock, keeper: more.keeper ?? null });
  return { clock, monitor };
}

const keeping = (savedMs: number): MemoryKeeper => ({
  load: async () => ({ memory: fairMemory(savedMs), savedMs }),
  save: async () => undefined,
});

describe('the safety monitor', () => {
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

  it('changes nothing at a frame that cannot be read', async () => {
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

  it('refuses a frame dated more than a minute ahead', async () => {
    const ahead = (ms: number) => bench({ status: async () => fairFrame(NIGHT_MS + ms) }).monitor;
    expect((await ahead(60_000).look()).error).toBeNull();
    expect((await ahead(61_000).look()).error).toMatchObject({ code: 'DEVICE_GARBLED' });
  });

  it('becomes unsafe by age alone', async () => {
    const { clock, monitor } = bench({ keeper: keeping(NIGHT_MS) });
    await monitor.restore();
    expect(monitor.verdict().safe).toBe(true);
    await passOn(clock, SPEC.maxAgeSeconds + 1);
    expect(monitor.verdict()).toMatchObject({ safe: false, reasons: [{ key: 'plc' }] });
  });
});
