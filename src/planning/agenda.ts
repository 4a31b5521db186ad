import type { Job } from './job.ts';
import type { SlewMs } from './slewing.ts';
import type { Direction } from './visibility/target-path.ts';

/** A job and the start of its block, UTC milliseconds. */
export interface Placed {
  readonly job: Job;
  readonly startMs: number;
}

/** What the telescope has to do, in the order of time; blocks and slews do not overlap. */
export type Agenda = readonly Placed[];

/** From when and where on the telescope may be used, and how fast it is. */
export interface Telescope {
  readonly freeFromMs: number;
  /** Null when it does not matter. */
  readonly looksAt: Direction | null;
  readonly slewMs: SlewMs;
  /** All slews take no time. */
  readonly isInstant: boolean;
  /** When all has to be over. */
  readonly endMs: number;
}

export function endOf({ job, startMs }: Placed): number {
  return startMs + job.blockMs;
}

/** Slew to the job at `index` from what comes before it, milliseconds. */
export function slewBefore(agenda: Agenda, index: number, telescope: Telescope): number {
  const before = agenda[index - 1];
  const from = before === undefined ? telescope.looksAt : before.job.direction;
  return telescope.slewMs(from, agenda[index]?.job.direction ?? null);
}

/** Between when the block at `index` could start with the others where they are, its own sky aside. */
export function roomOf(
  agenda: Agenda,
  index: number,
  telescope: Telescope,
): { readonly startMs: number; readonly endMs: number } {
  const before = agenda[index - 1];
  const after = agenda[index + 1];
  const free = before === undefined ? telescope.freeFromMs : endOf(before);
  const slewAfter = after === undefined ? 0 : slewBefore(agenda, index + 1, telescope);
  const limit = after === undefined ? telescope.endMs : after.startMs - slewAfter;
  return {
    startMs: free + slewBefore(agenda, index, telescope),
    endMs: limit - (agenda[index]?.job.blockMs ?? 0),
  };
}

export function byStart(a: Placed, b: Placed): number {
  return a.startMs - b.startMs;
}
