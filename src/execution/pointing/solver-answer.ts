import { z } from 'zod';
import type { SolveAnswer } from './plate-solver.ts';

const spoken = z.object({ raDeg: z.number().min(0).lt(360), decDeg: z.number().min(-90).max(90) });

/** The last line of a program's output that is JSON with `raDeg` and `decDeg`; null: there is none. */
export function spokenAnswer(output: string): SolveAnswer | null {
  for (const line of output.trim().split('\n').reverse()) {
    const read = spoken.safeParse(jsonOf(line));
    if (read.success) return { ok: true, place: read.data };
  }
  return null;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Fills `{file}`, `{ra}`, `{dec}`, `{scale}` and `{out}` into the arguments of the unit file. */
export function filledArguments(
  args: readonly string[],
  values: Readonly<Record<'file' | 'ra' | 'dec' | 'scale' | 'out', string>>,
): string[] {
  return args.map((arg) =>
    arg.replaceAll(/\{(file|ra|dec|scale|out)\}/g, (_, key: keyof typeof values) => values[key]),
  );
}
