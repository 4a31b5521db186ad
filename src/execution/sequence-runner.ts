import type { Work } from '#agent';
import type { Pointing } from '#devices';
import { iso, PyrosError, sentenceOf } from '#platform';
import {
  isFinal,
  readAlbums,
  readFailures,
  readSequence,
  type StoredAlbum,
  type StoredSequence,
  setSequenceStatus,
} from '#request';
import { nightId, placeOf } from '#sky';
import { type ChannelParts, ChannelRunner } from './channel-runner.ts';
import { endExposure, triedExposures } from './execution-store.ts';
import { isInterruption } from './frames/interruption.ts';
import { SkyWatch } from './frames/sky-watch.ts';
import { SlitKeeper } from './frames/slit-keeper.ts';
import type { ObservingSteps } from './observing-steps.ts';
import { type Observation, type ObservingTools, tellDeviceFailure } from './observing-tools.ts';
import { Aim } from './pointing/aim.ts';
import { Rendezvous } from './rendezvous.ts';
import { endSequence, type Reached } from './sequence-end.ts';
import {
  type ChannelRun,
  longestRunSeconds,
  outcomeOf,
  remainingRuns,
  type TriedExposure,
} from './sequence-run.ts';
import { slewToTarget } from './slew.ts';
import { whyNotStart } from './start-check.ts';

/** A telescope that arrives before the window opens waits on the target this long at most. */
const LONGEST_WAIT_MS = 600_000;

const CANCELLED: Reached = { outcome: 'CANCELLED', reason: '' };

/** What a run is asked for; beyond `untilMs` (UTC ms) nothing may end, Infinity: all is taken. */
export interface RunOrder {
  readonly sequenceId: number;
  readonly untilMs: number;
  readonly steps: ObservingSteps;
}

/** The observation of one sequence: slew, then all channels in parallel, then its one end. */
export class SequenceRunner {
  readonly #tools: ObservingTools;
  readonly sequenceId: number;
  readonly #untilMs: number;
  readonly #signal: AbortSignal;
  readonly #steps: ObservingSteps;
  #target: Pointing = { raDeg: 0, decDeg: 0 };
  #sent: Pointing = this.#target;
  #rendezvous: Rendezvous | null = null;
  #observation: Observation | null = null;

  constructor(
    tools: ObservingTools,
    { sequenceId, untilMs, steps }: RunOrder,
    signal: AbortSignal,
  ) {
    this.#tools = tools;
    this.#steps = steps;
    this.sequenceId = sequenceId;
    this.#untilMs = untilMs;
    this.#signal = signal;
  }

  /** Observes to the end. Resolves with a sentence; rejects when aborted or impossible. */
  async run(): Promise<string> {
    const { database } = this.#tools;
    const sequence = await this.#load();
    // Withdrawn before it began, or between two lives of the observer.
    if (sequence.status === 'CANCELLED') return await this.#end(sequence, CANCELLED);
    if (isFinal(sequence.status)) return `${sequence.status}: nothing is left to do`;
    const albums = await readAlbums(database, sequence.id);
    const tried = await triedExposures(database, sequence.id);
    const failures = await readFailures(database, sequence.id);
    const runs = remainingRuns(sequence.id, albums, { tried, failures });
    const refusal = await this.#refusal(sequence, runs);
    if (refusal) return await this.#refuse(sequence, refusal);
    const asked = askedImages(albums);
    try {
      const fault = await this.#observe(sequence, runs);
      return await this.#end(sequence, await this.#reached(asked, fault));
    } catch (error) {
      if (this.#tools.isStopping()) throw error;
      // A dome shut by the guardian before the Majordome could say so interrupts as its abort does.
      const interrupted = this.#signal.aborted || isInterruption(error);
      const reason = sentenceOf(error);
      await this.#end(sequence, { outcome: interrupted ? 'INTERRUPTED' : 'FAILED', reason });
      throw error;
    }
  }

  /** What a run that was not stopped came to; `fault`: why a channel gave up. */
  async #reached(asked: number, fault: string | null): Promise<Reached> {
    const taken = await this.#taken();
    if (taken < asked && fault !== null) return { outcome: 'FAILED', reason: fault };
    return { outcome: outcomeOf(taken, asked), reason: this.#missing(taken, asked) };
  }

  /** A better position: at once during the slew, otherwise between two exposures. */
  moveTo(target: Pointing): void {
    this.#target = target;
    const observation = this.#observation;
    if (observation) this.#rendezvous?.call(async () => void (await this.#slew(observation)));
  }

  async #load(): Promise<StoredSequence> {
    const sequence = await readSequence(this.#tools.database, this.sequenceId);
    if (!sequence) {
      throw new PyrosError('SEQUENCE_UNKNOWN', `There is no sequence ${this.sequenceId}.`);
    }
    const { clock, unit } = this.#tools;
    this.#target = placeOf(sequence.skyTarget, unit.site, clock.now());
    return sequence;
  }

  /** What went on when the observer died was allowed to begin; each exposure is still checked. */
  async #refusal(sequence: StoredSequence, runs: readonly ChannelRun[]): Promise<string | null> {
    if (sequence.status === 'EXECUTING') return null;
    return this.#skyRefusal(sequence, runs) ?? (await this.#weatherRefusal(runs));
  }

  #skyRefusal(sequence: StoredSequence, runs: readonly ChannelRun[]): string | null {
    const { clock, unit } = this.#tools;
    const nowMs = clock.now();
    const isEarly = nowMs < sequence.windowStartMs - LONGEST_WAIT_MS;
    const startMs = isEarly ? nowMs : Math.max(nowMs, sequence.windowStartMs);
    const endMs = startMs + 1000 * longestRunSeconds(runs, unit.channels);
    return whyNotStart({ sequence, unit, startMs, endMs: Math.min(endMs, this.#untilMs) });
  }

  /** No slew for a first image that the weather will not let end. */
  async #weatherRefusal(runs: readonly ChannelRun[]): Promise<string | null> {
    const limit = await this.#tools.predictedLimit();
    if (!limit) return null;
    const shortest = Math.min(...runs.map(({ exposures }) => exposures[0]?.seconds ?? 0));
    return limit.seconds >= shortest ? null : `${limit.sentence}.`;
  }

  /** Back to the planner, which hears why and fills the slot with something else. */
  async #refuse(sequence: StoredSequence, reason: string): Promise<string> {
    const { id: sequenceId, name } = sequence;
    await this.#tools.transact(async (work) => {
      await setSequenceStatus(work, { id: sequenceId, to: 'TOBEPLANNED', reason });
      await work.fact('SequenceRefused', { sequenceId, name, reason });
    });
    return `REFUSED: ${reason}`;
  }

  #missing(taken: number, asked: number): string {
    if (taken >= asked) return '';
    const images = `${taken} of ${asked} images`;
    if (!Number.isFinite(this.#untilMs)) return images;
    return `${images}: it had room until ${iso(this.#untilMs).slice(11, 16)} UTC only`;
  }

  /** Gives why a channel gave up, or null. */
  async #observe(sequence: StoredSequence, runs: readonly ChannelRun[]): Promise<string | null> {
    const observation = this.#observationOf(sequence);
    this.#observation = observation;
    const rendezvous = new Rendezvous(runs.length);
    const slit = new SlitKeeper(this.#tools, observation);
    const watch = new SkyWatch(this.#tools, observation, slit);
    const channels = runs.map((run) => {
      const shared = { rendezvous, slit, watch, steps: this.#steps };
      return { run, runner: this.#channel(observation, run.channel, shared) };
    });
    const [reached] = await Promise.all([
      this.#slew(observation),
      ...channels.map(({ run, runner }) => runner.prepare(run)),
    ]);
    await this.#waitForWindow(sequence);
    this.#rendezvous = rendezvous;
    // It moved after the last look of the slew.
    if (this.#target !== reached) this.moveTo(this.#target);
    return await this.#together(channels);
  }

  /** One that gives up leaves the others at work; each sees for itself what stops all of them. */
  async #together(
    channels: readonly { run: ChannelRun; runner: ChannelRunner }[],
  ): Promise<string | null> {
    const ends = await Promise.allSettled(channels.map(({ run, runner }) => runner.observe(run)));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    const faults = ends.flatMap((end) => (end.status === 'fulfilled' && end.value) || []);
    return faults[0] ?? null;
  }

  #observationOf(sequence: StoredSequence): Observation {
    const { clock, unit } = this.#tools;
    return {
      sequence: { ...sequence },
      night: nightId(clock.now(), unit.site.lonDeg),
      target: () => this.#target,
      sent: () => this.#sent,
      aim: new Aim(),
      untilMs: this.#untilMs,
      signal: this.#signal,
    };
  }

  /** The slew may have taken less than planned. */
  async #waitForWindow({ windowStartMs }: StoredSequence): Promise<void> {
    const { clock } = this.#tools;
    const waitMs = windowStartMs - clock.now();
    if (waitMs > 0) await clock.sleep(waitMs / 1000, this.#signal);
  }

  async #slew(observation: Observation): Promise<Pointing> {
    try {
      this.#sent = await slewToTarget(this.#tools, observation);
      await this.#steps.afterSlew?.(this.#tools, observation);
      return this.#sent;
    } catch (error) {
      const mount = this.#tools.unit.mounts[0]?.alias ?? 'mount';
      const isFailure = !this.#signal.aborted && !isInterruption(error);
      if (isFailure) await tellDeviceFailure(this.#tools, mount, error);
      throw error;
    }
  }

  #channel(
    observation: Observation,
    alias: string,
    shared: Omit<ChannelParts, 'channel' | 'camera'>,
  ): ChannelRunner {
    const channel = this.#tools.unit.channels.find((one) => one.alias === alias);
    const camera = this.#tools.cameras.get(alias);
    if (!channel || !camera) {
      throw new PyrosError('CHANNEL_UNKNOWN', `The unit has no channel ${alias}.`);
    }
    return new ChannelRunner(this.#tools, observation, { ...shared, channel, camera });
  }

  async #taken(): Promise<number> {
    const tried = await triedExposures(this.#tools.database, this.sequenceId);
    return tried.filter((one) => one.state === 'TAKEN').length;
  }

  /** What is missing of an interrupted or failed sequence may still be done tonight. */
  async #end(sequence: StoredSequence, reached: Reached): Promise<string> {
    const left = await this.#releaseCameras();
    const images = await this.#taken();
    const { id: sequenceId, name } = sequence;
    const outcome = await this.#tools.transact(async (work) => {
      await this.#closeExposures(work, left, reached.reason);
      const end = await endSequence(work, { sequenceId, name, reached, images });
      return end.outcome;
    });
    return `${outcome}: ${images} images`;
  }

  /** What an earlier life of the observer left exposing and this one did not come to. */
  async #releaseCameras(): Promise<TriedExposure[]> {
    const tried = await triedExposures(this.#tools.database, this.sequenceId);
    const left = tried.filter((one) => one.state === 'EXPOSING');
    for (const { channel } of left) {
      await this.#tools.cameras
        .get(channel)
        ?.abort()
        .catch(() => undefined);
    }
    return left;
  }

  async #closeExposures(work: Work, left: readonly TriedExposure[], why: string): Promise<void> {
    const { sequenceId } = this;
    const reason = why || 'its sequence was withdrawn';
    for (const { exposureId, channel } of left) {
      const state = 'ABORTED';
      if (!(await endExposure(work, { exposureId, state, reason }))) continue;
      await work.fact('ExposureLost', { exposureId, sequenceId, channel, state, reason });
    }
  }
}

function askedImages(albums: readonly StoredAlbum[]): number {
  const plans = albums.flatMap((album) => album.plans);
  return plans.reduce((sum, plan) => sum + plan.images, 0);
}
