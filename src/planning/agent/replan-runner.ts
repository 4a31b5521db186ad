import type { Work } from '#agent';
import type { Database } from '#db';
import type { Clock } from '#platform';
import { statusesIn } from '#request';
import type { Unit } from '#unit';
import { fullEffort, replanEffort } from '../effort.ts';
import type { PlannerClient } from '../planner-client.ts';
import type { Schedule } from '../schedule.ts';
import { setScheduleBound, standingPlan } from '../schedule-store.ts';
import type { ObservatoryMemory } from './observatory-memory.ts';
import type { NightHours } from './plan-input.ts';
import { TOLERATED_SECONDS } from './plan-watch.ts';
import { isWorthPublishing, saysNothingNew, startsOf } from './publication.ts';
import { publish, settle } from './publish-store.ts';
import { readByPages, readSituation, type Situation, WAITING } from './situation-store.ts';

/** What it works with. */
export interface ReplanTools {
  readonly unit: Unit;
  readonly clock: Clock;
  readonly database: Database;
  readonly transact: <T>(work: (work: Work) => Promise<T>) => Promise<T>;
  readonly planner: PlannerClient;
  /** Calls for `conclude`. */
  readonly ring: () => void;
}

/** Why to plan, and what is known. */
export interface Occasion {
  readonly cause: string;
  readonly memory: ObservatoryMemory;
  readonly hours: NightHours;
}

/** A first plan whose improvement is under way. */
interface Replanning {
  readonly occasion: Occasion;
  readonly situation: Situation;
  readonly first: Schedule;
  /** Where the first plan is stored; null: it was for comparison only. */
  readonly scheduleId: number | null;
}

type DarkHours = NightHours & { readonly dark: NonNullable<NightHours['dark']> };

type Improvement = Replanning & ({ readonly full: Schedule } | { readonly error: unknown });

/** What runs may change while it plans: the plan that it makes then the last time counts all the same. */
const TRIES = 3;

/**
 * Plans in two steps. `replan` publishes a first valid plan, if it says anything new; the better one is
 * computed beside it, and `conclude` publishes that, unless it gains too little or something newer
 * came in between.
 */
export class ReplanRunner {
  readonly #tools: ReplanTools;
  #newest = 0;
  #improvement: Improvement | null = null;
  /** More effort has been spent on the plan that counts. */
  #isImproved = false;
  /** What was published last. */
  #published: { readonly id: number; readonly value: number } | null = null;

  constructor(tools: ReplanTools) {
    this.#tools = tools;
  }

  /** Publishes a plan that holds. Rejects when planning fails; the last plan is then untouched. */
  async replan(occasion: Occasion): Promise<void> {
    await this.#begin(occasion, true);
  }

  /** Publishes the improved plan, if one has come and is worth it. */
  async conclude(): Promise<void> {
    const improvement = this.#improvement;
    this.#improvement = null;
    if (!improvement) return;
    this.#isImproved = true;
    if ('error' in improvement) throw improvement.error;
    await this.#publishFull(improvement);
  }

  /** What is under way is of no interest any more. */
  forget(): void {
    this.#newest++;
    this.#improvement = null;
  }

  async #begin(occasion: Occasion, isPublished: boolean): Promise<void> {
    this.forget();
    const { dark } = occasion.hours;
    if (!dark || dark.endMs <= this.#tools.clock.now()) {
      await this.#noNight(dark ? 'the night is over' : 'the sky never gets dark tonight');
      return;
    }
    await this.#plan(occasion, { ...occasion.hours, dark }, isPublished);
  }

  async #plan(occasion: Occasion, hours: DarkHours, isPublished: boolean): Promise<void> {
    const { planner } = this.#tools;
    for (let tries = 1; ; tries++) {
      const situation = await this.#situation(occasion, hours);
      const first = await planner.first(situation.input);
      const stands = isPublished && (await this.#stands(situation, first));
      if (stands && this.#isImproved && !idles(situation, first)) return;
      const isNews = isPublished && !stands;
      const about = { occasion, situation, isForced: tries === TRIES };
      const published = isNews ? await this.#publish('FIRST', first, about) : null;
      if (isNews && published === null) continue;
      this.#isImproved = false;
      const scheduleId = published ?? (stands ? this.#provenBy(first) : null);
      void this.#improve({ occasion, situation, first, scheduleId }, this.#newest);
      return;
    }
  }

  async #situation({ memory }: Occasion, hours: DarkHours): Promise<Situation> {
    const { unit, clock, database, planner } = this.#tools;
    const pause = () => planner.pause();
    const question = { unit, hours, memory, nowMs: clock.now(), pause };
    return await readSituation(database, question);
  }

  /** A plan worth the same is the one that was published: a proof for it holds for that one too. */
  #provenBy({ value }: Schedule): number | null {
    return this.#published?.value === value ? this.#published.id : null;
  }

  /** The plan that counts says the same as a new one. */
  async #stands(situation: Situation, schedule: Schedule): Promise<boolean> {
    const { database, clock } = this.#tools;
    const { night, waiting, slots, faults } = situation;
    const unplanned = [...schedule.unplanned, ...faults];
    const standing = await standingPlan(database);
    const toleratedMs = clock.allow(TOLERATED_SECONDS) * 1000;
    return saysNothingNew({
      ...{ nowMs: clock.now(), night, waiting, slots, standing, toleratedMs },
      schedule: { ...schedule, unplanned },
    });
  }

  async #improve(replanning: Replanning, number: number): Promise<void> {
    const improvement = await this.#full(replanning);
    if (!improvement || number !== this.#newest) return;
    this.#improvement = improvement;
    this.#tools.ring();
  }

  async #full(replanning: Replanning): Promise<Improvement | null> {
    const { situation, first } = replanning;
    try {
      const previous = { startMs: startsOf(first.entries) };
      // The first plan of a night deserves the longest search.
      const isFirst = !situation.input.previous?.startMs.size;
      const effort = isFirst ? fullEffort : replanEffort;
      const full = await this.#tools.planner.full({ ...situation.input, previous, effort });
      return full && { ...replanning, full };
    } catch (error) {
      return { ...replanning, error };
    }
  }

  async #publishFull(replanning: Replanning & { readonly full: Schedule }): Promise<void> {
    const { occasion, situation, first, full, scheduleId } = replanning;
    const isBetter = isWorthPublishing(full, first, alertsOf(situation));
    if (isBetter && (await this.#publish('FULL', full, { occasion, situation })) !== null) return;
    await this.#tightenBound(scheduleId, first, full);
    // One of the first plan has begun meanwhile: the better order is looked for with it in its place.
    if (isBetter) await this.#begin(occasion, false);
  }

  /** The proof holds for the first plan as well. */
  async #tightenBound(id: number | null, { value, bound: before }: Schedule, full: Schedule) {
    if (id === null || !(full.bound < before)) return;
    const bound = Math.max(value, full.bound);
    const gap = bound > 0 ? (bound - value) / bound : 0;
    await this.#tools.transact((work) => setScheduleBound(work, { id, bound, gap }));
  }

  async #publish(
    kind: 'FIRST' | 'FULL',
    schedule: Schedule,
    { occasion, ...more }: { occasion: Occasion; situation: Situation; isForced?: boolean },
  ): Promise<number | null> {
    const { clock, transact, planner } = this.#tools;
    const pause = () => planner.pause();
    const about = { schedule, kind, cause: occasion.cause, pause, ...more };
    try {
      const id = await transact((work) => publish(work, { ...about, createdMs: clock.now() }));
      if (id !== null) this.#published = { id, value: schedule.value };
      return id;
    } catch (error) {
      // A database with foreign keys refuses the lines of what was deleted at that very moment.
      if (more.isForced !== true && (await this.#hasLost(more.situation))) return null;
      throw error;
    }
  }

  /** Something that was to be planned has gone. */
  async #hasLost({ waiting }: Situation): Promise<boolean> {
    const present = await statusesIn(this.#tools.database, [...WAITING, 'EXECUTING']);
    return [...waiting.keys()].some((id) => !present.has(id));
  }

  async #noNight(reason: string): Promise<void> {
    const { database, transact, planner } = this.#tools;
    const pause = () => planner.pause();
    const waiting = await readByPages(database, ['TOBEPLANNED', 'PLANNED'], pause);
    const untold = waiting.filter((one) => one.status === 'PLANNED' || one.reason === '');
    const verdicts = untold.map(({ id }) => ({ id, to: 'TOBEPLANNED' as const, reason }));
    if (verdicts.length === 0) return;
    await transact((work) => settle(work, verdicts, pause));
  }
}

/** A pause so long, seconds, in a plan that stands may be filled by a better one. */
const IDLE_MS = 60_000;

/** Nothing runs and the telescope would wait. */
function idles({ input, running }: Situation, { entries }: Schedule): boolean {
  const [next] = entries;
  if (running !== null || next === undefined) return false;
  const fromMs = Math.max(input.nowMs, input.night.scienceStartMs);
  return next.startMs - next.overheadSeconds * 1000 - fromMs > IDLE_MS;
}

function alertsOf({ waiting }: Situation): Set<number> {
  const alerts = [...waiting.values()].filter((sequence) => sequence.isAlert);
  return new Set(alerts.map((sequence) => sequence.id));
}
