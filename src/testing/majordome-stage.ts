import { commandsOf } from '#agent';
import { openDome } from '#devices';
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
export async function setStage(parts: { startMs?: number; before?: Partial<FakeSafety> } = {}) {
  const world = await makeWorld(parts.startMs === undefined ? {} : { startMs: parts.startMs });
  const safety = fakeSafety(world, parts.before);
  await domeOf(world).permit(1e6);
  const reports: string[] = [];
  const made = { world, safety, reports, die: live(majordomeOf(world, reports)) };
  stage = made;
  return made;
}

/** A Majordome that is killed has no time for its last words. */
class MortalMajordome extends MajordomeAgent {
  protected override async end(): Promise<void> {}
}

export function majordomeOf(
  world: World,
  reports: string[],
  Kind: typeof MajordomeAgent = MortalMajordome,
): MajordomeAgent {
  return new Kind(world.context('Majordome'), {
    unit: world.unit,
    dome: domeOf(world),
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

export async function tellMotion(world: World, motion: string): Promise<void> {
  const status = { motion, atMs: world.clock.now() };
  await world.database.transaction((work) => writeDeviceStatus(work, 'telescope', status));
}
