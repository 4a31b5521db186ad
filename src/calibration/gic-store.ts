import type { Database } from '#db';
import type { EnvironmentTables } from '#environment';
import { type ExecutionTables, readDeviceStatuses } from '#execution';
import type { Clock } from '#platform';
import type { Unit } from '#unit';
import type { GicDocument } from './gic-document.ts';
import { gicStatus } from './gic-status.ts';

/** Statuses of a device that nobody heard for longer, seconds, are not valid. */
const DEVICE_AGE_SECONDS = 60;

/** Reads what the document is made of. */
export class GicStore {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #unit: Unit;

  constructor(parts: { database: Database; clock: Clock; unit: Unit }) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#unit = parts.unit;
  }

  /** All statuses as they are now. */
  async document(): Promise<GicDocument> {
    const environment = this.#database.tables<EnvironmentTables>();
    const first = <T>(row: T | undefined) => row ?? null;
    return gicStatus({
      unit: this.#unit,
      nowMs: this.#clock.now(),
      deviceAgeSeconds: this.#clock.allow(DEVICE_AGE_SECONDS),
      plcAgeSeconds: this.#clock.allow(this.#unit.plc.maxAgeSeconds),
      observatory: first(
        await this.#database
          .tables<ExecutionTables>()
          .selectFrom('observatory')
          .selectAll()
          .executeTakeFirst(),
      ),
      safety: first(
        await environment.selectFrom('plc_device_status').selectAll().executeTakeFirst(),
      ),
      devices: await readDeviceStatuses(this.#database),
      sensors: await environment.selectFrom('sensor_reading').selectAll().execute(),
      weather: first(await environment.selectFrom('weather_watch').selectAll().executeTakeFirst()),
    });
  }
}
