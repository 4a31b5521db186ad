import { commandsOf } from '#agent';
import { readSequence } from '#request';
import { scheduleNow, submitPlanned } from './execution-requests.ts';
import { allFacts, command, live, type World } from './execution-world.ts';
import { FakeObserver } from './fake-observer.ts';
import { clearStage, domeOf, majordomeOf, modeOf, setStage } from './majordome-stage.ts';
import { type DeathAt, MortalLife } from './mortal-world.ts';

/** A supervisor needs so long to begin the next life, seconds. */
const RESTART_SECONDS = 3;
/** The evening, in steps of so many seconds each. */
const STEP_SECONDS = 1;
const ENDS_AT = 230;
/** Whoever is told to end does so within this, seconds. */
const LONGEST_END_SECONDS = 600;

/** What is told exactly so often in the evening, whoever dies. */
const TOLD: Readonly<Record<string, number | readonly number[]>> = {
  NightStarted: 1,
  NightAcknowledged: 1,
  SequenceStarted: 2,
  SequenceEnded: 2,
  ObservatoryLocked: 1,
  ObservatoryUnlocked: 1,
  'BypassAsked true': 1,
  'BypassAsked false': 1,
  'BypassChanged true': 1,
  'BypassChanged false': 1,
  DomeOpening: 3,
  DomeOpened: 3,
  // Dead between the order and its telling, it finds a dome that is closed already.
  DomeClosing: [1, 2],
  DomeClosed: 2,
};

/** One evening of the Majordome in which it dies at one write, and what was found wrong afterwards. */
export async function scriptedEvening(
  death: DeathAt | null,
): Promise<{ died: boolean; writes: number; problems: string[] }> {
  const { world, safety, reports, die } = await setStage({
    dome: { openSeconds: 4, closeSeconds: 4 },
  });
  await die();
  const observer = new FakeObserver(world, 20);
  const endObserver = live(observer);
  let life = new MortalLife(death);
  const begin = () =>
    live(majordomeOf(life.worldOf(world), reports, { hand: life.handOf.bind(life) }));
  let end = begin();
  let revivesAt = Number.POSITIVE_INFINITY;
  let died = false;
  const acts = script(world, safety);
  for (let at = 0; at < ENDS_AT; at += STEP_SECONDS) {
    await acts.get(at)?.();
    await world.pass(STEP_SECONDS);
    if (life.isDead && !died) {
      died = true;
      revivesAt = at + RESTART_SECONDS;
    }
    if (at !== revivesAt) continue;
    life = new MortalLife();
    end = begin();
  }
  const { writes } = life;
  // Dead at the very end of the evening: somebody has to be there to end.
  if (life.isDead) {
    died = true;
    life = new MortalLife();
    end = begin();
    await world.pass(RESTART_SECONDS);
  }
  const problems = await problemsOf(world);
  await untilOver(world, Promise.all([end(), endObserver()]), () => life.isDead);
  await clearStage();
  return { died, writes, problems };
}

/** Lets time go by until both have ended, or one died of it; an Error when they never do. */
async function untilOver(
  world: World,
  ends: Promise<unknown>,
  isDead: () => boolean,
): Promise<void> {
  let isOver = false;
  const over = ends.then(() => {
    isOver = true;
  });
  for (let waited = 0; !isOver && !isDead() && waited < LONGEST_END_SECONDS; waited++)
    await world.pass(1);
  if (isDead()) return;
  if (!isOver) throw new Error(`not over after ${LONGEST_END_SECONDS} s`);
  await over;
}

type Acts = ReadonlyMap<number, () => Promise<void>>;

/** When what happens, whether the Majordome lives or not. */
function script(world: World, safety: { safe: boolean; reasons: string[] }): Acts {
  const order = async (name: string, more: object = {}) =>
    void (await command(world, 'Majordome', { name, payload: { by: 'ak', ...more } }));
  const observe = async () => await scheduleNow(world, await submitPlanned(world));
  const wet = (isWet: boolean) => async () => {
    Object.assign(safety, { safe: !isWet, reasons: isWet ? ['humidity 95 %'] : [] });
  };
  return new Map([
    [20, observe],
    [32, wet(true)],
    [60, () => order('bypass', { reason: 'the sensor is wet', minutes: 20 })],
    [85, observe],
    [120, wet(false)],
    [130, () => order('stop_bypass')],
    [150, () => order('lock', { reason: 'a visit' })],
    [185, () => order('unlock', { reason: 'the visit is over' })],
  ]);
}

async function problemsOf(world: World): Promise<string[]> {
  const facts = await allFacts(world);
  const names = facts.map((fact) =>
    fact.type === 'BypassAsked' || fact.type === 'BypassChanged'
      ? `${fact.type} ${fact.payload.on}`
      : fact.type,
  );
  const counts = Object.entries(TOLD).flatMap(([name, wanted]) => {
    const times = names.filter((one) => one === name).length;
    return [wanted].flat().includes(times) ? [] : [`${name} was told ${times} times`];
  });
  const states = ['PENDING', 'RUNNING', 'FAILED', 'REFUSED', 'EXPIRED', 'SKIPPED'] as const;
  const unhappy = await commandsOf(world.database, { recipient: 'Majordome', states: [...states] });
  const runs = await commandsOf(world.database, {
    recipient: 'Observer',
    states: ['EXECUTED', 'KILLED', ...states],
  });
  const count = (name: string) => runs.filter((one) => one.name === name).length;
  const mode = await modeOf(world);
  const { shutter } = await domeOf(world).status();
  const outcomes = await Promise.all([1, 2].map((id) => readSequence(world.database, id)));
  return [
    ...counts,
    ...unhappy.map(({ name, state, errorText }) => `${name} is ${state}: ${errorText}`),
    ...(count('run_sequence') === 2 ? [] : [`${count('run_sequence')} sequences were ordered`]),
    ...(count('abort') === 1 ? [] : [`${count('abort')} aborts`]),
    ...(mode === 'SCHED_READY' && shutter === 'open' ? [] : [`${mode}, dome ${shutter}`]),
    ...outcomes.flatMap((one, i) =>
      one?.status === (i === 0 ? 'FAILED' : 'DONE') ? [] : [`sequence ${i + 1} is ${one?.status}`],
    ),
    ...world.errors.filter((text) => !text.includes('undone')),
  ];
}
