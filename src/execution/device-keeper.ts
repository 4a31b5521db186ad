import type { Work } from '#agent';
import { type Clock, iso, sentenceOf } from '#platform';
import { readDeviceStatuses, writeDeviceStatus } from './execution-store.ts';
import type { ObservingTools } from './observing-tools.ts';

/** What a row of `device_status` says of the connection, beside the status itself. */
export interface Connection {
  readonly connected: boolean;
  /** When it was last established, ISO-8601 UTC; null: never yet. */
  readonly connectedSince: string | null;
  /** When the device last answered. */
  readonly lastConnection: string | null;
  /** Why it does not answer; null when it does. */
  readonly error: string | null;
}

const NEVER: Connection = {
  connected: false,
  connectedSince: null,
  lastConnection: null,
  error: null,
};

/** A device whose statuses are kept. */
export interface NotedDevice {
  /** Its row. */
  readonly name: string;
  /** Date of the last maintenance, from the unit file. */
  readonly maintained?: string | undefined;
  readonly ask: () => Promise<{ readonly atMs: number }>;
}

/**
 * Keeps what each device says, and whether it answers at all. While it does not, its row keeps the last
 * status and its date, so that it ages; what an earlier life of the agent wrote is gone on from.
 */
export class DeviceKeeper {
  readonly #clock: Clock;
  readonly #database: ObservingTools['database'];
  readonly #transact: <T>(work: (work: Work) => Promise<T>) => Promise<T>;
  readonly #devices: readonly NotedDevice[];

  constructor(
    tools: Pick<ObservingTools, 'clock' | 'database' | 'transact'>,
    devices: readonly NotedDevice[],
  ) {
    this.#clock = tools.clock;
    this.#database = tools.database;
    this.#transact = tools.transact;
    this.#devices = devices;
  }

  /** Asks all at once: one that is silent keeps the others from nothing. Gives who began to be silent. */
  async note(): Promise<readonly string[]> {
    const before = await readDeviceStatuses(this.#database);
    const lost: string[] = [];
    await Promise.all(
      this.#devices.map(async (device) => {
        const row = before.get(device.name);
        const error = await this.#noteOne(device, row?.status ?? {});
        if (error !== null && row?.status.connected !== false)
          lost.push(`${device.name}: ${error}`);
      }),
    );
    return lost;
  }

  /** Gives why it does not answer, or null. */
  async #noteOne(device: NotedDevice, last: Record<string, unknown>): Promise<string | null> {
    const { name, maintained, ask } = device;
    const was = { ...NEVER, ...last };
    const keep = async (row: Record<string, unknown> & { atMs: number }) => {
      const dated = { ...row, ...(maintained !== undefined && { maintained }) };
      await this.#transact((work) => writeDeviceStatus(work, name, dated));
    };
    try {
      const status = await ask();
      const now = iso(this.#clock.now());
      const connectedSince = was.connected ? was.connectedSince : now;
      const connection = { connected: true, connectedSince, lastConnection: now, error: null };
      await keep({ ...status, ...connection });
      return null;
    } catch (cause) {
      const error = sentenceOf(cause);
      const atMs = typeof last.atMs === 'number' ? last.atMs : 0;
      await keep({ ...last, ...was, atMs, connected: false, error });
      return error;
    }
  }
}
