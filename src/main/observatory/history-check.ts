import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { commandsOf, type Fact } from '#agent';
import { imagesOfNight, readNightReport } from '#execution';
import type { Violation } from './invariants.ts';
import type { VirtualObservatory } from './virtual-observatory.ts';

/**
 * What must hold of a night that is over: every exposure has one end and every good one its file (I5),
 * every command has one end (I4), the night was reported (I12) and every idle minute is explained.
 */
export async function checkHistory(
  observatory: VirtualObservatory,
  night: string,
): Promise<readonly Violation[]> {
  const atMs = observatory.clock.now();
  const facts = await observatory.facts();
  const found = [
    ...(await exposureFaults(observatory, night)),
    ...(await commandFaults(observatory)),
    ...reportFaults(observatory, facts, night),
  ];
  return found.map(([invariant, sentence]) => ({ atMs, invariant, sentence }));
}

type Fault = readonly [invariant: string, sentence: string];

async function exposureFaults(observatory: VirtualObservatory, night: string): Promise<Fault[]> {
  const images = await imagesOfNight(observatory.database, night);
  return images.flatMap((image): Fault[] => {
    const name = `exposure ${image.exposure_id}`;
    if (image.state === 'EXPOSING') return [['I5 one end', `${name} never ended`]];
    if (image.state !== 'TAKEN') return [];
    const file = join(observatory.settings.dataFolder, image.path);
    if (image.path === '' || !existsSync(file)) return [['I5 file', `${name} has no file`]];
    const isWhole = statSync(file).size === image.bytes && image.sha256.length === 64;
    return isWhole ? [] : [['I5 file', `the file of ${name} is not whole`]];
  });
}

async function commandFaults(observatory: VirtualObservatory): Promise<Fault[]> {
  const names = observatory.unit.agents.map(({ alias }) => alias);
  const faults: Fault[] = [];
  for (const recipient of names) {
    const running = await commandsOf(observatory.database, { recipient, states: ['RUNNING'] });
    for (const one of running) {
      faults.push(['I4 one end', `command ${one.id} (${one.name}) to ${recipient} never ended`]);
    }
  }
  return faults;
}

function reportFaults(
  observatory: VirtualObservatory,
  facts: readonly Fact[],
  night: string,
): Fault[] {
  if (!facts.some((fact) => fact.type === 'NightEnded')) {
    return [['I12 report', 'the night ended without a report']];
  }
  const report = readNightReport(observatory.settings.dataFolder, night);
  if (!report) return [['I12 report', 'the report of the night cannot be read']];
  return [];
}
