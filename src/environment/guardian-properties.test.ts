import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GuardianStage, NIGHT_MS, type WireMode } from '#testing';

const MECHANICAL = [
  'deaf-shutter',
  'stuck-closed-switch',
  'both-switches',
  'stops-half-way',
  'frees-when-home',
  'brown-out',
];
/** The witness looks this often, seconds. */
const LOOK_SECONDS = 2;
/** From what is known to an order that the dome has: a look, and a turn; seconds. */
const STEP_SECONDS = 4;
/** After a trouble, one look or one order may have to be given up first; seconds. */
const RECOVERY_SECONDS = 8;

/** What is dangerous on the stage, with the time within which the guardian has to know; seconds. */
const DANGERS: Record<string, (stage: GuardianStage) => { stands: boolean; seconds: number }> = {
  rain: ({ site }) => ({ stands: site.rain, seconds: 2 }),
  emergencyStop: ({ site }) => ({ stands: site.emergencyStop, seconds: 2 }),
  damp: ({ site }) => ({ stands: site.damp && !site.bypass, seconds: 62 }),
  plc: ({ plcWire, unit }) => ({
    stands: plcWire !== 'ok' && plcWire !== 'half',
    seconds: unit.plc.maxAgeSeconds,
  }),
  frozen: ({ isFrozen, unit }) => ({ stands: isFrozen, seconds: unit.plc.maxAgeSeconds }),
  majordome: ({ isMajordomeAlive }) => ({ stands: !isMajordomeAlive, seconds: 60 }),
  database: ({ database }) => ({ stands: database !== 'ok', seconds: 60 }),
  sun: ({ isDay }) => ({ stands: isDay, seconds: 0 }),
  lock: ({ lock }) => ({ stands: lock !== null, seconds: 2 }),
  clock: ({ clockOffsetMs }) => ({ stands: clockOffsetMs !== 0, seconds: 2 }),
};

/** Rain does not show on a PLC that says nothing or repeats itself. */
const SHOWN_BY_PLC = ['rain', 'emergencyStop', 'damp', 'clock'];

/** Looks every other second whether the invariants of docs/safety.md hold. */
class Witness {
  readonly stage = new GuardianStage();
  readonly #since = new Map<string, number>();
  isSuspended = false;
  fault: string | null = null;
  #faultMs = Number.NEGATIVE_INFINITY;
  #permitEndMs = 0;

  /** Since when something has been so without a break, UTC ms; null when it is not so. */
  #lasting(name: string, isSo: boolean): number | null {
    if (!isSo) this.#since.delete(name);
    else if (!this.#since.has(name)) this.#since.set(name, this.stage.clock.now());
    return this.#since.get(name) ?? null;
  }

  async pass(seconds: number): Promise<void> {
    for (let left = seconds; left > 0; left -= LOOK_SECONDS) {
      await this.stage.pass(Math.min(left, LOOK_SECONDS));
      if (this.stage.isMajordomeAlive) await this.stage.press('DO OPEN');
      await this.#look();
    }
  }

  async #look(): Promise<void> {
    const { stage } = this;
    const nowMs = stage.clock.now();
    const permitSeconds = await stage.permitSeconds();
    const overdueMs = this.#overdue(nowMs);
    if (overdueMs !== null) this.#checkUnsafe(permitSeconds, overdueMs);
    this.#checkDeadMan(permitSeconds, nowMs);
  }

  /** Since when the guardian, at work and within reach, ought to have acted; null: it need not. */
  #overdue(nowMs: number): number | null {
    const { stage } = this;
    const isPlcHeard = stage.plcWire === 'ok' || stage.plcWire === 'half';
    const plcMs = this.#lasting('PLC heard', isPlcHeard && !stage.isFrozen);
    const isAble = stage.guardian !== null && !this.isSuspended && stage.domeWire === 'ok';
    const ableMs = this.#lasting('able', isAble && this.fault !== 'brown-out');
    const knownMs = Object.entries(DANGERS).flatMap(([name, of]) => {
      const { stands, seconds } = of(stage);
      const sinceMs = this.#lasting(name, stands);
      if (sinceMs === null || (SHOWN_BY_PLC.includes(name) && plcMs === null)) return [];
      const shownMs = (plcMs ?? 0) + RECOVERY_SECONDS * 1000;
      const knownMs = sinceMs + seconds * 1000;
      return [SHOWN_BY_PLC.includes(name) ? Math.max(knownMs, shownMs) : knownMs];
    });
    if (ableMs === null || knownMs.length === 0) return null;
    const dueMs =
      Math.max(ableMs + RECOVERY_SECONDS * 1000, Math.min(...knownMs)) + STEP_SECONDS * 1000;
    return nowMs > dueMs ? dueMs : null;
  }

  /** G1 to G4, G6: no permit, and it is told to close until it is closed; people are told. */
  #checkUnsafe(permitSeconds: number, overdueMs: number): void {
    const { stage } = this;
    const nowMs = stage.clock.now();
    expect(permitSeconds, this.#scene()).toBe(0);
    if (stage.dome.truth().openFraction === 0) return;
    const close = stage.orders.findLast(({ text }) => text === 'DO CLOSE');
    expect(nowMs - (close?.atMs ?? 0), this.#scene()).toBeLessThanOrEqual(STEP_SECONDS * 1000);
    // Who is sure that it moves, and how, may not have told yet; a switch may never have told.
    const lateMs = (stage.unit.dome.closeSeconds * 1.5 + STEP_SECONDS) * 1000;
    if (this.fault !== 'deaf-shutter' || nowMs - Math.max(overdueMs, this.#faultMs) < lateMs)
      return;
    const alarm = stage.alarms().at(-1);
    expect(nowMs - (alarm?.atMs ?? 0), this.#scene()).toBeLessThanOrEqual(70_000);
  }

  /** G5: whoever is dead, a sound dome is closed so long after the last permit. */
  #checkDeadMan(permitSeconds: number, nowMs: number): void {
    const { stage } = this;
    if (permitSeconds > 0) this.#permitEndMs = nowMs + permitSeconds * 1000;
    if (this.fault !== null) this.#faultMs = nowMs;
    if (this.#faultMs >= this.#permitEndMs - stage.unit.dome.permitSeconds * 1000) return;
    if (nowMs - this.#permitEndMs <= (stage.unit.dome.closeSeconds + 2) * 1000) return;
    expect(stage.dome.truth().openFraction, this.#scene()).toBe(0);
  }

  #scene(): string {
    const { site, plcWire, domeWire, isFrozen, isDay, isMajordomeAlive, database } = this.stage;
    const { lock, clockOffsetMs } = this.stage;
    const second = (this.stage.clock.now() - NIGHT_MS) / 1000;
    return JSON.stringify({
      ...{ second, site, plcWire, domeWire, isFrozen, isDay, isMajordomeAlive, database },
      ...{ lock, clockOffsetMs, fault: this.fault, isSuspended: this.isSuspended },
      truth: this.stage.dome.truth(),
      orders: this.stage.orders.slice(-5),
    });
  }

  breakDome(fault: string | null): void {
    this.fault = fault;
    this.stage.dome.faults.clear();
    if (fault !== null) this.stage.dome.faults.set(fault);
  }

  kill(): void {
    this.isSuspended = false;
    this.stage.kill();
  }

  restart(): void {
    if (this.stage.guardian) this.kill();
    this.stage.start();
  }

  suspend(isSuspended: boolean): void {
    this.isSuspended = isSuspended && this.stage.guardian !== null;
    if (isSuspended) this.stage.suspend();
    else this.stage.resume();
  }

  /** All is well again but the rain: the dome must be closed, whatever was before. Then all is well. */
  async end(): Promise<void> {
    const { stage } = this;
    this.suspend(false);
    if (!stage.guardian) this.restart();
    this.breakDome(null);
    Object.assign(stage, { plcWire: 'ok', domeWire: 'ok', isFrozen: false, database: 'ok' });
    Object.assign(stage, { isDay: false, isMajordomeAlive: true, lock: null, clockOffsetMs: 0 });
    Object.assign(stage.site, { rain: true, damp: false, bypass: false, emergencyStop: false });
    await this.pass(150);
    expect(stage.dome.truth().openFraction, this.#scene()).toBe(0);
    expect(stage.dome.faults.active()).toEqual([]);
    stage.site.rain = false;
    await this.pass(90);
  }
}

type Event = { readonly say: string; readonly happen: (witness: Witness) => unknown };

const event = (say: string, happen: (witness: Witness) => unknown): Event => ({ say, happen });
const both = (say: string, happen: (witness: Witness, on: boolean) => unknown): Event[] =>
  [true, false].map((on) => event(`${say} ${on ? 'on' : 'off'}`, (witness) => happen(witness, on)));
const wires: WireMode[] = ['ok', 'silent', 'cut', 'garbage', 'half'];

const EVENTS: readonly Event[] = [
  ...both('rain', ({ stage }, on) => Object.assign(stage.site, { rain: on })),
  ...both('damp', ({ stage }, on) => Object.assign(stage.site, { damp: on })),
  ...both('bypass', ({ stage }, on) => Object.assign(stage.site, { bypass: on })),
  ...both('lock', ({ stage }, on) => Object.assign(stage, { lock: on ? 'locked' : null })),
  ...both('frozen PLC', ({ stage }, on) => Object.assign(stage, { isFrozen: on })),
  ...both('day', ({ stage }, on) => Object.assign(stage, { isDay: on })),
  ...both('dead Majordome', ({ stage }, on) => Object.assign(stage, { isMajordomeAlive: !on })),
  ...both('suspended guardian', (witness, on) => witness.suspend(on)),
  ...wires.map((wire) =>
    event(`PLC ${wire}`, ({ stage }) => Object.assign(stage, { plcWire: wire })),
  ),
  ...wires.map((wire) =>
    event(`dome ${wire}`, ({ stage }) => Object.assign(stage, { domeWire: wire })),
  ),
  ...(['ok', 'hangs', 'refuses'] as const).map((how) =>
    event(`database ${how}`, ({ stage }) => Object.assign(stage, { database: how })),
  ),
  ...[1, -1, 0].map((hours) =>
    event(`clock ${hours} h`, ({ stage }) =>
      Object.assign(stage, { clockOffsetMs: hours * 3_600_000 }),
    ),
  ),
  ...[...MECHANICAL, null].map((fault) =>
    event(`dome ${fault ?? 'sound'}`, (witness) => witness.breakDome(fault)),
  ),
  event('guardian killed', (witness) => witness.kill()),
  event('guardian started again', (witness) => witness.restart()),
];

/** One life: all is well, then the steps, then all is well again. */
async function live(steps: readonly { event: Event; seconds: number }[]): Promise<void> {
  const witness = new Witness();
  const { stage } = witness;
  stage.start();
  await witness.pass(70);
  expect(stage.dome.truth().openFraction).toBe(1);
  for (const { event: one, seconds } of steps) {
    one.happen(witness);
    await witness.pass(seconds);
  }
  await witness.end();
  const why = stage.log.lines.slice(-3).join('; ');
  expect(stage.dome.truth().openFraction, why).toBe(1);
  stage.guardian?.stop();
  stage.dome.stop();
}

const history = fc.array(
  fc.record({
    event: fc.constantFrom(...EVENTS).map((one) => Object.assign(one, { toString: () => one.say })),
    seconds: fc.constantFrom(1, 3, 7, 15, 30, 75),
  }),
  { minLength: 3, maxLength: 14 },
);

test.each(EVENTS)('after "$say" alone, the dome is not open when it must not be', async (one) => {
  await live([{ event: one, seconds: 100 }]);
});

test('whatever happens in whatever order, the dome is not open when it must not be', {
  timeout: 120_000,
}, async () => {
  await fc.assert(fc.asyncProperty(history, live), { numRuns: 20 });
});
