import type { Command, Work } from '#agent';
import type { Database } from '#db';
import type { Clock } from '#platform';
import { sunPosition } from '#sky';
import type { Unit } from '#unit';
import { type CalibrationLook, calibrationDue, orderedParts } from './calibration-order.ts';
import type { ObservatoryKeeper } from './observatory-keeper.ts';
import { ordersUnderWay } from './park-keeper.ts';

/** An order to calibrate that the observer has not taken up after this is void, seconds. */
const VALIDITY_SECONDS = 120;
const MINUTE_MS = 60_000;

export interface CalibrationKeeperParts {
  readonly unit: Unit;
  readonly observer: string;
  readonly clock: Clock;
  readonly database: Database;
  readonly keeper: ObservatoryKeeper;
  readonly transact: <T>(work: (work: Work) => Promise<T>) => Promise<T>;
}

/** Has the observer calibrate at dusk and at dawn, each once a night, and lets nothing wait for it. */
export class CalibrationKeeper {
  readonly #parts: CalibrationKeeperParts;

  constructor(parts: CalibrationKeeperParts) {
    this.#parts = parts;
  }

  /** The observer was told to, and has not ended. */
  async isUnderWay(): Promise<boolean> {
    const { database, observer, clock } = this.#parts;
    const orders = await ordersUnderWay(database, observer, 'calibrate');
    // An observer that is not there lets an order grow old without a word.
    const isVoid = ({ state, depositMs, validitySeconds }: Command) =>
      state === 'PENDING' && clock.now() - depositMs > validitySeconds * 1000;
    return orders.some((order) => !isVoid(order));
  }

  /** Orders what is due, if anything is. */
  async step(now: Pick<CalibrationLook, 'domeOpen' | 'domeClosed' | 'nightOver'>): Promise<void> {
    const { unit, clock, keeper, observer } = this.#parts;
    const { site, night, calibrations: spec } = unit;
    const sunAltDeg = sunPosition(site, clock.now()).altDeg;
    const part = calibrationDue({
      ...now,
      ...night,
      spec,
      ordered: orderedParts(keeper.row.calibrated),
      mode: keeper.row.mode,
      sunAltDeg,
      sunRises: sunPosition(site, clock.now() + MINUTE_MS).altDeg > sunAltDeg,
    });
    if (part === null) return;
    await keeper.change(async (work, row) => {
      const ordered = orderedParts(row.calibrated);
      if (ordered.includes(part)) return {};
      const payload = { moment: part === 'dusk' ? 'dusk' : 'dawn' };
      const validitySeconds = clock.allow(VALIDITY_SECONDS);
      await work.send(observer, { name: 'calibrate', payload, validitySeconds });
      return { calibrated: [...ordered, part].join(',') };
    });
  }

  /** Ends what runs, once: closing and science come first. */
  async stop(reason: string): Promise<void> {
    if (!(await this.isUnderWay())) return;
    const { transact, observer, clock, database } = this.#parts;
    if ((await ordersUnderWay(database, observer, 'abort')).length > 0) return;
    const order = {
      name: 'abort',
      payload: reason,
      validitySeconds: clock.allow(VALIDITY_SECONDS),
    };
    await transact((work) => work.send(observer, order));
  }
}
