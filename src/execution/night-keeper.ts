import { iso } from '#platform';
import { nightId, SUNSET_ALT_DEG, sunAltitudeCrossing } from '#sky';
import type { Unit } from '#unit';
import type { ObservatoryRow } from './execution-store.ts';
import { acknowledgement } from './night-acknowledgement.ts';
import type { ObservatoryKeeper } from './observatory-keeper.ts';

const DAY_MS = 86_400_000;

export interface NightKeeperParts {
  readonly unit: Unit;
  readonly keeper: ObservatoryKeeper;
  /** Makes the report of a night that is over; gives its path. */
  readonly report: (night: string) => Promise<string>;
}

/** Begins and ends nights, and keeps the acknowledgement of each. */
export class NightKeeper {
  readonly #parts: NightKeeperParts;

  constructor(parts: NightKeeperParts) {
    this.#parts = parts;
  }

  /** True when a night began: a new one has no acknowledgement until the PLC's button gives it. */
  async begin(nowMs: number, button: number | null): Promise<boolean> {
    const { unit, keeper } = this.#parts;
    const night = nightId(nowMs, unit.site.lonDeg);
    const begins = isNewNight(keeper.row.night, night);
    if (begins) {
      // The last night found no end of its own, e.g. the telescope never reached its park.
      if (acknowledgement.isGiven(keeper.row.night_ack)) await this.reportNight();
      const { downMs, upMs } = sunAltitudeCrossing(unit.site, night, SUNSET_ALT_DEG);
      const at = (ms: number | null) => (ms === null ? null : iso(ms));
      await keeper.change(async (work, row) => {
        await work.fact('NightStarted', { night, sunsetAt: at(downMs), sunriseAt: at(upMs) });
        return { night, night_ack: acknowledgement.atNewNight(row.night_ack), calibrated: '' };
      });
    }
    await this.#acknowledge(button);
    return begins;
  }

  async #acknowledge(button: number | null): Promise<void> {
    const { keeper } = this.#parts;
    const after = (row: ObservatoryRow) => acknowledgement.afterButton(row.night_ack, button);
    if (after(keeper.row) === keeper.row.night_ack) return;
    await keeper.change(async (work, row) => {
      const ack = after(row);
      if (acknowledgement.isGiven(ack) && ack !== row.night_ack) {
        await work.fact('NightAcknowledged', { by: "the PLC's button" });
      }
      return { night_ack: ack };
    });
  }

  /** The night was acknowledged, and the Sun is too high again for the dome to be open. */
  isOver(nowMs: number): boolean {
    const { unit, keeper } = this.#parts;
    if (!acknowledgement.isGiven(keeper.row.night_ack)) return false;
    const { closeSunAltDeg } = unit.night;
    const crossing = sunAltitudeCrossing(unit.site, keeper.row.night, closeSunAltDeg);
    // Where the Sun does not rise the night ends at noon, where it does not set there is none.
    return crossing.alwaysAbove || (crossing.upMs !== null && nowMs > crossing.upMs);
  }

  /** The acknowledgement goes with the night. */
  async reportNight(): Promise<void> {
    const { keeper, report } = this.#parts;
    const { night } = keeper.row;
    const path = await report(night);
    await keeper.change(async (work) => {
      await work.fact('NightEnded', { night, report: path });
      return { night_ack: acknowledgement.spent };
    });
  }
}

/** A clock that was set back over noon does not begin the night before again. */
export function isNewNight(known: string, night: string): boolean {
  if (known === '' || night > known) return true;
  return Date.parse(known) - Date.parse(night) > DAY_MS;
}
