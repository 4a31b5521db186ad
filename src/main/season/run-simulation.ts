import { writeFileSync } from 'node:fs';
import { everyRealMs, PyrosError } from '#platform';
import type { Unit } from '#unit';
import type { SeasonInput, SeasonReport } from '../../planning/season/index.ts';
import { untilInterrupted } from '../runs/until-interrupted.ts';
import { comparisonText } from './comparison-text.ts';
import { changedInput, type SimulationOptions, seasonInputOf } from './season-input.ts';
import { seasonText } from './season-text.ts';
import { type SeasonThread, startSeason } from './season-thread.ts';

const REDRAW_REAL_MS = 200;
const BAR_CELLS = 30;

/** `./pyros simulate`: gives 0, or 130 when it was ended before its last night. */
export async function runSimulation(unit: Unit, options: SimulationOptions): Promise<number> {
  const input = seasonInputOf(unit, options);
  const settings = options.whatIf ?? [];
  const inputs = settings.length > 0 ? [input, changedInput(input, settings)] : [input];
  const reports = await simulate(inputs);
  const [usual, changed] = reports;
  if (usual === undefined) return 1;
  const title = `${unit.unit.alias} at ${unit.site.name}`;
  console.log(seasonText(usual, input, title));
  if (changed) console.log(comparisonText(usual, changed, settings));
  if (options.json !== undefined) write(options.json, { title, settings, report: usual, changed });
  return reports.some(({ isPartial }) => isPartial) ? 130 : 0;
}

/** The seasons side by side: they share nothing but the two cores. */
async function simulate(inputs: readonly SeasonInput[]): Promise<SeasonReport[]> {
  const threads = inputs.map(startSeason);
  void untilInterrupted().then(() => {
    for (const thread of threads) thread.end();
  });
  const stopDrawing = drawProgress(threads);
  try {
    return await Promise.all(threads.map(({ report }) => report));
  } finally {
    stopDrawing();
  }
}

function drawProgress(threads: readonly SeasonThread[]): () => void {
  if (!process.stderr.isTTY) return () => undefined;
  const stop = everyRealMs(REDRAW_REAL_MS, () => {
    const share = Math.min(...threads.map((thread) => thread.progress()));
    const full = Math.round(share * BAR_CELLS);
    const bar = '█'.repeat(full) + '·'.repeat(BAR_CELLS - full);
    process.stderr.write(`\r\x1b[K${bar} ${Math.floor(share * 100)} % of the nights`);
  });
  return () => {
    stop();
    process.stderr.write('\r\x1b[K');
  };
}

function write(file: string, content: unknown): void {
  try {
    writeFileSync(file, `${JSON.stringify(content, null, 1)}\n`);
  } catch (cause) {
    throw new PyrosError('REPORT_UNWRITABLE', `The report cannot be written to ${file}.`, {
      cause,
      remedy: 'Give --json a path in a folder that may be written.',
    });
  }
  console.log(`Written to ${file}`);
}
