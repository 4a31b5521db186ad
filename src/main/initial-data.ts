import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { appendFact } from '#agent';
import { missingInstruments, parseStrategy, replaceStrategies } from '#alert';
import type { Database } from '#db';
import { syncDevices } from '#devices';
import { PyrosError } from '#platform';
import { ensureProgram, readPrograms } from '#programs';
import { insertRequest, parseRequestXml, resolveRequest } from '#request';
import type { Unit } from '#unit';
import { ensureCountry, ensureUserLevel } from '#users';
import { CHECKOUT } from './run-settings.ts';

/** Where strategies and requests are. */
const CONFIG = join(CHECKOUT, 'config');

const fixtureSchema = z.strictObject({
  countries: z.array(
    z.strictObject({
      name: z.string(),
      description: z.string(),
      quota: z.number().min(0).nullable(),
    }),
  ),
  userLevels: z.array(
    z.strictObject({ level: z.int().min(0).max(7), name: z.string(), description: z.string() }),
  ),
  scientificPrograms: z.array(
    z.strictObject({
      name: z.string(),
      description: z.string(),
      quota: z.number().min(0).nullable(),
      priority: z.int(),
    }),
  ),
});

/**
 * Loads the initial fixture, the strategies and the devices of the unit. Loaded again, it adds
 * what is missing and leaves what people have changed.
 */
export async function loadInitialFixture(
  database: Database,
  unit: Unit,
  folder = CONFIG,
): Promise<void> {
  const text = readFileSync(join(CHECKOUT, 'config', 'fixtures', 'initial.yaml'), 'utf8');
  const fixture = fixtureSchema.parse(parse(text));
  await database.transaction(async (transaction) => {
    for (const country of fixture.countries) await ensureCountry(transaction, country);
    for (const level of fixture.userLevels) await ensureUserLevel(transaction, level);
    for (const program of fixture.scientificPrograms) await ensureProgram(transaction, program);
    await replaceStrategies(transaction, readStrategyFiles(unit, folder));
    await syncDevices(transaction, unit);
  });
}

function readStrategyFiles(unit: Unit, config: string): { name: string; content: string }[] {
  const folder = join(config, 'strategies');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => {
      const content = readFileSync(join(folder, file), 'utf8');
      const strategy = parseStrategy(content, file);
      const missing = missingInstruments(strategy, unit.channels);
      if (missing.length === 0) return { name: strategy.name, content };
      throw new PyrosError(
        'STRATEGY_INVALID',
        `${file} asks for what the unit lacks: ${missing.join(', ')}.`,
      );
    });
}

/** Submits the request files of a folder as the users' simulator would (R-207, R-348). */
export async function submitRequestFiles(
  database: Database,
  folder: string,
  submission: { unit: Unit; nowMs: number; targetsAtMs: number },
): Promise<void> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.xml'));
  for (const file of files.sort()) {
    await submitRequestFile(
      database,
      { file, xml: readFileSync(join(folder, file), 'utf8') },
      submission,
    );
  }
}

/** What became of a request file. */
export type Submitted =
  | { readonly ok: true; readonly requestId: number; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly reasons: readonly string[] };

/** Submits one request file; one that is refused changes nothing but leaves the fact that says why. */
export async function submitRequestFile(
  database: Database,
  source: { file: string; xml: string },
  { unit, nowMs, targetsAtMs }: { unit: Unit; nowMs: number; targetsAtMs: number },
): Promise<Submitted> {
  const author = { atMs: nowMs, agent: 'UserSimulator' };
  const reading = parseRequestXml(source.xml, { submittedAtMs: nowMs, channels: unit.channels });
  const programs = (await readPrograms(database)).map((program) => program.name);
  return await database.transaction(async (transaction) => {
    const reasons = reading.ok ? strangers(reading.request.program, programs) : reading.errors;
    if (!reading.ok || reasons.length > 0) {
      const payload = { source: source.file, reasons: [...reasons] };
      await appendFact(transaction, { ...author, type: 'RequestRefused', payload });
      return { ok: false, reasons };
    }
    const submission = { site: unit.site, submittedAtMs: nowMs, targetsAtMs };
    const request = resolveRequest(reading.request, submission);
    const { requestId, sequenceIds } = await insertRequest(transaction, request, author.agent);
    const { name, program, isAlert } = request;
    const payload = { requestId, name, program, isAlert, sequences: sequenceIds };
    await appendFact(transaction, { ...author, type: 'RequestSubmitted', payload });
    return { ok: true, requestId, warnings: reading.warnings };
  });
}

/** Nobody pays for a request of a program that is not there. */
function strangers(program: string, known: readonly string[]): readonly string[] {
  if (known.includes(program)) return [];
  const choice = known.join(', ') || 'none yet';
  return [`request/scientific_program: expected one of ${choice}, got "${program}"`];
}
