import { readObservatory } from '#execution';
import { seededRandom } from '#platform';
import { sunPosition } from '#sky';
import type { Unit } from '#unit';
import { type DemoNight, demoNight } from '../demo-night.ts';
import { checkHistory } from './history-check.ts';
import { InvariantWatch } from './invariant-watch.ts';
import type { Violation } from './invariants.ts';
import { drawTroubles, type Trouble } from './soak-faults.ts';
import { VirtualObservatory } from './virtual-observatory.ts';

/** What became of one night of trial. */
export interface TrialNight {
  readonly night: string;
  readonly troubles: readonly Trouble[];
  readonly violations: readonly Violation[];
  readonly images: number;
}

const MINUTE_MS = 60_000;
/** When all troubles are over and the sky is good, it observes again within this (I11). */
const RECOVERY_MS = 45 * MINUTE_MS;
/** Troubles come in this part of the dark hours: afterwards there is time to recover. */
const TROUBLED_PART = 0.7;
/** A night that has not ended this long after dawn never will. */
const GRACE_MS = 2 * 3_600_000;
/** They answer to no wire, or cannot die without ending the trial. */
const SPARED: readonly string[] = ['web', 'gic'];

/** Lives one night with the troubles that the seed draws, and checks every invariant. */
export async function tryNight(
  unit: Unit,
  wish: { night: string; seed: number; dataFolder: string },
): Promise<TrialNight> {
  const plan = demoNight(unit, wish.night, wish.seed);
  const observatory = await VirtualObservatory.open({
    unit,
    seed: wish.seed,
    dataFolder: wish.dataFolder,
    startMs: plan.startMs,
    targetsAtMs: plan.dark.startMs,
    scenario: plan.scenario,
  });
  const troubles = troublesOf(observatory, plan, wish.seed);
  await observatory.start();
  const watch = new InvariantWatch(observatory);
  for (const trouble of troubles) void live(observatory, trouble);
  const late = await recover(observatory, plan, troubles);
  let over = false;
  const { database } = observatory;
  const stopListening = database.onChange(() => {
    void observatory.hasTold('NightEnded').then((yes) => (over = yes));
  });
  await observatory.runUntil(plan.closeMs + GRACE_MS, () => over);
  stopListening();
  watch.stop();
  await observatory.stop();
  const history = await checkHistory(observatory, wish.night);
  const images = await observatory.countTold('ImageTaken');
  await observatory.close();
  const violations = [...watch.violations, ...late, ...history];
  return { night: wish.night, troubles, violations, images };
}

function troublesOf(observatory: VirtualObservatory, plan: DemoNight, seed: number) {
  const faults = Object.entries(observatory.simulators).flatMap(([device, { faults }]) =>
    (faults?.known ?? []).map(({ name }) => ({ device, name })),
  );
  const { agents } = observatory.unit;
  const mortal = agents.filter(
    ({ kind, start }) => start === 'with-unit' && !SPARED.includes(kind),
  );
  const { startMs, endMs } = plan.dark;
  return drawTroubles(seededRandom(seed).fork(`troubles of ${plan.night}`), {
    faults,
    agents: mortal.map(({ alias }) => alias),
    fromMs: plan.openMs,
    untilMs: startMs + TROUBLED_PART * (endMs - startMs),
  });
}

/** Brings one trouble at its time, and takes it away. */
async function live(observatory: VirtualObservatory, trouble: Trouble): Promise<void> {
  const { clock } = observatory;
  await clock.sleep((trouble.fromMs - clock.now()) / 1000);
  await bring(observatory, trouble);
  await clock.sleep((trouble.untilMs - clock.now()) / 1000);
  await takeAway(observatory, trouble);
}

async function bring(observatory: VirtualObservatory, trouble: Trouble): Promise<void> {
  if (trouble.kind === 'kill') observatory.kill(trouble.agent);
  if (trouble.kind === 'suspend') observatory.suspend(trouble.agent);
  if (trouble.kind === 'fault') {
    observatory.simulators[trouble.device]?.faults?.set(trouble.name);
  }
  if (trouble.kind === 'plc') {
    for (const { device, name, value } of trouble.values) {
      await observatory.setPlcValue(`${device} ${name}`, value);
    }
  }
}

async function takeAway(observatory: VirtualObservatory, trouble: Trouble): Promise<void> {
  if (trouble.kind === 'kill') await observatory.revive(trouble.agent);
  if (trouble.kind === 'suspend') observatory.resume(trouble.agent);
  if (trouble.kind === 'fault') {
    observatory.simulators[trouble.device]?.faults?.clear(trouble.name);
  }
  if (trouble.kind === 'plc') {
    for (const { device, name } of trouble.values) {
      await observatory.setPlcValue(`${device} ${name}`, 'auto');
    }
  }
}

/** I11: once everything is well again, the observatory is ready again without anybody's help. */
async function recover(
  observatory: VirtualObservatory,
  plan: DemoNight,
  troubles: readonly Trouble[],
): Promise<readonly Violation[]> {
  const ends = [plan.openMs, plan.rain?.endMs ?? 0, ...troubles.map(({ untilMs }) => untilMs)];
  const wellMs = Math.max(...ends) + RECOVERY_MS;
  const { unit } = observatory;
  if (sunPosition(unit.site, wellMs).altDeg > unit.night.scienceSunAltDeg) return [];
  await observatory.runUntil(wellMs);
  const row = await readObservatory(observatory.database);
  if (row?.mode === 'SCHED_READY') return [];
  const sentence = `${RECOVERY_MS / MINUTE_MS} min after the last trouble it is ${row?.mode}: ${row?.reason}`;
  return [{ atMs: wellMs, invariant: 'I11 liveness', sentence }];
}
