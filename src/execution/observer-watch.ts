import { readCommand } from '#agent';
import type { Database } from '#db';
import type { Clock } from '#platform';
import type { Standing } from './pauses.ts';

/** An observer that leaves an order untouched for so long is missed, seconds. */
const SILENT_SECONDS = 15;

/** Notices an observer that does not begin what it was told. */
export class ObserverWatch {
  readonly #clock: Clock;
  readonly #database: Database;
  #waiting: { commandId: number; sinceMs: number } | null = null;

  constructor(parts: { clock: Clock; database: Database }) {
    this.#clock = parts.clock;
    this.#database = parts.database;
  }

  async trouble(commandId: number): Promise<readonly Standing[]> {
    const command = commandId === 0 ? null : await readCommand(this.#database, commandId);
    if (command?.state !== 'PENDING') {
      this.#waiting = null;
      return [];
    }
    const nowMs = this.#clock.monotonic();
    if (this.#waiting?.commandId !== commandId) this.#waiting = { commandId, sinceMs: nowMs };
    if (nowMs - this.#waiting.sinceMs <= this.#clock.allow(SILENT_SECONDS) * 1000) return [];
    const sentence = 'the observer does not begin what it was told';
    return [{ kind: 'hardware', key: 'observer', sentence }];
  }
}
