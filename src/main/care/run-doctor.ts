import { hostname } from 'node:os';
import { codeOf, sentenceOf } from '#platform';
import type { Unit } from '#unit';
import { dataFolderOfUser, loadUnit } from '../run-settings.ts';
import { runInUse } from '../runs/run-in-use.ts';
import {
  examineClock,
  examineDependencies,
  examineDisk,
  examineNode,
  examinePermissions,
} from './examine-machine.ts';
import { examineDatabase, examinePorts, examineRuns } from './examine-unit.ts';
import { type Finding, findingLine, fine } from './finding.ts';

/** `./pyros doctor`: one line for each thing that PyROS stands on. Gives 1 when one of them is bad. */
export async function runDoctor(configfile: string): Promise<number> {
  const dataFolder = dataFolderOfUser();
  const { unit, finding } = readUnitFile(configfile);
  const findings: readonly Finding[] = [
    examineNode(),
    examineDependencies(),
    examineDisk(dataFolder),
    examinePermissions(dataFolder),
    await examineClock(),
    finding,
    ...(unit ? await examinePorts(unit, dataFolder, [hostname()]) : []),
    examineRuns(dataFolder),
    ...(await examineDatabase(runInUse(dataFolder).databaseUrl)),
  ];
  for (const one of findings) console.log(findingLine(one));
  const bad = findings.filter((one) => one.state === 'bad').length;
  if (bad === 0) return 0;
  console.log(bad === 1 ? 'One thing is bad.' : `${bad} things are bad.`);
  return 1;
}

function readUnitFile(configfile: string): { unit: Unit | null; finding: Finding } {
  const what = 'unit file';
  try {
    const unit = loadUnit(configfile);
    const sentence = `${unit.unit.alias} with ${unit.agents.length} agents.`;
    return { unit, finding: fine(what, sentence) };
  } catch (error) {
    const sentence = `${sentenceOf(error)} (${codeOf(error)})`;
    return { unit: null, finding: { state: 'bad', what, sentence, remedy: '' } };
  }
}
