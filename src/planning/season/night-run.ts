import { placeOf, type RaDec, separationDeg } from '#sky';
import type { Interval } from '../interval.ts';
import { JobMemory } from '../job.ts';
import { plan } from '../planner.ts';
import type { PlanInput, RunningSequence, ScheduleEntry } from '../schedule.ts';
import { slewSecondsBetween } from '../transition.ts';
import type { AccountBook } from './account-book.ts';
import type { AlertBook } from './alert-book.ts';
import type { Candidates } from './candidates.ts';
import { fateOf } from './fate.ts';
import { NightTime, type TimeByUse, type Want } from './night-time.ts';
import { isStillInSight } from './recheck.ts';
import type { SeasonEffort, SeasonInput, SeasonSequence } from './season.ts';
import type { SeasonNight } from './season-night.ts';

/** What a night shares with the others of its season. */
export interface SeasonBooks {
  readonly input: SeasonInput;
  readonly effort: SeasonEffort;
  readonly accounts: AccountBook;
  readonly alerts: AlertBook;
  /** Counts an attempt at a sequence; gives how many there were before. */
  readonly tryOnce: (id: number) => number;
}

/** One observation that was completed. */
export interface Observation {
  readonly sequenceId: number;
  readonly program: string;
  readonly night: string;
  readonly startMs: number;
  readonly endMs: number;
}

export interface NightOutcome {
  readonly done: readonly Observation[];
  readonly time: TimeByUse;
  readonly plans: number;
  readonly failures: number;
  readonly interruptions: number;
}

/** The telescope may be sent to the first target this long before the dark. */
const EARLY_MS = 600_000;

/** Less than this is not late. */
const IN_TIME_MS = 1000;

/** One attempt, with what it would come to if nothing interrupted it. */
interface Attempt {
  readonly sequence: SeasonSequence;
  readonly startMs: number;
  readonly endMs: number;
  readonly failsMs: number | null;
  readonly freeMs: number;
}

/**
 * A night as it happens: what is planned is observed until the dome closes, an alert comes, an
 * attempt fails or takes longer; then the rest of the night is planned again. The plans never know
 * what is coming.
 */
export class NightRun {
  readonly #books: SeasonBooks;
  readonly #night: SeasonNight;
  readonly #time: NightTime;
  /** Where each target passes tonight: the same for all plans of a night. */
  readonly #memory = new JobMemory();
  readonly #waiting: Map<number, SeasonSequence>;
  readonly #done: Observation[] = [];
  /** Those that could not keep their place even after a new plan. */
  readonly #late = new Set<number>();
  #nowMs: number;
  #pointing: RaDec | undefined;
  /** What is planned; null: it no longer holds. */
  #queue: readonly ScheduleEntry[] | null = null;
  #previous: ReadonlyMap<number, number> = new Map();
  #preempts: number | null = null;
  #want: Want;
  #plans = 0;
  #failures = 0;
  #interruptions = 0;

  constructor(books: SeasonBooks, night: SeasonNight, candidates: Candidates) {
    this.#books = books;
    this.#night = night;
    this.#time = new NightTime(night.startMs, night.endMs);
    this.#waiting = new Map(candidates.chosen.map((one) => [one.id, one]));
    this.#want = candidates.refused > 0 ? 'quotas' : 'noTarget';
    this.#nowMs = night.startMs - EARLY_MS;
    books.alerts.admit(this.#nowMs);
    for (const alert of books.alerts.open()) this.#waiting.set(alert.id, alert);
  }

  run(): NightOutcome {
    while (this.#nowMs < this.#night.endMs) {
      this.#admit(this.#nowMs);
      const closure = this.#closureAt(this.#nowMs);
      if (closure) this.#waitForOpening(closure);
      else this.#step();
    }
    return {
      done: this.#done,
      time: this.#time.close(),
      plans: this.#plans,
      failures: this.#failures,
      interruptions: this.#interruptions,
    };
  }

  /** The telescope must be there, and the setup lie in the window and in the dark. */
  #earliestMs(entry: ScheduleEntry, sequence: SeasonSequence | undefined): number {
    const setupMs = (sequence?.setupSeconds ?? 0) * 1000;
    const inPlaceMs = this.#nowMs + this.#overheadMs(entry);
    const windowMs = sequence?.windowStartMs ?? this.#night.startMs;
    return Math.max(inPlaceMs, Math.max(this.#night.startMs, windowMs) + setupMs);
  }

  #waitForOpening(closure: Interval): void {
    this.#time.spend('weather', closure.endMs);
    this.#nowMs = closure.endMs;
    this.#queue = null;
  }

  /** Waits for the next of the plan, or observes it. */
  #step(): void {
    this.#queue ??= this.#plan(null);
    const next = this.#queue[0];
    const leaveMs = next ? next.startMs - this.#overheadMs(next) : this.#night.endMs;
    if (next && leaveMs <= this.#nowMs) this.#observe(next, this.#queue.slice(1));
    else this.#wait(leaveMs);
  }

  #wait(leaveMs: number): void {
    const untilMs = Math.min(leaveMs, this.#nextEventMs(this.#nowMs), this.#night.endMs);
    this.#time.idle(untilMs, this.#want);
    this.#nowMs = untilMs;
  }

  #observe(entry: ScheduleEntry, rest: readonly ScheduleEntry[]): void {
    const sequence = this.#waiting.get(entry.sequenceId);
    const lateMs = this.#earliestMs(entry, sequence) - entry.startMs;
    const lateSeconds = lateMs < IN_TIME_MS ? 0 : lateMs / 1000;
    const startMs = entry.startMs + lateSeconds * 1000;
    if (sequence === undefined || !this.#mayStart(sequence, entry, lateSeconds)) {
      this.#giveUp(entry);
      return;
    }
    this.#queue = rest;
    const attempt = this.#attempt(sequence, startMs, entry.endMs - entry.startMs);
    const chargeSeconds = sequence.setupSeconds + (entry.endMs - entry.startMs) / 1000;
    this.#books.accounts.charge(sequence, chargeSeconds);
    this.#waiting.delete(sequence.id);
    const cutMs = this.#interruptionOf(attempt);
    const isDone = this.#book(attempt, cutMs);
    if (isDone) return;
    this.#books.accounts.charge(sequence, -chargeSeconds);
    this.#waiting.set(sequence.id, sequence);
    this.#queue = null;
  }

  /** Late: the rest is planned anew; late again: it is left for another night. */
  #giveUp(entry: ScheduleEntry): void {
    if (this.#late.has(entry.sequenceId)) this.#waiting.delete(entry.sequenceId);
    this.#late.add(entry.sequenceId);
    this.#queue = null;
  }

  #attempt(sequence: SeasonSequence, startMs: number, lengthMs: number): Attempt {
    const { input, tryOnce } = this.#books;
    const { id } = sequence;
    const fate = fateOf(input.troubles, input.seed, { id, count: tryOnce(id) });
    const endMs = startMs + lengthMs;
    const failsMs =
      fate.failsAfter === null ? null : startMs + Math.floor(fate.failsAfter * lengthMs);
    const freeMs = (failsMs ?? endMs) + Math.round(fate.overrun * lengthMs);
    return { sequence, startMs, endMs, failsMs, freeMs };
  }

  /** Late by no more than its slack, or its target is still in sight to the end. */
  #mayStart(sequence: SeasonSequence, entry: ScheduleEntry, lateSeconds: number): boolean {
    const endMs = entry.endMs + lateSeconds * 1000;
    if (endMs > this.#night.endMs) return false;
    if (lateSeconds <= entry.slackRightSeconds) return true;
    const startMs = entry.startMs + (lateSeconds - sequence.setupSeconds) * 1000;
    const { constraints } = this.#books.input;
    const isDark = startMs >= this.#night.startMs;
    return isDark && isStillInSight(sequence, { startMs, endMs }, constraints);
  }

  /** When an attempt is cut short: the dome closes, or an alert takes its place; else infinity. */
  #interruptionOf(attempt: Attempt): number {
    const closesMs = this.#nextClosureMs(this.#nowMs);
    const { startMs, endMs, failsMs, freeMs, sequence } = attempt;
    const overMs = Math.min(closesMs, failsMs ?? endMs);
    while (this.#books.alerts.nextMs() < overMs) {
      const nowMs = this.#books.alerts.nextMs();
      this.#admit(nowMs);
      this.#queue = this.#plan({ sequence, startMs, endMs }, nowMs);
      if (this.#preempts === sequence.id) return nowMs;
    }
    return closesMs < freeMs ? closesMs : Number.POSITIVE_INFINITY;
  }

  /** Writes down what an attempt came to; says whether it was completed. */
  #book(attempt: Attempt, cutMs: number): boolean {
    const { sequence, startMs, endMs, failsMs, freeMs } = attempt;
    const overMs = Math.min(cutMs, failsMs ?? endMs);
    const isDone = failsMs === null && cutMs >= endMs;
    this.#time.spend('overheads', Math.min(startMs, overMs));
    if (isDone) this.#finish(attempt);
    else if (cutMs < (failsMs ?? endMs)) this.#interruptions++;
    else this.#failures++;
    const use = isDone ? 'observed' : overMs === cutMs ? 'interrupted' : 'failures';
    this.#time.spend(use, overMs);
    this.#nowMs = Math.min(cutMs, freeMs);
    this.#time.spend('overruns', this.#nowMs);
    if (overMs > startMs && sequence.target) {
      this.#pointing = placeOf(sequence.target, this.#books.input.constraints.site, overMs);
    }
    return isDone;
  }

  #finish({ sequence, startMs, endMs }: Attempt): void {
    const { id, program } = sequence;
    this.#done.push({ sequenceId: id, program, night: this.#night.night, startMs, endMs });
    if (sequence.isAlert) this.#books.alerts.observed(sequence, startMs);
  }

  /** What comes in changes the plan; by then the plan of the others does not hold. */
  #admit(untilMs: number): void {
    const newcomers = this.#books.alerts.admit(untilMs);
    for (const alert of newcomers) this.#waiting.set(alert.id, alert);
    if (newcomers.length > 0) this.#queue = null;
  }

  #plan(running: RunningSequence | null, nowMs = this.#nowMs): readonly ScheduleEntry[] {
    const schedule = plan(this.#planInput(running, nowMs), this.#memory);
    this.#preempts = schedule.preempts;
    if (schedule.unplanned.some(({ code }) => code === 'OVER_QUOTA')) this.#want = 'quotas';
    this.#plans++;
    const entries = schedule.entries.filter((entry) => !entry.isRunning);
    const whole = entries.filter((entry) => !entry.isShortened);
    this.#previous = new Map(whole.map((entry) => [entry.sequenceId, entry.startMs]));
    return entries;
  }

  #planInput(running: RunningSequence | null, nowMs: number): PlanInput {
    const { input, effort, accounts } = this.#books;
    const isFirst = this.#plans === 0;
    return {
      sequences: isFirst ? [...this.#waiting.values()] : this.#fewer(effort.replanCandidates),
      running,
      quotas: accounts.quotas(),
      night: { scienceStartMs: this.#night.startMs, scienceEndMs: this.#night.endMs },
      constraints: input.constraints,
      conditions: { seeingArcsec: this.#night.seeingArcsec },
      transition: input.transition,
      ...(this.#pointing && { pointing: this.#pointing }),
      nowMs,
      ...(!isFirst && { previous: { startMs: this.#previous } }),
      seed: input.seed,
      effort: isFirst ? effort.night : effort.replan,
    };
  }

  /** What was planned, and the best of the others. */
  #fewer(others: number): SeasonSequence[] {
    let left = others;
    return [...this.#waiting.values()].filter(
      ({ id, isAlert }) => isAlert || this.#previous.has(id) || left-- > 0,
    );
  }

  #overheadMs(entry: ScheduleEntry): number {
    const sequence = this.#waiting.get(entry.sequenceId);
    if (!sequence?.target) return Math.ceil((sequence?.setupSeconds ?? 0) * 1000);
    const { constraints, transition } = this.#books.input;
    const place = placeOf(sequence.target, constraints.site, entry.startMs);
    const distanceDeg = this.#pointing ? separationDeg(this.#pointing, place) : 0;
    const slew = this.#pointing ? slewSecondsBetween(distanceDeg, transition) : 0;
    return Math.ceil((slew + sequence.setupSeconds) * 1000);
  }

  #closureAt(ms: number): Interval | undefined {
    return this.#night.closures.find(({ startMs, endMs }) => startMs <= ms && ms < endMs);
  }

  #nextClosureMs(ms: number): number {
    const next = this.#night.closures.find(({ startMs }) => startMs > ms);
    return next?.startMs ?? Number.POSITIVE_INFINITY;
  }

  #nextEventMs(ms: number): number {
    return Math.min(this.#nextClosureMs(ms), this.#books.alerts.nextMs());
  }
}
