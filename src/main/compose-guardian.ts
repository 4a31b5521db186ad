import { isAlive, readSurvey, readSurveys, type Survey } from '#agent';
import { type Database, openDatabase } from '#db';
import { openDome, openPlc, openStation, openTelescope, tcpLinks } from '#devices';
import { type AgentWord, Guardian, SafetyMonitor } from '#environment';
import type { Clock } from '#platform';
import type { AgentSpec } from '#unit';
import { fileKeeper } from './file-keeper.ts';
import { claimGuardian } from './guardian-claim.ts';
import { localLock } from './guardian-lock.ts';
import { LateDatabase } from './late-database.ts';
import { PatientReporter } from './patient-reporter.ts';
import type { Runnable, Workshop } from './workshop.ts';

/** The guardian's own links give a device up sooner than others do, seconds. */
const LINK_SECONDS = 2;

/** A guardian with a process of its own opens its database itself, or lives without. */
export type GuardianWorkshop = Omit<Workshop, 'database'> & { readonly database: Database | null };

/** The guardian with its own links; its database is a luxury that may be away, at its start too. */
export async function makeGuardian(spec: AgentSpec, workshop: GuardianWorkshop): Promise<Runnable> {
  const { settings, clock, log, pid, separate, standby = false, database } = workshop;
  const { alias: name } = spec;
  // The guardian must never wait for another process's write.
  const late = new LateDatabase(
    async () => database ?? (await openDatabase(settings.databaseUrl, { busyMs: 0 })),
  );
  const lastWord = () => late.use((open) => readSurvey(open, name));
  if (separate) await claimGuardian({ name, pid, clock, standby, lastWord });
  const reporter = new PatientReporter({ name, pid, clock, database: late, log });
  const guardian = new Guardian({
    ...devicesOf(name, workshop),
    ...{ unit: settings.unit, name, clock, log, reporter },
    words: async () => wordsOf(await late.use(readSurveys), clock),
    ...(separate ? { lock: localLock(settings.dataFolder) } : {}),
  });
  return {
    ready: () => reporter.introduced(),
    stop: () => guardian.stop(),
    run: async () => {
      await guardian.run();
      if (separate) await late.close();
    },
  };
}

function devicesOf(name: string, { settings, clock, separate, ...workshop }: GuardianWorkshop) {
  const { unit, dataFolder } = settings;
  const links = separate ? tcpLinks({ clock, timeoutSeconds: LINK_SECONDS }) : workshop.links;
  const device = { clock, links };
  const [mount] = unit.mounts;
  return {
    domes: [openDome(unit.dome, device), openDome(unit.dome, device)],
    telescope: unit.dome.parkFirst && mount ? openTelescope(mount, device) : null,
    monitor: new SafetyMonitor({
      plc: openPlc(unit.plc, device),
      spec: unit.plc,
      clock,
      keeper: separate ? fileKeeper(dataFolder, name) : null,
      stations: new Map(unit.stations.map((one) => [one.alias, openStation(one, device)])),
    }),
  };
}

function wordsOf(surveys: readonly Survey[], clock: Clock): AgentWord[] {
  const nowMs = clock.now();
  return surveys.map((survey) => ({
    name: survey.name,
    word: `${survey.incarnation} ${survey.iteration} ${survey.atMs}`,
    ageSeconds: (nowMs - survey.atMs) / 1000,
    // A life that never was, or that ended, is not alive at the moment of its own last word.
    isOver: !isAlive(survey, survey.atMs),
  }));
}
