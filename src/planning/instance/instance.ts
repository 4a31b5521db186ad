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
  priority: z.number().min(1e-6).max(1e6),
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

/** From 1970 to 2132: the days that a request may name too. */
const julianDay = z.number().min(2_440_587.5).max(2_500_000);

/** The night near a pole lasts long; beyond this the steps of the sky's tables would get too wide. */
const LONGEST_DAYS = 6;

const instanceSchema = z
  .object({
    site: z.object({
      lat: z.number().min(-90).max(90),
      lon: z.number().min(-360).max(360),
      /** Metres. */
      height: z.number().min(-1000).max(20_000).default(0),
    }),
    /** First and last instant. */
    night: z.tuple([julianDay, julianDay]),
    slewDegPerSec: z.number().min(0.001),
    /** Before each observation, on the target. */
    setupSec: z.number().nonnegative(),
    /** [azimuth, least elevation] by steps; it counts when `useHorizon` says so. */
    horizon: z
      .array(z.tuple([z.number().min(-360).max(360), z.number().min(-90).max(90)]))
      .max(1000)
      .default([]),
    useHorizon: z.boolean().default(false),
    programs: z.array(programSchema).default([]),
    sequences: z.array(sequenceSchema),
  })
  .check(({ value, issues }) => {
    const say = (message: string, ...path: (string | number)[]) =>
      issues.push({ code: 'custom', message, path, input: value });
    const days = value.night[1] - value.night[0];
    if (!(days > 0)) say('it must be after the start of the night', 'night', 1);
    if (days > LONGEST_DAYS)
      say(`it is more than ${LONGEST_DAYS} days after the start`, 'night', 1);
    for (const [i, id] of twice(value.programs)) {
      say(`another program has the number ${id}`, 'programs', i, 'id');
    }
    for (const [i, id] of twice(value.sequences)) {
      say(`another sequence has the number ${id}`, 'sequences', i, 'id');
    }
    const programs = new Set(value.programs.map(({ id }) => id));
    value.sequences.forEach(({ program }, i) => {
      if (program === undefined || programs.has(program)) return;
      say('there is no such program', 'sequences', i, 'program');
    });
  });

/** Where a number is used that was used before. */
function twice(list: readonly { readonly id: number }[]): (readonly [number, number])[] {
  const first = new Map<number, number>();
  for (const [i, { id }] of list.entries()) if (!first.has(id)) first.set(id, i);
  return list.flatMap(({ id }, i) => (first.get(id) === i ? [] : [[i, id] as const]));
}

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
