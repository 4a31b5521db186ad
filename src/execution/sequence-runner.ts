import type { Work } from '#agent';
import type { Pointing } from '#devices';
import { codeOf, iso, PyrosError, sentenceOf } from '#platform';
import {
  isFinal,
  readAlbums,
  readSequence,
  type StoredAlbum,
  type StoredSequence,
  setSequenceStatus,
} from '#request';
import { nightId, placeOf } from '#sky';
import { ChannelRunner } from './channel-runner.ts';
import { endExposure, triedExposures } from './execution-store.ts';
import { type Observation, type ObservingTools, tellDeviceFailure } from './observing-tools.ts';
import { Rendezvous } from './rendezvous.ts';
import {
  type ChannelRun,
  longestRunSeconds,
  outcomeOf,
  remainingRuns,
  type SequenceOutcome,
  type TriedExposure,
} from './sequence-run.ts';
import { slewToTarget } from './slew.ts';
import { whyNotStart } from './start-check.ts';

/** A telescope that arrives before the window opens waits on the target this long at most. */
const LONGEST_WAIT_MS = 600_000;

/** The observation of one sequence: slew, then all channels in parallel, then its one end. */
export class SequenceRunner {
  readonly #tools: ObservingTools;
  readonly sequenceId: number;
  readonly #untilMs: number;
  readonly #signal: AbortSignal;
  #target: Pointing = { raDeg: 0, decDeg: 0 };
  #rendezvous: Rendezvous | null = null;
  #observation: Observation | null = null;

  /** `untilMs`: what would end later is not begun, UTC ms; Infinity: all is taken. */
  constructor(
    tools: ObservingTools,
    { sequenceId, untilMs }: { sequenceId: number; untilMs: number },
    signal: AbortSignal,
  ) {
    this.#tools = tools;
    this.sequenceId = sequenceId;
    this.#untilMs = untilMs;
    this.#signal = signal;
  }

  /** Observes to the end. Resolves with a sentence; rejects when aborted or impossible. */
  async run(): Promise<string> {
    const sequence = await this.#load();
    // Withdrawn before it began, or between two lives of the observer.
    if (sequence.status === 'CANCELLED') return await this.#end(sequence, 'CANCELLED', '');
    if (isFinal(sequence.status)) return `${sequence.status}: nothing is left to do`;
    const albums = await readAlbums(this.#tools.database, sequence.id);
    const asked = askedImages(albums);
    const tried = await triedExposures(this.#tools.database, sequence.id);
    const runs = remainingRuns(sequence.id, albums, tried);
    const refusal = this.#refusal(sequence, runs);
    if (refusal) return await this.#refuse(sequence, refusal);
    try {
      await this.#observe(sequence, runs);
      const taken = await this.#taken();
      const outcome = outcomeOf(taken, asked);
      return await this.#end(sequence, outcome, this.#missing(taken, asked));
    } catch (error) {
      if (this.#tools.isStopping()) throw error;
      // A dome shut by the guardian before the Majordome could say so interrupts as its abort does.
      const interrupted = this.#signal.aborted || codeOf(error) === 'DOME_NOT_OPEN';
      const reached = interrupted ? 'INTERRUPTED' : outcomeOf(await this.#taken(), asked);
      await this.#end(sequence, reached, sentenceOf(error));
      throw error;
    }
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
  #refusal(sequence: StoredSequence, runs: readonly ChannelRun[]): string | null {
    if (sequence.status === 'EXECUTING') return null;
    const { clock, unit } = this.#tools;
    const nowMs = clock.now();
    const isEarly = nowMs < sequence.windowStartMs - LONGEST_WAIT_MS;
    const startMs = isEarly ? nowMs : Math.max(nowMs, sequence.windowStartMs);
    const endMs = startMs + 1000 * longestRunSeconds(runs, unit.channels);
    return whyNotStart({ sequence, unit, startMs, endMs: Math.min(endMs, this.#untilMs) });
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

  async #observe(sequence: StoredSequence, runs: readonly ChannelRun[]): Promise<void> {
    const { clock, unit } = this.#tools;
    const observation: Observation = {
      sequence: { ...sequence },
      night: nightId(clock.now(), unit.site.lonDeg),
      target: () => this.#target,
      untilMs: this.#untilMs,
      signal: this.#signal,
    };
    this.#observation = observation;
    const rendezvous = new Rendezvous(runs.length);
    const channels = runs.map((run) => {
      return { run, runner: this.#channel(observation, rendezvous, run.channel) };
    });
    const [reached] = await Promise.all([
      this.#slew(observation),
      ...channels.map(({ run, runner }) => runner.prepare(run)),
    ]);
    await this.#waitForWindow(sequence);
    this.#rendezvous = rendezvous;
    // It moved after the last look of the slew.
    if (this.#target !== reached) this.moveTo(this.#target);
    const ends = await Promise.allSettled(channels.map(({ run, runner }) => runner.observe(run)));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  /** The slew may have taken less than planned. */
  async #waitForWindow({ windowStartMs }: StoredSequence): Promise<void> {
    const { clock } = this.#tools;
    const waitMs = windowStartMs - clock.now();
    if (waitMs > 0) await clock.sleep(waitMs / 1000, this.#signal);
  }

  async #slew(observation: Observation): Promise<Pointing> {
    try {
      return await slewToTarget(this.#tools, observation);
    } catch (error) {
      const mount = this.#tools.unit.mounts[0]?.alias ?? 'mount';
      if (!this.#signal.aborted) await tellDeviceFailure(this.#tools, mount, error);
      throw error;
    }
  }

  #channel(observation: Observation, rendezvous: Rendezvous, alias: string): ChannelRunner {
    const channel = this.#tools.unit.channels.find((one) => one.alias === alias);
    const camera = this.#tools.cameras.get(alias);
    if (!channel || !camera) {
      throw new PyrosError('CHANNEL_UNKNOWN', `The unit has no channel ${alias}.`);
    }
    return new ChannelRunner(this.#tools, observation, { rendezvous, channel, camera });
  }

  async #taken(): Promise<number> {
    const tried = await triedExposures(this.#tools.database, this.sequenceId);
    return tried.filter((one) => one.state === 'TAKEN').length;
  }

  /** An interrupted sequence goes back to the planner: what is missing may still be done tonight. */
  async #end(sequence: StoredSequence, reached: SequenceOutcome, why: string): Promise<string> {
    const left = await this.#releaseCameras();
    const images = await this.#taken();
    const { id: sequenceId, name } = sequence;
    const outcome = await this.#tools.transact(async (work) => {
      await this.#closeExposures(work, left, why);
      const before = await readSequence(work, sequenceId);
      // Withdrawn while it ran: that stays, with its own reason.
      const cancelled = before?.status === 'CANCELLED';
      const end = cancelled
        ? { outcome: 'CANCELLED' as const, reason: before.reason }
        : { outcome: reached, reason: why };
      if (!cancelled) await this.#setStatus(work, before, end);
      await work.fact('SequenceEnded', { sequenceId, name, ...end, images });
      return end.outcome;
    });
    return `${outcome}: ${images} images`;
  }

  async #setStatus(
    work: Work,
    before: StoredSequence | null,
    { outcome, reason }: { outcome: SequenceOutcome; reason: string },
  ): Promise<void> {
    const to = outcome === 'INTERRUPTED' ? 'TOBEPLANNED' : outcome;
    const { sequenceId: id } = this;
    // A sequence that could not even begin is still PLANNED.
    if (before?.status === 'PLANNED' && to !== 'TOBEPLANNED') {
      await setSequenceStatus(work, { id, to: 'EXECUTING', reason: '' });
    }
    await setSequenceStatus(work, { id, to, reason });
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
