import { parse } from 'yaml';
import { z } from 'zod';
import { PyrosError, sentenceOf } from '#platform';

/**
 * A StrategyObs file: which alerts deserve a telescope, and what to observe then (R-198). Unknown
 * keys are errors. Durations are seconds, angles degrees.
 */
const name = z.string().min(1).max(100);
const seconds = z.number().positive();
const placeholders = ['mission', 'instrument', 'trigger', 'name'] as const;

/** A text where `{mission}`, `{instrument}`, `{trigger}` and `{name}` stand for the notice's. */
const template = name.refine(
  (text) => [...text.matchAll(/\{(\w*)\}/g)].every(([, key]) => isPlaceholder(key)),
  { error: `placeholders are ${placeholders.map((key) => `{${key}}`).join(', ')}` },
);

const planSchema = z.strictObject({
  filter: name,
  exposureSeconds: seconds.max(3600),
  images: z.int().min(1).max(1000),
});

const albumSchema = z.strictObject({
  channel: name,
  /** Between two images the telescope moves about its target, so far at most. */
  ditherArcsec: z.number().positive().max(600).optional(),
  plans: z.array(planSchema).min(1).max(42),
});

const sequenceSchema = z.strictObject({
  name: template,
  /** Once on the target; what the exposures take when it is not given. */
  durationSeconds: seconds.optional(),
  startMode: z.enum(['IMMEDIATE', 'BESTELEV']),
  /** Counted from the event: nothing begins or lasts later. */
  expiresAfterSeconds: seconds.max(10 * 86_400),
  albums: z.array(albumSchema).min(1).max(10),
});

export const strategySchema = z.strictObject({
  name,
  description: z.string().default(''),
  match: z.strictObject({
    missions: z.array(name).min(1),
    kinds: z.array(z.enum(['burst', 'refinement'])).min(1),
    maxErrorDeg: z.number().positive().max(90),
    /** A notice that tells no importance is then not matched. */
    minImportance: z.number().min(0).max(1).optional(),
  }),
  request: z.strictObject({
    name: template,
    /** 1 is the most urgent; alerts hold 1 to 9. */
    priority: z.int().min(1).max(9),
    program: name,
    targetType: name,
    /** What becomes of the exposures that it interrupts: `readout` keeps what was exposed so far. */
    interrupts: z.enum(['discard', 'readout']).default('discard'),
    sequences: z.array(sequenceSchema).min(1).max(20),
  }),
});

export type StrategyObs = z.infer<typeof strategySchema>;

/** Reads one strategy from YAML or JSON text; `source` names it in the error. */
export function parseStrategy(text: string, source: string): StrategyObs {
  const read = strategySchema.safeParse(parseYaml(text, source));
  if (read.success) return read.data;
  const issues = read.error.issues.map(
    (issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`,
  );
  throw invalid(source, issues.join('; '));
}

/** A channel of the unit, as far as a strategy names it. */
export interface NamedChannel {
  readonly alias: string;
  readonly filters: readonly { readonly name: string }[];
}

/** What a strategy asks for that the unit does not have; empty when it can be observed. */
export function missingInstruments(
  strategy: StrategyObs,
  channels: readonly NamedChannel[],
): string[] {
  const albums = strategy.request.sequences.flatMap((sequence) => sequence.albums);
  const missing = albums.flatMap((album) => {
    const channel = channels.find((candidate) => candidate.alias === album.channel);
    if (!channel) return [`channel ${album.channel}`];
    const filters = channel.filters.map((filter) => filter.name);
    const unknown = album.plans.filter((plan) => !filters.includes(plan.filter));
    return unknown.map((plan) => `filter ${plan.filter} of channel ${album.channel}`);
  });
  return [...new Set(missing)];
}

/** Fills a template of the strategy with what the notice says. */
export function fillTemplate(
  text: string,
  values: Readonly<Record<(typeof placeholders)[number], string>>,
): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, key) => (isPlaceholder(key) ? values[key] : whole));
}

function isPlaceholder(key: string | undefined): key is (typeof placeholders)[number] {
  return placeholders.some((placeholder) => placeholder === key);
}

function parseYaml(text: string, source: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw invalid(source, sentenceOf(error), error);
  }
}

function invalid(source: string, problem: string, cause?: unknown): PyrosError {
  return new PyrosError('STRATEGY_INVALID', `The strategy ${source} is not valid: ${problem}`, {
    remedy: 'Correct the file; config/strategies/grb.yaml is an example.',
    cause,
  });
}
