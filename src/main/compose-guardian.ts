import { readSurveys } from '#agent';
import { openDome, openPlc } from '#devices';
import { Guardian, SafetyMonitor } from '#environment';
import type { AgentSpec } from '#unit';
import { fileKeeper } from './file-keeper.ts';
import { PatientReporter } from './patient-reporter.ts';
import { aliasOf, type Runnable, type Workshop } from './workshop.ts';

/** The guardian with its own links; its database is a luxury that may fail at any time. */
export async function makeGuardian(spec: AgentSpec, workshop: Workshop): Promise<Runnable> {
  const { settings, clock, links, database, log } = workshop;
  const { unit, dataFolder } = settings;
  const plc = openPlc(unit.plc, { clock, links });
  const keeper = workshop.separate ? fileKeeper(dataFolder, spec.alias) : null;
  const majordome = aliasOf(unit, 'majordome');
  return new Guardian({
    unit,
    clock,
    log,
    dome: openDome(unit.dome, { clock, links }),
    monitor: new SafetyMonitor({ plc, spec: unit.plc, clock, keeper }),
    reporter: new PatientReporter({ name: spec.alias, pid: workshop.pid, clock, database, log }),
    majordomeSeenMs: async () => {
      const surveys = await readSurveys(database);
      return surveys.find((survey) => survey.name === majordome)?.atMs ?? null;
    },
  });
}
