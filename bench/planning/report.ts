import { textTable } from '../support/text-table.ts';

/** One line of the table of goals. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly goal: string;
  /** Null: there was nothing to measure. */
  readonly isMet: boolean | null;
}

/** A section of the run: its rows, and what was measured for whoever wants to reckon with it. */
export interface Section {
  readonly rows: readonly Row[];
  readonly details: unknown;
}

export function printRows(rows: readonly Row[]): void {
  const verdict = ({ isMet }: Row) => (isMet === null ? '–' : isMet ? 'met' : 'NOT met');
  const lines = rows.map((row) => [row.what, row.measured, row.goal, verdict(row)]);
  console.log(`\n${textTable([['what', 'measured', 'goal', ''], ...lines])}\n`);
}

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? Number.NaN)) / 2;
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

export const percent = (share: number, decimals = 2): string =>
  `${(100 * share).toFixed(decimals)} %`;
export const inSeconds = (seconds: number): string =>
  seconds < 0.1 ? `${(1000 * seconds).toFixed(1)} ms` : `${seconds.toFixed(2)} s`;
export const times = (ratio: number, decimals = 2): string => `${ratio.toFixed(decimals)}×`;

/** Real time that some work takes, and time of a processor, which knows nothing of waiting for one. */
export interface Spent {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

export function spentOn(work: () => unknown): Spent {
  const before = process.cpuUsage();
  const began = performance.now();
  work();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { seconds, cpuSeconds: (user + system) / 1e6 };
}

/** Medians, e.g. `0.41 s (cpu 0.45 s)`. */
export function spentText(all: readonly Spent[]): string {
  const seconds = median(all.map((spent) => spent.seconds));
  const cpuSeconds = median(all.map((spent) => spent.cpuSeconds));
  return `${inSeconds(seconds)} (cpu ${inSeconds(cpuSeconds)})`;
}
