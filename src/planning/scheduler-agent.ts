import { type AgentContext, AgentService, type Fact, lastFact } from '#agent';
import { sentenceOf } from '#platform';
import { readPrograms } from '#programs';
import { overheadSeconds, type StoredSequence, sequencesIn, setSequenceStatus } from '#request';
import { nightBounds, nightId, sunBelow } from '#sky';
import type { Unit } from '#unit';
import { plan } from './planner.ts';
import { chargedSeconds } from './quota-ledger.ts';
import type { PlanInput, PlanSequence, Quota, Schedule } from './schedule.ts';
import { insertSchedule, latestSchedule, type ScheduleLine } from './schedule-store.ts';

/** What the scheduler needs beside its context. */
export interface SchedulerParts {
  readonly unit: Unit;
}

/** A first slot this late, with nothing running, means that the plan no longer holds; seconds. */
const LATE_SECONDS = 180;
/** Two plannings of the watch for late plans are at least this far apart, seconds. */
const WATCH_SECONDS = 60;

const REASONS: Partial<Record<Fact['type'], string>> = {
  NightStarted: 'the night begins',
  RequestSubmitted: 'a request came in',
  TargetMoved: 'a target moved',
  AlertRetracted: 'an alert was retracted',
  SequenceEnded: 'a sequence ended',
  ModeChanged: 'the observatory is ready',
};

/** Plans the night: at its start, and whenever something changes what is best. */
export class SchedulerAgent extends AgentService {
  protected readonly listensTo = [
    'NightStarted',
    'NightEnded',
    'RequestSubmitted',
    'TargetMoved',
    'AlertRetracted',
    'SequenceEnded',
    'ModeChanged',
  ] as const;
  protected readonly routineSeconds = WATCH_SECONDS;
  readonly #unit: Unit;
  #ready = false;

  constructor(context: AgentContext, parts: SchedulerParts) {
    super(context);
    this.#unit = parts.unit;
  }

  protected override async prepare(): Promise<void> {
    const last = await lastFact(this.database, 'ModeChanged');
    this.#ready = last?.payload.to === 'SCHED_READY';
  }

  protected override async onFacts(facts: readonly Fact[]): Promise<void> {
    for (const fact of facts) {
      if (fact.type === 'ModeChanged') this.#ready = fact.payload.to === 'SCHED_READY';
    }
    for (const fact of facts) {
      if (fact.type === 'NightStarted') await this.#expire(this.#bounds(fact).startMs);
      if (fact.type === 'NightEnded') await this.#expire(this.#bounds(fact).endMs);
    }
    const cause = facts.findLast(
      (fact) =>
        fact.type !== 'NightEnded' &&
        (fact.type !== 'ModeChanged' || fact.payload.to === 'SCHED_READY'),
    );
    if (cause) await this.#replan(REASONS[cause.type] ?? cause.type);
  }

  #bounds({ payload }: { payload: { night: string } }) {
    return nightBounds(payload.night, this.#unit.site.lonDeg);
  }

  /**
   * What waits for a window that ends before `noonMs`, the noon after its last night, waits in vain.
   * The reason why it found no place stays.
   */
  async #expire(noonMs: number): Promise<void> {
    const waiting = await sequencesIn(this.database, ['TOBEPLANNED', 'PLANNED', 'UNPLANNABLE']);
    const over = waiting.filter((sequence) => sequence.windowEndMs <= noonMs);
    if (over.length === 0) return;
    await this.transact(async (work) => {
      for (const { id, reason } of over) {
        const why = reason || 'its window ended before its turn';
        await setSequenceStatus(work, { id, to: 'EXPIRED', reason: why });
      }
    });
  }

  /** A slot that passed unused while the observatory was open: something went wrong, plan again. */
  protected override async routine(): Promise<void> {
    if (!this.#ready) return;
    const executing = await sequencesIn(this.database, ['EXECUTING']);
    if (executing.length > 0) return;
    const waiting = new Set((await sequencesIn(this.database, ['PLANNED'])).map((one) => one.id));
    const schedule = await latestSchedule(this.database);
    const first = schedule?.lines.find(
      (line) => line.startMs !== null && waiting.has(line.sequenceId),
    );
    const lateMs = this.clock.now() - this.clock.allow(LATE_SECONDS) * 1000;
    if (first?.startMs && first.startMs < lateMs) await this.#replan('a slot passed unused');
  }

  /** The last valid plan is kept when planning fails. */
  async #replan(reason: string): Promise<void> {
    try {
      await this.#plan(reason);
    } catch (error) {
      this.log.error(sentenceOf(error), { stack: (error as Error).stack });
      await this.transact((work) => work.fact('PlanningFailed', { reason: sentenceOf(error) }));
    }
  }

  async #plan(reason: string): Promise<void> {
    const nowMs = this.clock.now();
    const { site, night: rules } = this.#unit;
    const night = nightId(nowMs, site.lonDeg);
    const dark = sunBelow(site, night, rules.scienceSunAltDeg);
    const waiting = await sequencesIn(this.database, ['TOBEPLANNED', 'PLANNED', 'UNPLANNABLE']);
    if (!dark || dark.endMs <= nowMs) {
      await this.#publishNoNight(
        waiting,
        dark ? 'the night is over' : 'the sky never gets dark tonight',
      );
      return;
    }
    const input = await this.#input(waiting, dark, nowMs);
    await this.#publish(plan(input), { reason, night, waiting });
  }

  async #input(
    waiting: readonly StoredSequence[],
    dark: { startMs: number; endMs: number },
    nowMs: number,
  ): Promise<PlanInput> {
    const { site, horizon, night: rules } = this.#unit;
    const [running] = await sequencesIn(this.database, ['EXECUTING']);
    return {
      sequences: waiting.map((sequence) => this.#asPlanned(sequence)),
      running: running ? await this.#running(running, nowMs) : null,
      quotas: await this.#quotas(),
      night: { scienceStartMs: dark.startMs, scienceEndMs: dark.endMs },
      constraints: {
        site,
        horizon,
        minAltDeg: rules.minAltDeg,
        moonDistanceDeg: rules.moonDistanceDeg,
      },
      nowMs,
    };
  }

  #asPlanned(sequence: StoredSequence): PlanSequence {
    const [mount] = this.#unit.mounts;
    const { dome, channels } = this.#unit;
    return {
      id: sequence.id,
      name: sequence.name,
      target: sequence.target,
      windowStartMs: sequence.windowStartMs,
      windowEndMs: sequence.windowEndMs,
      priority: sequence.priority,
      startMode: sequence.startMode,
      tPreferedMs: sequence.tPreferedMs,
      durationSeconds: sequence.durationSeconds,
      overheadSeconds: mount ? overheadSeconds({ mount, dome, channels }) : 0,
      program: sequence.program,
      isAlert: sequence.isAlert,
      mayPreempt: sequence.isAlert,
    };
  }

  /** What runs keeps its slot of the last plan; an overrun pushes its end before it. */
  async #running(sequence: StoredSequence, nowMs: number) {
    const schedule = await latestSchedule(this.database);
    const line = schedule?.lines.find((one) => one.sequenceId === sequence.id);
    const startMs = line?.startMs ?? nowMs;
    const endMs = Math.max(nowMs, line?.endMs ?? nowMs + sequence.durationSeconds * 1000);
    return { sequence: this.#asPlanned(sequence), startMs, endMs };
  }

  async #quotas(): Promise<Map<string, Quota>> {
    const spent = await sequencesIn(this.database, ['EXECUTING', 'DONE', 'PARTIAL']);
    const programs = await readPrograms(this.database);
    const accounts = new Map<string, Quota>();
    for (const { name, quota } of programs) {
      if (quota === null) continue;
      const mine = spent.filter((sequence) => sequence.program === name);
      const seconds = mine.map((sequence) => chargedSeconds(this.#asPlanned(sequence)));
      accounts.set(name, {
        quotaSeconds: quota,
        chargedSeconds: seconds.reduce((a, b) => a + b, 0),
      });
    }
    return accounts;
  }

  async #publish(
    schedule: Schedule,
    about: { reason: string; night: string; waiting: readonly StoredSequence[] },
  ): Promise<void> {
    const waiting = new Map(about.waiting.map((sequence) => [sequence.id, sequence]));
    const lines = [
      ...schedule.entries.map(plannedLine),
      ...schedule.unplanned.map((one) => unplannedLine(one, waiting.get(one.sequenceId))),
    ];
    await this.transact(async (work) => {
      const scheduleId = await insertSchedule(work, {
        createdMs: this.clock.now(),
        night: about.night,
        reason: about.reason,
        planStartMs: schedule.startMs,
        planEndMs: schedule.endMs,
        lines,
      });
      for (const line of lines) {
        const before = waiting.get(line.sequenceId);
        const to = line.startMs === null ? 'UNPLANNABLE' : 'PLANNED';
        if (!before || (before.status === to && before.reason === line.reason)) continue;
        await setSequenceStatus(work, { id: line.sequenceId, to, reason: line.reason });
      }
      await work.fact('SchedulePublished', {
        scheduleId,
        reason: about.reason,
        planned: schedule.entries.length,
        unplanned: schedule.unplanned.length,
        first: schedule.entries.find((entry) => !entry.isRunning)?.sequenceId ?? null,
      });
    });
  }

  async #publishNoNight(waiting: readonly StoredSequence[], reason: string): Promise<void> {
    await this.transact(async (work) => {
      for (const { id, status } of waiting) {
        if (status === 'PLANNED') await setSequenceStatus(work, { id, to: 'TOBEPLANNED', reason });
      }
    });
  }
}

function plannedLine(entry: Schedule['entries'][number]): ScheduleLine {
  const { sequenceId, startMs, endMs, altDeg } = entry;
  const { overheadSeconds: overhead, slackLeftSeconds, slackRightSeconds } = entry;
  const slack = { slackLeftSeconds, slackRightSeconds };
  return { sequenceId, startMs, endMs, altDeg, overheadSeconds: overhead, reason: '', ...slack };
}

/**
 * "Too little night is left" is true of everything at dawn: a reason found earlier tells more, and
 * stays.
 */
function unplannedLine(
  one: Schedule['unplanned'][number],
  before: StoredSequence | undefined,
): ScheduleLine {
  const found = one.remedy ? `${one.sentence}. ${one.remedy}` : `${one.sentence}.`;
  const earlier = before?.status === 'UNPLANNABLE' ? before.reason : '';
  return {
    sequenceId: one.sequenceId,
    startMs: null,
    endMs: null,
    slackLeftSeconds: -1,
    slackRightSeconds: -1,
    altDeg: -90,
    overheadSeconds: 0,
    reason: one.code === 'NIGHT' && earlier !== '' ? earlier : found,
  };
}
