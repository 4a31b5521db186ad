import { type Fact, factsAfter, readSurveys } from '#agent';
import { alertsOfNight } from '#alert';
import type { Database } from '#db';
import { readSafety, weatherSince } from '#environment';
import { countImages, latestImages, readDeviceStatuses, readObservatory } from '#execution';
import { latestSchedule } from '#planning';
import type { Clock } from '#platform';
import { allSequences } from '#request';
import { nightBounds, nightId } from '#sky';
import type { Unit } from '#unit';
import type { TonightSources } from './tonight-sources.ts';

const SHOWN_IMAGES = 8;

/** Gathers what the page shows; facts are read once and kept, for there are thousands. */
export class TonightStore {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #unit: Unit;
  #facts: Fact[] = [];
  #reading: Promise<void> | null = null;

  constructor(parts: { database: Database; clock: Clock; unit: Unit }) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#unit = parts.unit;
  }

  /** The unit, and the night that it is now. */
  where(): { unit: Unit; night: string } {
    return { unit: this.#unit, night: nightId(this.#clock.now(), this.#unit.site.lonDeg) };
  }

  /** What the database holds of this night, now. */
  async gather(): Promise<TonightSources> {
    const { site, plc } = this.#unit;
    const nowMs = this.#clock.now();
    const night = nightId(nowMs, site.lonDeg);
    const { startMs } = nightBounds(night, site.lonDeg);
    const facts = await this.nightFacts();
    const database = this.#database;
    return {
      unit: this.#unit,
      nowMs,
      rate: this.#clock.rate(),
      maxAgeSeconds: this.#clock.allow(plc.maxAgeSeconds),
      observatory: await readObservatory(database),
      safety: await readSafety(database),
      devices: await readDeviceStatuses(database),
      weather: await weatherSince(database, startMs),
      schedule: await latestSchedule(database),
      sequences: await allSequences(database),
      facts,
      images: await latestImages(database, SHOWN_IMAGES),
      imageCount: await countImages(database, night),
      alerts: await alertsOfNight(database, startMs),
      surveys: await readSurveys(database),
    };
  }

  /** Facts of this night so far, oldest first. Who asks while they are being read waits for that. */
  async nightFacts(): Promise<readonly Fact[]> {
    this.#reading ??= this.#readFacts().finally(() => (this.#reading = null));
    await this.#reading;
    return this.#facts;
  }

  async #readFacts(): Promise<void> {
    for (;;) {
      const facts = await factsAfter(this.#database, this.#facts.at(-1)?.id ?? 0, 2000);
      if (facts.length === 0) return;
      this.#facts = [...this.#facts, ...facts];
      // A new night begins a new list.
      const start = this.#facts.findLastIndex((fact) => fact.type === 'NightStarted');
      if (start > 0) this.#facts = this.#facts.slice(start);
    }
  }
}
