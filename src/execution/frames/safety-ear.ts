import type { Database } from '#db';
import { readSafety } from '#environment';
import type { Clock } from '#platform';
import type { SafetyHeard } from './frame-check.ts';

/**
 * The observer's ear for the verdict on safety, which the env monitoring writes again and again. How old
 * it is, is measured by our own monotonic clock from when it last changed: a machine's clock that is set
 * makes nothing younger (hazard F41).
 */
export class SafetyEar {
  readonly #parts: { database: Database; clock: Clock; maxAgeSeconds: number };
  #updated = '';
  #heardMs = Number.NEGATIVE_INFINITY;

  constructor(parts: { database: Database; clock: Clock; maxAgeSeconds: number }) {
    this.#parts = parts;
  }

  /** The effective verdict; null when the last word is older than the unit's greatest age, or none. */
  async listen(): Promise<SafetyHeard> {
    const { database, clock, maxAgeSeconds } = this.#parts;
    const row = await readSafety(database);
    if (!row) return null;
    const maxAgeMs = clock.allow(maxAgeSeconds) * 1000;
    if (row.updated !== this.#updated) {
      const isFirst = this.#updated === '';
      this.#updated = row.updated;
      // What it finds at its start may be left from long ago: only then its date must do.
      const isRecent = Math.abs(clock.now() - Date.parse(row.updated)) <= maxAgeMs;
      if (!isFirst || isRecent) this.#heardMs = clock.monotonic();
    }
    if (clock.monotonic() - this.#heardMs > maxAgeMs) return null;
    return { safe: row.safe === 1, reasons: sentencesIn(row.reasons) };
  }
}

function sentencesIn(reasons: string): string[] {
  try {
    const list: unknown = JSON.parse(reasons);
    return Array.isArray(list) ? list.map(String) : [];
  } catch {
    return [reasons];
  }
}
