import { z } from 'zod';
import { parseIso } from '#platform';
import { bodyNames, nightBounds, type SkyTarget } from '#sky';
import { leastTransitionSeconds } from '../transition.ts';
import type { DemandSetting } from './generated-demand.ts';
import {
  accountsOf,
  alertProgram,
  type SeasonDemand,
  type SeasonProgram,
  type SeasonSequence,
} from './season.ts';
import { nightNames } from './season-night.ts';

/**
 * A demand as people write it: see docs/how-to/simulate-a-semester.md. Unknown keys are errors.
 */
const name = z.string().trim().min(1).max(50);
/** A hundred years at most. */
const hours = z.number().min(0).max(1e6).nullable().default(null);
/** What drifts faster than any star is a slip of the unit. */
const drift = z.number().min(-20_000).max(20_000).default(0);
const instant = z
  .string()
  .refine(isInstant, 'write a date such as 2026-03-01, or 2026-03-01T22:00Z');

const sequenceSchema = z
  .strictObject({
    name: name.optional(),
    program: name,
    raDeg: z.number().min(0).lt(360).optional(),
    decDeg: z.number().min(-90).max(90).optional(),
    pmRaMasPerYear: drift,
    pmDecMasPerYear: drift,
    body: z.enum(bodyNames).optional(),
    durationSeconds: z.number().min(0.001).max(86_400),
    minUsefulSeconds: z.number().min(0.001).optional(),
    priority: z.number().min(0).max(1000).default(50),
    startMode: z.enum(['IMMEDIATE', 'BESTELEV']).default('BESTELEV'),
    from: instant.optional(),
    until: instant.optional(),
    minAltDeg: z.number().min(0).max(90).optional(),
    moonDistanceDeg: z.number().min(0).max(180).optional(),
    maxSeeingArcsec: z.number().positive().optional(),
    /** So many observations of the same kind. */
    times: z.int().min(1).max(10_000).default(1),
  })
  .refine(
    ({ raDeg, decDeg, body }) =>
      body === undefined ? raDeg !== undefined && decDeg !== undefined : raDeg === undefined,
    'give raDeg and decDeg, or body',
  )
  .refine(
    ({ durationSeconds, minUsefulSeconds = durationSeconds }) =>
      minUsefulSeconds <= durationSeconds,
    'minUsefulSeconds must not exceed durationSeconds',
  )
  .refine(
    ({ from, until }) => !from || !until || parseIso(from) < parseIso(until),
    'from must come before until',
  );

const demandSchema = z.strictObject({
  programs: z.array(z.strictObject({ name, country: name.optional(), quotaHours: hours })).min(1),
  countries: z.array(z.strictObject({ name, quotaHours: hours })).default([]),
  sequences: z.array(sequenceSchema).min(1),
});

type DemandDocument = z.infer<typeof demandSchema>;
type SequenceDocument = DemandDocument['sequences'][number];

export type DemandReading =
  | { readonly demand: SeasonDemand }
  | { readonly demand: null; readonly faults: readonly string[] };

/** Reads a demand file; its faults, all at once, when it has any. */
export function readDemand(text: string, setting: DemandSetting): DemandReading {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { demand: null, faults: [`it is not JSON: ${(error as Error).message}`] };
  }
  const parsed = demandSchema.safeParse(json);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    return { demand: null, faults };
  }
  const faults = contradictions(parsed.data);
  return faults.length > 0 ? { demand: null, faults } : { demand: demandOf(parsed.data, setting) };
}

function isInstant(text: string): boolean {
  try {
    return Number.isFinite(parseIso(text));
  } catch {
    return false;
  }
}

function contradictions({ programs, countries, sequences }: DemandDocument): string[] {
  const names = programs.map((program) => program.name);
  const twice = names.filter((one, i) => names.indexOf(one) !== i);
  const known = new Set(names);
  const lands = new Set(countries.map((country) => country.name));
  return [
    ...twice.map((one) => `programs: "${one}" is there twice`),
    ...(known.has(alertProgram) ? [`programs: "${alertProgram}" is the name of the alerts`] : []),
    ...programs.flatMap(({ country }, i) =>
      country === undefined || lands.has(country)
        ? []
        : [`programs.${i}.country: there is no country "${country}"`],
    ),
    ...sequences.flatMap(({ program }, i) =>
      known.has(program) ? [] : [`sequences.${i}.program: there is no program "${program}"`],
    ),
  ];
}

function demandOf(document: DemandDocument, setting: DemandSetting): SeasonDemand {
  const seconds = (quotaHours: number | null) => (quotaHours === null ? null : quotaHours * 3600);
  const programs = document.programs.map(({ name: own, country, quotaHours }) => ({
    name: own,
    quotaSeconds: seconds(quotaHours),
    ...(country !== undefined && { country }),
  }));
  const byName = new Map(programs.map((program) => [program.name, program]));
  const sequences: SeasonSequence[] = [];
  for (const one of document.sequences) {
    const program = byName.get(one.program);
    for (let copy = 1; program && copy <= one.times; copy++) {
      const id = sequences.length + 1;
      const label = one.name ?? `${one.program}-${id}`;
      const own = one.times > 1 ? `${label} ${copy}/${one.times}` : label;
      sequences.push({ id, name: own, ...sequenceOf(one, program, setting) });
    }
  }
  const countries = document.countries.map(({ name: own, quotaHours }) => ({
    name: own,
    quotaSeconds: seconds(quotaHours),
  }));
  return { programs, countries, sequences };
}

function sequenceOf(
  one: SequenceDocument,
  program: SeasonProgram,
  setting: DemandSetting,
): Omit<SeasonSequence, 'id' | 'name'> {
  const setupSeconds = leastTransitionSeconds(setting.transition);
  const { durationSeconds, minUsefulSeconds, minAltDeg, moonDistanceDeg, maxSeeingArcsec } = one;
  const season = seasonOf(setting);
  return {
    program: program.name,
    accounts: accountsOf(program),
    target: targetOf(one),
    windowStartMs: one.from === undefined ? season.startMs : parseIso(one.from),
    windowEndMs: one.until === undefined ? season.endMs : parseIso(one.until),
    priority: one.priority,
    startMode: one.startMode,
    tPreferedMs: null,
    durationSeconds,
    ...(minUsefulSeconds !== undefined && { minUsefulSeconds }),
    setupSeconds,
    chargeSeconds: setupSeconds + durationSeconds,
    limits: {
      ...(minAltDeg !== undefined && { minAltDeg }),
      ...(moonDistanceDeg !== undefined && { moonDistanceDeg }),
      ...(maxSeeingArcsec !== undefined && { maxSeeingArcsec }),
    },
    isAlert: false,
    mayPreempt: false,
  };
}

function targetOf({ raDeg, decDeg, body, ...rest }: SequenceDocument): SkyTarget {
  if (body !== undefined) return { kind: 'BODY', body };
  const { pmRaMasPerYear, pmDecMasPerYear } = rest;
  return { raDeg: raDeg ?? 0, decDeg: decDeg ?? 0, pmRaMasPerYear, pmDecMasPerYear };
}

function seasonOf(setting: DemandSetting): { startMs: number; endMs: number } {
  const { lonDeg } = setting.constraints.site;
  const names = nightNames(setting);
  return {
    startMs: nightBounds(names[0] ?? setting.fromNight, lonDeg).startMs,
    endMs: nightBounds(names.at(-1) ?? setting.fromNight, lonDeg).endMs,
  };
}
