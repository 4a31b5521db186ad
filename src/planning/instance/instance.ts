import { z } from 'zod';

/**
 * A planning problem as a file: the exchange format of our benchmark, so that other planners may be
 * set the same task. Julian dates are UTC, angles degrees. What else the file says is ignored.
 */
const sequenceSchema = z.object({
  id: z.int(),
  /** The `id` of the program that pays for it. */
  program: z.int().optional(),
  ra: z.number(),
  dec: z.number().min(-90).max(90),
  /** The observation, minutes. */
  durMin: z.number(),
  /** A weight: a larger one is worth more, in proportion. */
  priority: z.number().positive(),
  /** The window that holds setup and observation. */
  jd1: z.number(),
  jd2: z.number(),
  /** How its place is chosen. */
  tpref: z.enum(['BESTELEV', 'IMMEDIATE']),
  minAlt: z.number(),
  /** From the Moon, be it up or not. */
  minMoonDeg: z.number(),
});

const programSchema = z.object({
  id: z.int(),
  /** For this night, minutes of observation. */
  quotaMin: z.number().nonnegative(),
});

const instanceSchema = z
  .object({
    site: z.object({
      lat: z.number().min(-90).max(90),
      lon: z.number(),
      /** Metres. */
      height: z.number().default(0),
    }),
    /** First and last instant. */
    night: z.tuple([z.number(), z.number()]),
    slewDegPerSec: z.number().positive(),
    /** Before each observation, on the target. */
    setupSec: z.number().nonnegative(),
    /** [azimuth, least elevation] by steps; it counts when `useHorizon` says so. */
    horizon: z.array(z.tuple([z.number(), z.number()])).default([]),
    useHorizon: z.boolean().default(false),
    programs: z.array(programSchema).default([]),
    sequences: z.array(sequenceSchema),
  })
  .check(({ value, issues }) => {
    const programs = new Set(value.programs.map(({ id }) => id));
    const seen = new Set<number>();
    value.sequences.forEach(({ id, program }, i) => {
      const say = (key: string, message: string) =>
        issues.push({ code: 'custom', message, path: ['sequences', i, key], input: value });
      if (seen.has(id)) say('id', `another sequence has the number ${id}`);
      if (program !== undefined && !programs.has(program))
        say('program', 'there is no such program');
      seen.add(id);
    });
  });

/** A planning problem, read. */
export type Instance = z.infer<typeof instanceSchema>;
export type InstanceSequence = Instance['sequences'][number];

export type InstanceReading =
  | { readonly ok: true; readonly instance: Instance }
  /** What is wrong first, with the path of the field. */
  | { readonly ok: false; readonly reason: string };

/** Reads the text of an instance file. */
export function readInstance(text: string): InstanceReading {
  const document = parsed(text);
  if ('reason' in document) return { ok: false, reason: document.reason };
  const reading = instanceSchema.safeParse(document.value);
  if (reading.success) return { ok: true, instance: reading.data };
  return { ok: false, reason: reasonOf(reading.error.issues) };
}

function parsed(text: string): { readonly value: unknown } | { readonly reason: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    // It quotes the text, line ends included.
    return { reason: `it is not JSON: ${why.replace(/\s+/g, ' ')}` };
  }
}

function reasonOf(issues: readonly z.core.$ZodIssue[]): string {
  const [first] = issues;
  if (!first) return 'it is not an instance';
  const path = first.path.map(String).join('.');
  const what = first.message
    .replace(/^Invalid input: /, '')
    .replace(/^expected .*, received undefined$/, 'it is missing')
    .replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  return `${path === '' ? '' : `${path}: `}${what}${more}`;
}
