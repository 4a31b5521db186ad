/**
 * The planner beside astropy and astroplan, its proofs, its speed after an event, and six months of
 * nights, as one table of goals: `./pyros bench planning [--seeds 11,12,13,14,15]
 * [--only grid,gap,value,astroplan,replan,season] [--quick] [--kit FOLDER]`.
 */
import { parseArgs } from 'node:util';
import { sentenceOf } from '#platform';
import { astroplanSection } from './planning/astroplan-section.ts';
import { gapSection, type SectionOptions } from './planning/gap-section.ts';
import { gridSection } from './planning/grid-section.ts';
import { KitTasks } from './planning/kit-tasks.ts';
import { OwnTasks } from './planning/own-tasks.ts';
import { replanSection } from './planning/replan-section.ts';
import { printRows, type Row, type Section } from './planning/report.ts';
import { seasonSection } from './planning/season-section.ts';
import { valueSection } from './planning/value-section.ts';
import { machineNow, machineSentence } from './support/machine.ts';

type Measurement = (options: SectionOptions) => Section | Promise<Section>;

const SECTIONS: Readonly<Record<string, Measurement>> = {
  grid: gridSection,
  gap: gapSection,
  value: valueSection,
  astroplan: astroplanSection,
  replan: replanSection,
  season: seasonSection,
};
const USAGE = `usage: planning [--seeds 11,12,13,14,15] [--only ${Object.keys(SECTIONS)}] [--quick] [--kit FOLDER]`;

interface Wish {
  readonly seeds: readonly number[];
  readonly names: readonly string[];
  readonly isQuick: boolean;
  readonly kit: string | undefined;
}

function readWords() {
  try {
    return parseArgs({
      options: {
        seeds: { type: 'string' },
        only: { type: 'string', default: Object.keys(SECTIONS).join(',') },
        quick: { type: 'boolean', default: false },
        kit: { type: 'string' },
      },
    });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    process.exit(2);
  }
}

function readWish(): Wish {
  const { values } = readWords();
  const usual = values.quick ? '11,12' : '11,12,13,14,15';
  const seeds = (values.seeds ?? usual).split(',').map(Number);
  const names = values.only.split(',');
  if (!seeds.every(Number.isInteger) || !names.every((name) => Object.hasOwn(SECTIONS, name))) {
    console.error(USAGE);
    process.exit(2);
  }
  return { seeds, names, isQuick: values.quick, kit: values.kit };
}

/** A section that fails leaves the others what they measured. */
async function resultOf(name: string, work: () => Section | Promise<Section>): Promise<Section> {
  try {
    return await work();
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
    const [sentence = ''] = sentenceOf(error).split('\n');
    return { rows: [{ what: name, measured: sentence, goal: '', isMet: false }], details: null };
  }
}

async function measure(wish: Wish): Promise<void> {
  const kit = wish.kit === undefined ? null : KitTasks.open(wish.kit);
  const tasks = kit ?? new OwnTasks();
  console.log(`seeds ${wish.seeds.join(', ')}; the judge is ${tasks.judgeName}`);
  console.log(`before: ${machineSentence(machineNow())}`);
  const rows: Row[] = [];
  const details: Record<string, unknown> = {};
  try {
    for (const [name, section] of Object.entries(SECTIONS)) {
      if (!wish.names.includes(name)) continue;
      console.error(`${name}: measuring`);
      const { seeds, isQuick } = wish;
      const result = await resultOf(name, () => section({ tasks, seeds, isQuick }));
      rows.push(...result.rows);
      details[name] = result.details;
    }
  } finally {
    kit?.close();
  }
  printRows(rows);
  console.log(`after: ${machineSentence(machineNow())}`);
  console.log(JSON.stringify({ bench: 'planning', seeds: wish.seeds, rows, details }));
}

await measure(readWish());
