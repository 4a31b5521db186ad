import { commandsOf } from '#agent';
import { openDome } from '#devices';
import type { DomeSpec } from '#unit';
import { readObservatory, writeDeviceStatus } from '../execution/execution-store.ts';
import { MajordomeAgent } from '../execution/majordome-agent.ts';
import { type FakeSafety, fakeSafety } from './execution-safety.ts';
import { live, makeWorld, told, type World } from './execution-world.ts';

/** A Majordome that lives in a world of its own. */
export interface Stage {
  world: World;
  safety: FakeSafety;
  reports: string[];
  die: () => Promise<void>;
}
let stage: Stage | null = null;

/** What the test has set. */
export function currentStage(): Stage {
  if (!stage) throw new Error('no stage is set');
  return stage;
}

/** Ends what the last test has set; call it after each. */
export async function clearStage(): Promise<void> {
  stage?.safety.stop();
  await stage?.die();
  await stage?.world.close();
  stage = null;
}

/** The Majordome before a dome under a permit; the observer's part is played by the test. */
export async function setStage(
  parts: { startMs?: number; before?: Partial<FakeSafety>; dome?: Partial<DomeSpec> } = {},
) {
  const { startMs, dome = {} } = parts;
  const made = await makeWorld({ ...(startMs === undefined ? {} : { startMs }), dome });
  // What is asked of an observer is the test's own wish.
  const world = { ...made, unit: { ...made.unit, calibrations: {} } };
  const safety = fakeSafety(world, parts.before);
  await domeOf(world).permit(900_000);
  const reports: string[] = [];
  const set = { world, safety, reports, die: async () => undefined };
  stage = set;
  return Object.assign(set, { die: live(majordomeOf(world, reports)) });
}

/** A Majordome that is killed has no time for its last words. */
class MortalMajordome extends MajordomeAgent {
  protected override async end(): Promise<void> {}
}

export function majordomeOf(
  world: World,
  reports: string[],
  life: {
    /** Its own class has last words. */
    Kind?: typeof MajordomeAgent;
    /** What stands between it and its devices. */
    hand?: <T extends object>(device: T) => T;
  } = {},
): MajordomeAgent {
  const { Kind = MortalMajordome, hand = (device) => device } = life;
  const { safety } = currentStage();
  const bypass = async (on: boolean) => {
    if (!safety.ignoresBypass) safety.bypass = on;
  };
  return new Kind(world.context('Majordome'), {
    unit: world.unit,
    dome: hand(domeOf(world)),
    plc: hand({ bypass }),
    observer: 'Observer',
    report: async (night) => {
      reports.push(night);
      return `nights/${night}/report.json`;
    },
  });
}

export function domeOf(world: World) {
  return openDome(world.unit.dome, { clock: world.clock, links: world.network.link });
}

export async function modeOf(world: World): Promise<string> {
  return (await readObservatory(world.database))?.mode ?? 'none';
}

export async function modesTold(world: World): Promise<string[]> {
  return (await told(world, 'ModeChanged')).map((change) => change.to);
}

export async function sent(world: World): Promise<string[]> {
  const commands = await commandsOf(world.database, { recipient: 'Observer', states: ['PENDING'] });
  return commands.map((one) => one.name);
}

/** What the observer would write of a telescope; where it parks, unless told otherwise. */
export async function tellMotion(
  world: World,
  motion: string,
  place: { altDeg?: number; azDeg?: number } = {},
): Promise<void> {
  const status = { motion, ...world.unit.mounts[0]?.park, ...place, atMs: world.clock.now() };
  await world.database.transaction((work) => writeDeviceStatus(work, 'telescope', status));
}
