import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Fact, factsAfter } from '#agent';
import type { Database } from '#db';
import { makeFolder, parseIso } from '#platform';
import { allSequences } from '#request';
import { nightBounds, sunBelow } from '#sky';
import type { Unit } from '#unit';
import { imagesOfNight } from './execution-store.ts';
import { type NightReport, nightReport } from './night-report.ts';

/** Where a night's report is, relative to the data folder. */
export function reportPath(night: string): string {
  return join('nights', night, 'report.json');
}

/** What a report is made from. */
export interface ReportSources {
  readonly database: Database;
  readonly unit: Unit;
  readonly dataFolder: string;
}

/** Makes the report of a night from what the database holds of it now. */
export async function gatherNightReport(
  sources: ReportSources,
  night: string,
): Promise<NightReport> {
  const { database, unit } = sources;
  const noons = nightBounds(night, unit.site.lonDeg);
  const sequences = (await allSequences(database)).filter(
    ({ windowStartMs, windowEndMs }) => windowStartMs < noons.endMs && windowEndMs > noons.startMs,
  );
  const facts = await factsOfNight(database, night);
  return nightReport({
    night,
    site: unit.site.name,
    unit: unit.unit.alias,
    facts,
    sequences,
    images: (await imagesOfNight(database, night)).filter((image) => image.state === 'TAKEN'),
    dark: lived(sunBelow(unit.site, night, unit.night.scienceSunAltDeg), await firstMs(database)),
  });
}

/** Before the first fact of all there was no observatory: no dark was lost. */
function lived<Dark extends { startMs: number; endMs: number }>(
  dark: Dark | null,
  firstMs: number,
): Dark | null {
  if (!dark || dark.endMs <= firstMs) return null;
  return { ...dark, startMs: Math.max(dark.startMs, firstMs) };
}

async function firstMs(database: Database): Promise<number> {
  const [first] = await factsAfter(database, 0, 1);
  return first ? parseIso(first.at) : Number.POSITIVE_INFINITY;
}

/** Makes and writes the report of a night; gives its path, relative to the data folder. */
export async function writeNightReport(sources: ReportSources, night: string): Promise<string> {
  const report = await gatherNightReport(sources, night);
  const path = reportPath(night);
  const file = join(sources.dataFolder, path);
  makeFolder(dirname(file));
  writeFileSync(`${file}.part`, `${JSON.stringify(report, null, 2)}\n`);
  renameSync(`${file}.part`, file);
  return path;
}

/** The report of a night, or null when there is none yet. */
export function readNightReport(dataFolder: string, night: string): NightReport | null {
  try {
    return JSON.parse(readFileSync(join(dataFolder, reportPath(night)), 'utf8')) as NightReport;
  } catch {
    return null;
  }
}

/** From the fact that began the night to the one that began the next, or the last there is. */
async function factsOfNight(database: Database, night: string): Promise<Fact[]> {
  const all: Fact[] = [];
  for (let last = 0; ; ) {
    const page = await factsAfter(database, last, 2000);
    if (page.length === 0) break;
    all.push(...page);
    last = page.at(-1)?.id ?? last;
  }
  const start = all.findIndex((one) => one.type === 'NightStarted' && one.payload.night === night);
  if (start === -1) return all;
  const next = all.findIndex((one, index) => index > start && one.type === 'NightStarted');
  return all.slice(start, next === -1 ? all.length : next);
}
