import { type AgentContext, AgentService, type Fact, lastFact, lastFacts } from '#agent';
import { codeOf, sentenceOf } from '#platform';
import { statusesIn } from '#request';
import { nightBounds, nightId } from '#sky';
import type { Unit } from '#unit';
import {
  learntFrom,
  measuringTypes,
  nothingKnown,
  type ObservatoryMemory,
  remember,
  rememberedTypes,
} from './agent/observatory-memory.ts';
import { type NightHours, nightHours } from './agent/plan-input.ts';
import { TOLERATED_SECONDS, whyPlanFails } from './agent/plan-watch.ts';
import { settle } from './agent/publish-store.ts';
import { causeOf, causeTypes } from './agent/replan-cause.ts';
import { ReplanRunner } from './agent/replan-runner.ts';
import { readByPages, WAITING } from './agent/situation-store.ts';
import { OVERHEADS_REMEMBERED } from './overhead-model.ts';
import { inlinePlanner, type PlannerClient } from './planner-client.ts';
import { slotsFrom } from './schedule-store.ts';

/** What the scheduler needs beside its context. */
export interface SchedulerParts {
  readonly unit: Unit;
  /** What makes its plans; in its own thread when not given, which stops its loop while it plans. */
  readonly planner?: PlannerClient;
}

/** A first slot this late, with nothing running, means that the plan no longer holds; seconds. */
const LATE_SECONDS = 180;
/** The plan is held against what happens this often, seconds. */
const WATCH_SECONDS = 30;

/**
 * Plans the night: at its start, and whenever something changes what is best. Facts
 * that come together are one change.
 */
export class SchedulerAgent extends AgentService {
  protected readonly listensTo = [
    ...new Set([...causeTypes, ...rememberedTypes, 'NightEnded' as const]),
  ];
  protected readonly routineSeconds = WATCH_SECONDS;
  readonly #unit: Unit;
  readonly #planner: PlannerClient;
  readonly #replanner: ReplanRunner;
  #memory: ObservatoryMemory = nothingKnown;
  #hours: NightHours | null = null;
  /** The change that could not be planned: the watch comes back to it. */
  #unplanned: string | null = null;
  /** The failure that was told last. */
  #told = '';

  constructor(context: AgentContext, parts: SchedulerParts) {
    super(context);
    this.#unit = parts.unit;
    this.#planner = parts.planner ?? inlinePlanner();
    this.#replanner = new ReplanRunner({
      unit: parts.unit,
      clock: this.clock,
      database: this.database,
      planner: this.#planner,
      transact: (work) => this.transact(work),
      ring: () => this.wake(),
    });
  }

  protected override async prepare(): Promise<void> {
    const facts = await Promise.all(rememberedTypes.map((type) => lastFact(this.database, type)));
    const known = facts.filter((fact): fact is NonNullable<typeof fact> => fact !== null);
    const memory = known.toSorted((a, b) => a.id - b.id).reduce(remember, nothingKnown);
    const measured = await Promise.all(
      measuringTypes.map((type) => lastFacts(this.database, type, OVERHEADS_REMEMBERED)),
    );
    this.#memory = { ...memory, overheads: learntFrom(measured.flat()) };
  }

  protected override async end(): Promise<void> {
    this.#replanner.forget();
    await this.#planner.close();
  }

  protected override async onFacts(facts: readonly Fact[]): Promise<void> {
    this.#memory = facts.reduce(remember, this.#memory);
    for (const fact of facts) {
      if (fact.type === 'NightStarted') await this.#expire(this.#bounds(fact).startMs);
      if (fact.type === 'NightEnded') await this.#expire(this.#bounds(fact).endMs);
    }
    const cause = causeOf(facts, this.#tonight().dark?.startMs ?? null);
    if (cause) await this.#replan(cause);
  }

  #bounds({ payload }: { payload: { night: string } }) {
    return nightBounds(payload.night, this.#unit.site.lonDeg);
  }

  #tonight(): NightHours {
    const night = nightId(this.clock.now(), this.#unit.site.lonDeg);
    if (this.#hours?.night !== night) this.#hours = nightHours(this.#unit, night);
    return this.#hours;
  }

  /**
   * What waits for a window that ends before `noonMs`, the noon after its last night, waits in vain.
   * The reason why it found no place stays.
   */
  async #expire(noonMs: number): Promise<void> {
    const pause = () => this.#planner.pause();
    const waiting = await readByPages(this.database, WAITING, pause);
    const verdicts = waiting
      .filter((sequence) => sequence.windowEndMs <= noonMs)
      .map(({ id, reason }) => {
        return { id, to: 'EXPIRED' as const, reason: reason || 'its window ended before its turn' };
      });
    if (verdicts.length === 0) return;
    await this.transact((work) => settle(work, verdicts, pause));
  }

  /** Publishes what was improved, and looks whether the plan still holds. */
  protected override async routine(): Promise<void> {
    // The first plan is valid: a failure of the second is told, and that is all.
    await this.#attempt(() => this.#replanner.conclude());
    const cause = this.#unplanned ?? (await this.#whyPlanFails());
    if (cause) await this.#replan(cause);
  }

  async #whyPlanFails(): Promise<string | null> {
    const slots = await slotsFrom(this.database, 0);
    if (slots.length === 0) return null;
    await this.#planner.pause();
    return whyPlanFails({
      nowMs: this.clock.now(),
      slots,
      statuses: await statusesIn(this.database, [...WAITING, 'EXECUTING']),
      isReady: this.#memory.isReady,
      lateMs: this.clock.allow(LATE_SECONDS) * 1000,
      toleratedMs: this.clock.allow(TOLERATED_SECONDS) * 1000,
    });
  }

  async #replan(cause: string): Promise<void> {
    const occasion = { cause, memory: this.#memory, hours: this.#tonight() };
    const isPlanned = await this.#attempt(() => this.#replanner.replan(occasion));
    this.#unplanned = isPlanned ? null : cause;
    if (isPlanned) this.#told = '';
  }

  /** The last valid plan is kept when planning fails; a series of the same failures is told once. */
  async #attempt(step: () => Promise<void>): Promise<boolean> {
    try {
      await step();
      return true;
    } catch (error) {
      const reason = sentenceOf(error);
      const { stack, cause } = error as Error;
      this.log.error(reason, { code: codeOf(error), stack, cause });
      if (this.#told !== reason) {
        await this.transact((work) => work.fact('PlanningFailed', { reason }));
      }
      this.#told = reason;
      return false;
    }
  }
}
