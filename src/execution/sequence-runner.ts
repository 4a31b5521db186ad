import type { Pointing } from '#devices';
import { codeOf, PyrosError, sentenceOf } from '#platform';
import { readAlbums, readSequence, type StoredSequence, setSequenceStatus } from '#request';
import { nightId } from '#sky';
import { ChannelRunner } from './channel-runner.ts';
import { triedExposures } from './execution-store.ts';
import { type Observation, type ObservingTools, tell } from './observing-tools.ts';
import { Rendezvous } from './rendezvous.ts';
import { type ChannelRun, outcomeOf, remainingRuns, type SequenceOutcome } from './sequence-run.ts';
import { slewToTarget } from './slew.ts';

/** The observation of one sequence: slew, then all channels in parallel, then its one end. */
export class SequenceRunner {
  readonly #tools: ObservingTools;
  readonly sequenceId: number;
  readonly #signal: AbortSignal;
  #target: Pointing = { raDeg: 0, decDeg: 0 };
  #rendezvous: Rendezvous | null = null;
  #observation: Observation | null = null;

  constructor(tools: ObservingTools, sequenceId: number, signal: AbortSignal) {
    this.#tools = tools;
    this.sequenceId = sequenceId;
    this.#signal = signal;
  }

  /** Observes to the end. Resolves with a sentence; rejects when aborted or impossible. */
  async run(): Promise<string> {
    const sequence = await this.#load();
    const albums = await readAlbums(this.#tools.database, sequence.id);
    const asked = albums
      .flatMap((album) => album.plans)
      .reduce((sum, plan) => sum + plan.images, 0);
    try {
      const tried = await triedExposures(this.#tools.database, sequence.id);
      const runs = remainingRuns(sequence.id, albums, tried);
      await this.#observe(sequence, runs);
      const taken = await this.#taken();
      const outcome = outcomeOf(taken, asked);
      const reason = outcome === 'DONE' ? '' : `${taken} of ${asked} images`;
      return await this.#end(sequence, outcome, reason);
    } catch (error) {
      if (this.#tools.isStopping()) throw error;
      const outcome = this.#signal.aborted ? 'INTERRUPTED' : 'FAILED';
      await this.#end(sequence, outcome, sentenceOf(error));
      throw error;
    }
  }

  /** A better position: at once during the slew, otherwise between two exposures. */
  moveTo(target: Pointing): void {
    this.#target = target;
    const observation = this.#observation;
    if (observation) this.#rendezvous?.call(() => slewToTarget(this.#tools, observation));
  }

  async #load(): Promise<StoredSequence> {
    const sequence = await readSequence(this.#tools.database, this.sequenceId);
    if (!sequence) {
      throw new PyrosError('SEQUENCE_UNKNOWN', `There is no sequence ${this.sequenceId}.`);
    }
    this.#target = { raDeg: sequence.target.raDeg, decDeg: sequence.target.decDeg };
    return sequence;
  }

  async #observe(sequence: StoredSequence, runs: readonly ChannelRun[]): Promise<void> {
    const { clock, unit } = this.#tools;
    const observation: Observation = {
      sequence: { ...sequence },
      night: nightId(clock.now(), unit.site.lonDeg),
      target: () => this.#target,
      signal: this.#signal,
    };
    this.#observation = observation;
    await slewToTarget(this.#tools, observation);
    this.#rendezvous = new Rendezvous(runs.length);
    const rendezvous = this.#rendezvous;
    const ends = await Promise.allSettled(
      runs.map((run) => this.#channel(observation, rendezvous, run.channel).observe(run)),
    );
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
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
  async #end(sequence: StoredSequence, outcome: SequenceOutcome, reason: string): Promise<string> {
    const images = await this.#taken();
    const to = outcome === 'INTERRUPTED' ? 'TOBEPLANNED' : outcome;
    await this.#tools.transact(async (work) => {
      const before = await readSequence(work, sequence.id);
      // A sequence that could not even begin is still PLANNED.
      if (before?.status === 'PLANNED' && to !== 'TOBEPLANNED') {
        await setSequenceStatus(work, { id: sequence.id, to: 'EXECUTING', reason: '' });
      }
      await setSequenceStatus(work, { id: sequence.id, to, reason });
      const { id: sequenceId, name } = sequence;
      await work.fact('SequenceEnded', { sequenceId, name, outcome, reason, images });
    });
    return `${outcome}: ${images} images`;
  }
}

/** Tells that a device of the observer does not do its work. */
export async function tellDeviceFailure(
  tools: ObservingTools,
  device: string,
  error: unknown,
): Promise<void> {
  await tell(tools, 'DeviceFailed', { device, code: codeOf(error), reason: sentenceOf(error) });
}
