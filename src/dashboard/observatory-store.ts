import { isAlive, readSurveys } from '#agent';
import { GicStore } from '#calibration';
import type { Database } from '#db';
import { type EnvironmentTables, readSafety } from '#environment';
import { readDeviceStatuses, readObservatory } from '#execution';
import type { Clock } from '#platform';
import type { Unit } from '#unit';
import type { ObservatorySources } from './observatory-sources.ts';
import type { TonightStore } from './tonight-store.ts';

/** Gathers what the page "Observatory" shows. */
export class ObservatoryStore {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #unit: Unit;
  readonly #tonight: TonightStore;
  readonly #statuses: GicStore;

  constructor(parts: { database: Database; clock: Clock; unit: Unit; tonight: TonightStore }) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#unit = parts.unit;
    this.#tonight = parts.tonight;
    this.#statuses = new GicStore(parts);
  }

  /** All statuses, as GIC gets them. */
  async statuses() {
    return await this.#statuses.document();
  }

  /** What the database holds now. */
  async gather(): Promise<ObservatorySources> {
    const nowMs = this.#clock.now();
    const facts = await this.#tonight.nightFacts();
    return {
      unit: this.#unit,
      nowMs,
      maxAgeSeconds: this.#clock.allow(this.#unit.plc.maxAgeSeconds),
      ...(await this.#rows()),
      guarded: await this.#isGuarded(nowMs),
      alarms: facts.filter((fact) => fact.type === 'AlarmRaised' || fact.type === 'AlarmCleared'),
      statuses: await this.statuses(),
    };
  }

  async #rows(): Promise<Pick<ObservatorySources, 'observatory' | 'safety' | 'dome' | 'sensors'>> {
    const database = this.#database;
    const sensors = database.tables<EnvironmentTables>().selectFrom('sensor_reading');
    return {
      observatory: await readObservatory(database),
      safety: await readSafety(database),
      dome: (await readDeviceStatuses(database)).get('dome') ?? null,
      sensors: await sensors.selectAll().execute(),
    };
  }

  async #isGuarded(nowMs: number): Promise<boolean> {
    const guardian = this.#unit.agents.find((agent) => agent.kind === 'guardian')?.alias;
    const survey = (await readSurveys(this.#database)).find((one) => one.name === guardian);
    return survey !== undefined && isAlive(survey, nowMs);
  }
}
