import type { NightReport } from '../../tonight.ts';

/** The numbers at the top of the report. */
export interface ReportFigures {
  readonly done: number;
  readonly sequences: number;
  readonly lostSeconds: number;
  /** Part of the dark time with a shutter open, 0 to 1; null when there was no dark time. */
  readonly openShutter: number | null;
}

export function reportFigures(report: NightReport): ReportFigures {
  const { darkSeconds, exposingSeconds } = report.efficiency;
  return {
    done: report.sequences.filter((sequence) => isDone(sequence.outcome)).length,
    sequences: report.sequences.length,
    lostSeconds: report.lost.reduce((sum, { seconds }) => sum + seconds, 0),
    openShutter: darkSeconds > 0 ? exposingSeconds / darkSeconds : null,
  };
}

/** A part of the dark, and what it was used for. */
export interface DarkPart {
  readonly name: string;
  readonly seconds: number;
}

/** Shorter parts are left out, seconds. */
const SHORTEST_SECONDS = 1;

/** Where the dark went, greatest part first. */
export function darkParts({ accounting }: NightReport): DarkPart[] {
  const { exposing, overhead, paused, nothing, unexplained } = accounting;
  const all = [
    { name: 'exposing', seconds: exposing },
    ...overhead.map(({ kind, seconds }) => ({ name: kind, seconds })),
    ...paused.map(({ kind, key, seconds }) => {
      return { name: `paused: ${kind === key ? kind : `${kind}, ${key}`}`, seconds };
    }),
    { name: 'nothing to observe', seconds: nothing },
    { name: 'unexplained', seconds: unexplained },
  ];
  return all
    .filter(({ seconds }) => seconds >= SHORTEST_SECONDS)
    .sort((one, other) => other.seconds - one.seconds);
}

export function isDone(outcome: string): boolean {
  return /^(done|executed|complete|completed|success)$/i.test(outcome);
}

/** Each value as a part of the greatest, 0 to 1, for bars. */
export function parts(values: readonly number[]): number[] {
  const greatest = Math.max(0, ...values);
  return values.map((value) => (greatest > 0 ? Math.max(0, value) / greatest : 0));
}
