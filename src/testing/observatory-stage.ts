import { onTestFinished } from 'vitest';
import type { Fact, FactPayloads, FactType } from '#agent';
import { readObservatory } from '#execution';
import { seededRandom } from '#platform';
import { sunBelow } from '#sky';
import type { Unit } from '#unit';
import { smallUnit } from '../devices/virtual-simulators.ts';
import { checkHistory } from '../main/observatory/history-check.ts';
import { InvariantWatch } from '../main/observatory/invariant-watch.ts';
import type { Violation } from '../main/observatory/invariants.ts';
import { VirtualObservatory } from '../main/observatory/virtual-observatory.ts';
import { tempFolder } from './temp-database.ts';

/** A dark night over the simulated unit, the Moon below the horizon. */
export const STAGE_NIGHT = '2014-04-23';

/** A fact of one type. */
export type FactOf<T extends FactType> = Fact & {
  readonly type: T;
  readonly payload: FactPayloads[T];
};

/** How a stage is set; everything has a use without it. */
export interface StageWish {
  /** When it starts, minutes after the sky has become dark. */
  readonly minutesIntoDark?: number;
  /** Changes the unit of config/simulated.yaml (small detectors, dwell of a minute). */
  readonly unit?: (unit: Unit) => Unit;
  /** The guide's scenario JSON: a number, then events. */
  readonly scenario?: readonly unknown[];
  readonly seed?: number;
}

const MINUTE_MS = 60_000;
/** The weather is believed after this, seconds: a test need not wait for the unit's own dwell. */
const SHORT_DWELL_SECONDS = 60;

/**
 * The whole observatory on virtual time for a test: every agent, every device simulator with its faults,
 * and somebody who watches that the invariants hold. Ends with the test.
 */
export class ObservatoryStage {
  readonly observatory: VirtualObservatory;
  readonly watch: InvariantWatch;
  #seen = 0;

  private constructor(observatory: VirtualObservatory) {
    this.observatory = observatory;
    this.watch = new InvariantWatch(observatory);
  }

  /** Everything has just been started, all devices well; time stands. */
  static async set(wish: StageWish = {}): Promise<ObservatoryStage> {
    const plain = smallUnit();
    const dark = sunBelow(plain.site, STAGE_NIGHT, plain.night.scienceSunAltDeg);
    if (!dark) throw new Error('that night gets dark');
    const startMs = dark.startMs + (wish.minutesIntoDark ?? 60) * MINUTE_MS;
    const unit = (wish.unit ?? ((same) => same))(withShortDwell(plain));
    const observatory = await VirtualObservatory.open({
      unit,
      seed: wish.seed ?? seededRandom(1).integer(1000),
      dataFolder: tempFolder(),
      startMs,
      targetsAtMs: dark.startMs,
      scenario: wish.scenario ?? [0],
    });
    await observatory.start();
    const stage = new ObservatoryStage(observatory);
    onTestFinished(() => stage.#end());
    return stage;
  }

  /** The dome is open and a sequence is being exposed. */
  static async observing(wish: StageWish = {}): Promise<ObservatoryStage> {
    const stage = await ObservatoryStage.set(wish);
    await stage.untilTold('ExposureStarted', { within: 1800 });
    return stage;
  }

  get unit(): Unit {
    return this.observatory.unit;
  }

  get nowMs(): number {
    return this.observatory.clock.now();
  }

  /** Gives a simulator (`dome`, `plc`, `mount`, `VIS`, `focuser-VIS` …) a fault by name. */
  fault(device: string, name: string, amount?: number): void {
    this.#plane(device).set(name, amount);
  }

  clear(device: string, name?: string): void {
    this.#plane(device).clear(name);
  }

  /** Makes the PLC say `value` of e.g. `WXT520 RainRate`; `auto` gives it back to itself. */
  async plc(name: string, value: number | string): Promise<void> {
    await this.observatory.setPlcValue(name, value);
  }

  /** It rains on both stations. */
  async rain(): Promise<void> {
    for (const device of ['WXT520', 'VantagePro']) await this.plc(`${device} RainRate`, 6);
  }

  async dry(): Promise<void> {
    for (const device of ['WXT520', 'VantagePro']) await this.plc(`${device} RainRate`, 'auto');
  }

  /** Lets so many seconds go by. */
  async pass(seconds: number): Promise<void> {
    await this.observatory.pass(seconds);
  }

  /** How far the shutter really is open: 0 closed, 1 open. */
  openFraction(): number {
    return this.observatory.simulators.dome?.truth?.().openFraction ?? Number.NaN;
  }

  async mode(): Promise<string> {
    return (await readObservatory(this.observatory.database))?.mode ?? 'none';
  }

  /** Every fact of a type so far. */
  async told<T extends FactType>(type: T): Promise<FactOf<T>[]> {
    const facts = await this.observatory.facts();
    return facts.filter((fact): fact is FactOf<T> => fact.type === type);
  }

  /** Waits for a fact told after the last one waited for; an Error when it does not come. */
  async untilTold<T extends FactType>(
    type: T,
    {
      within,
      where = () => true,
    }: { within: number; where?: (payload: FactPayloads[T]) => boolean },
  ): Promise<FactOf<T>> {
    let found: FactOf<T> | undefined;
    const look = async () => {
      const facts = await this.observatory.facts(this.#seen);
      const fits = (fact: Fact): fact is FactOf<T> =>
        fact.type === type && where(fact.payload as FactPayloads[T]);
      found = facts.find(fits);
      return found !== undefined;
    };
    await this.until(look, { within, what: `a fact ${type}` });
    if (!found) throw new Error('unreachable: until() has said so');
    this.#seen = found.id;
    return found;
  }

  /** From now on only newer facts are waited for. */
  async forgetFacts(): Promise<void> {
    this.#seen = (await this.observatory.facts(this.#seen)).at(-1)?.id ?? this.#seen;
  }

  /** Lets time go by, second by second, until something is so; an Error after `within` seconds. */
  async until(
    isSo: () => boolean | Promise<boolean>,
    { within, what }: { within: number; what: string },
  ): Promise<void> {
    for (let waited = 0; waited <= within; waited++) {
      if (await isSo()) return;
      await this.pass(1);
    }
    throw new Error(`${what} did not come within ${within} s: ${await this.#lastWords()}`);
  }

  /** Invariants that were broken so far, and what the history itself gives away. */
  async violations(): Promise<readonly Violation[]> {
    return [...this.watch.violations];
  }

  /** Ends the night now, and checks what must hold of a history that is over. */
  async historyFaults(): Promise<readonly Violation[]> {
    return await checkHistory(this.observatory, STAGE_NIGHT);
  }

  async #lastWords(): Promise<string> {
    const facts = (await this.observatory.facts()).slice(-12);
    return facts
      .map(({ at, type, payload }) => `${at} ${type} ${JSON.stringify(payload)}`)
      .join('\n');
  }

  #plane(device: string) {
    const plane = this.observatory.simulators[device]?.faults;
    if (plane) return plane;
    const names = Object.keys(this.observatory.simulators).join(', ');
    throw new Error(`no simulator ${device} with faults: there are ${names}`);
  }

  async #end(): Promise<void> {
    this.watch.stop();
    await this.observatory.stop();
    await this.observatory.close();
  }
}

function withShortDwell(unit: Unit): Unit {
  const limits = unit.plc.limits.map((limit) => {
    return { ...limit, goodDelaySeconds: Math.min(limit.goodDelaySeconds, SHORT_DWELL_SECONDS) };
  });
  return { ...unit, plc: { ...unit.plc, limits } };
}
