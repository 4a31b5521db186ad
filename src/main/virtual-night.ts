import { resolve } from 'node:path';
import { PyrosError } from '#platform';
import type { Unit } from '#unit';
import { DEFAULT_NIGHT } from './demo-night.ts';
import { printReport } from './print-report.ts';
import { simulateNight } from './simulated-night.ts';
import { chooseSite } from './sites.ts';

/** The words of the command line. */
export interface VirtualNightOptions {
  readonly seed: number;
  readonly date?: string;
  readonly site?: string;
  readonly data: string;
}

/** `./pyros night`: a night on virtual time, its report, and the fingerprint of its facts. */
export async function runVirtualNight(unit: Unit, options: VirtualNightOptions): Promise<number> {
  const night = options.date ?? DEFAULT_NIGHT;
  const site = options.site ? chooseSite(options.site) : unit.site;
  const dataFolder = resolve(options.data);
  const { report, facts } = await simulateNight(
    { ...unit, site },
    { night, seed: options.seed, dataFolder },
  );
  if (!report) throw new PyrosError('NO_REPORT', 'The night ended without a report.');
  printReport(report, `${dataFolder}/nights/${night}/report.json`);
  console.log(`facts ${facts.count} sha256 ${facts.sha256}`);
  return 0;
}
