import type { Camera, CameraStatus } from '#devices';
import { PyrosError } from '#platform';
import { isFinal, readSequence } from '#request';
import type { Channel } from '#unit';
import { insertExposure, triedExposures } from './execution-store.ts';
import { ChannelSetup } from './frames/channel-setup.ts';
import { ExposureKeeper } from './frames/exposure-keeper.ts';
import { FOCUS_TOLERANCE_STEPS, obstacleToFrame } from './frames/frame-check.ts';
import { endsSequence } from './frames/interruption.ts';
import { orAborted } from './frames/promptly.ts';
import { type SkyWatch, WATCH_SECONDS } from './frames/sky-watch.ts';
import type { SlitKeeper } from './frames/slit-keeper.ts';
import type { ImageFlag, ObservingSteps } from './observing-steps.ts';
import {
  type Observation,
  type ObservingTools,
  tell,
  tellDeviceFailure,
} from './observing-tools.ts';
import type { Rendezvous } from './rendezvous.ts';
import {
  type ChannelRun,
  nextTry,
  type PlannedExposure,
  TRIES_PER_EXPOSURE,
} from './sequence-run.ts';
import { waitUntil } from './wait-until.ts';

/** What a camera may need beyond exposure and read-out, seconds. */
const CAMERA_MARGIN_SECONDS = 20;
/** What goes wrong once may be a passing trouble: the next try waits, seconds. */
const RETRY_SECONDS = 5;

/** What the channels of one observation share. */
export interface ChannelParts {
  readonly rendezvous: Rendezvous;
  readonly watch: SkyWatch;
  readonly slit: SlitKeeper;
  readonly steps: ObservingSteps;
  readonly channel: Channel;
  readonly camera: Camera;
}

/** One channel's part of a sequence: its exposures one after the other, each with one end. */
export class ChannelRunner {
  readonly #tools: ObservingTools;
  readonly #observation: Observation;
  readonly #parts: ChannelParts;
  readonly #setup: ChannelSetup;
  readonly #ends: ExposureKeeper;
  #isReadoutTold = false;

  constructor(tools: ObservingTools, observation: Observation, parts: ChannelParts) {
    this.#tools = tools;
    this.#observation = observation;
    this.#parts = parts;
    this.#setup = new ChannelSetup(tools, observation, parts);
    this.#ends = new ExposureKeeper(tools, observation, parts);
  }

  /**
   * Takes what the run owes; gives why the channel had to give up, or null. A camera that fails ends its
   * own channel only; whatever would stop all of them rejects.
   */
  async observe(run: ChannelRun): Promise<string | null> {
    const { rendezvous } = this.#parts;
    let last: PlannedExposure | null = null;
    try {
      for (const exposure of run.exposures) {
        await this.#between(run, last, exposure);
        await rendezvous.arrive();
        if (this.#endsTooLate(exposure)) return null;
        const fault = await this.#takeWithTries(exposure);
        if (fault !== null) return fault;
        last = exposure;
      }
      return null;
    } finally {
      await rendezvous.leave();
    }
  }

  /** Lets the wheel turn towards the first filter, while the telescope slews. */
  async prepare(run: ChannelRun): Promise<void> {
    const [first] = run.exposures;
    if (first) await this.#setup.begin(first.filter);
  }

  async #between(run: ChannelRun, last: PlannedExposure | null, next: PlannedExposure) {
    const { rendezvous, channel, steps } = this.#parts;
    const about = { tools: this.#tools, observation: this.#observation, rendezvous, channel };
    await steps.betweenExposures?.({ ...about, run, last, next });
  }

  #endsTooLate({ seconds }: PlannedExposure): boolean {
    const lastsMs = (seconds + this.#parts.channel.detector.readoutSeconds) * 1000;
    return this.#tools.clock.now() + lastsMs > this.#observation.untilMs;
  }

  /** Null once it is taken; why not when the channel must give up, which is then told. */
  async #takeWithTries(first: PlannedExposure): Promise<string | null> {
    const { clock } = this.#tools;
    const { signal, sequence } = this.#observation;
    let exposure = first;
    for (let tries = 1; ; tries++) {
      try {
        await this.#take(exposure);
        return null;
      } catch (error) {
        if (signal.aborted || endsSequence(error)) throw error;
        if (tries === TRIES_PER_EXPOSURE) {
          const { alias } = this.#parts.channel;
          await tellDeviceFailure(this.#tools, alias, error);
          return error instanceof Error ? error.message : String(error);
        }
        await clock.sleep(clock.period(RETRY_SECONDS), signal);
        exposure = nextTry(sequence.id, exposure);
      }
    }
  }

  async #take(exposure: PlannedExposure): Promise<void> {
    this.#observation.signal.throwIfAborted();
    const flags = new Set<ImageFlag>();
    try {
      const underWay = await this.#isUnderWay(exposure);
      if (!underWay) await this.#start(exposure, flags);
      await this.#expose(exposure, flags);
      const frame = await this.#ends.fetch(exposure);
      for (const flag of await this.#flagsNow(exposure)) flags.add(flag);
      await this.#ends.take(exposure, frame, [...flags]);
    } catch (error) {
      await this.#ends.lose(exposure, error, [...flags]);
      throw error;
    }
  }

  /** After a death of the observer: the camera is asked, never told again blindly. */
  async #isUnderWay(exposure: PlannedExposure): Promise<boolean> {
    const tried = await triedExposures(this.#tools.database, this.#observation.sequence.id);
    const known = tried.find((one) => one.exposureId === exposure.exposureId);
    if (known?.state !== 'EXPOSING') return false;
    const status = await this.#parts.camera.status();
    if (status.exposureId === exposure.exposureId) return true;
    throw new PyrosError('EXPOSURE_LOST', 'The camera no longer holds the exposure.');
  }

  async #start(exposure: PlannedExposure, flags: Set<ImageFlag>): Promise<void> {
    const { clock } = this.#tools;
    await this.#assertWanted();
    await this.#setup.bring(exposure.filter);
    if (!(await this.#parts.slit.bring(exposure.seconds))) flags.add('vignetted');
    await this.#parts.watch.assertClear(flags.has('vignetted'));
    await this.#assertFrame(exposure);
    this.#observation.signal.throwIfAborted();
    const { exposureId, channel, filter, seconds } = exposure;
    const sequenceId = this.#observation.sequence.id;
    const row = { ...exposure, sequenceId, night: this.#observation.night, atMs: clock.now() };
    await this.#tools.transact(async (work) => {
      await insertExposure(work, row);
      await work.fact('ExposureStarted', { exposureId, sequenceId, channel, filter, seconds });
    });
    await this.#parts.camera.expose({ exposureId, seconds, shutter: 'open' });
  }

  /** Deleted or withdrawn while it runs: nothing more is begun (hazard F44). */
  async #assertWanted(): Promise<void> {
    const { id } = this.#observation.sequence;
    const sequence = await readSequence(this.#tools.database, id);
    if (sequence && !isFinal(sequence.status)) return;
    const what = sequence ? `is ${sequence.status}` : 'was deleted';
    throw new PyrosError('SEQUENCE_GONE', `The sequence ${what} while it was observed.`);
  }

  async #assertFrame({ filter, seconds }: PlannedExposure): Promise<void> {
    const { clock, unit, predictedLimit } = this.#tools;
    const { sequence } = this.#observation;
    const nowMs = clock.now();
    const focus = (await this.#setup.focuser?.status()) ?? null;
    const look = {
      camera: await this.#parts.camera.status(),
      filter,
      focus: focus && { status: focus, steps: this.#setup.focusOf(filter) },
      weather: await predictedLimit(),
      target: this.#observation.sent(),
      nowMs,
      endMs: nowMs + seconds * 1000,
    };
    const obstacle = obstacleToFrame(look, { unit, limits: sequence.limits ?? {} });
    if (obstacle) throw new PyrosError(obstacle.code, obstacle.sentence);
  }

  /** Under watch while the shutter is open; a read-out needs no sky. */
  async #expose(exposure: PlannedExposure, flags: ReadonlySet<ImageFlag>): Promise<void> {
    const { watch, channel } = this.#parts;
    await watch.during(flags.has('vignetted'), (signal) =>
      this.#waitFor(exposure, { signal, shutSeconds: exposure.seconds, until: 'shut' }),
    );
    const { signal } = this.#observation;
    const shutSeconds = channel.detector.readoutSeconds;
    const began = this.#tools.clock.monotonic();
    await this.#waitFor(exposure, { signal, shutSeconds, until: 'ready' });
    await this.#tellReadout((this.#tools.clock.monotonic() - began) / 1000);
  }

  /** Once in a sequence: it is the same for each image. */
  async #tellReadout(seconds: number): Promise<void> {
    if (this.#isReadoutTold) return;
    this.#isReadoutTold = true;
    const plannedSeconds = this.#parts.channel.detector.readoutSeconds;
    await tell(this.#tools, 'OverheadMeasured', { kind: 'readout', seconds, plannedSeconds });
  }

  async #waitFor(
    exposure: PlannedExposure,
    wait: { signal: AbortSignal; shutSeconds: number; until: 'shut' | 'ready' },
  ): Promise<void> {
    const { clock } = this.#tools;
    const { channel, camera } = this.#parts;
    const { signal, until } = wait;
    const endMs = clock.monotonic() + wait.shutSeconds * 1000;
    await waitUntil({
      clock,
      timeoutSeconds: wait.shutSeconds + CAMERA_MARGIN_SECONDS,
      what: `${until === 'shut' ? 'The exposure' : 'The read-out'} of ${channel.alias}`,
      signal,
      everySeconds: WATCH_SECONDS,
      look: async () => {
        const status = await orAborted(signal, camera.status());
        const { activity } = status;
        if (activity === 'ready' || (until === 'shut' && activity === 'reading')) {
          return { done: true, value: undefined };
        }
        assertUnderWay(status, exposure);
        const left = (endMs - clock.monotonic()) / 1000;
        return {
          done: false,
          remainingSeconds: activity === 'exposing' ? status.remainingSeconds : left,
        };
      },
    });
  }

  async #flagsNow({ filter }: PlannedExposure): Promise<readonly ImageFlag[]> {
    const { channel, camera, steps } = this.#parts;
    const about = { tools: this.#tools, observation: this.#observation, channel, camera };
    const flags = (await steps.flagsOf?.(about)) ?? [];
    const focus = await this.#setup.focuser?.status().catch(() => null);
    if (focus === undefined) return flags;
    const away = focus
      ? Math.abs(focus.steps - this.#setup.focusOf(filter))
      : Number.POSITIVE_INFINITY;
    return away > FOCUS_TOLERANCE_STEPS ? [...flags, 'unfocused'] : flags;
  }
}

function assertUnderWay(status: CameraStatus, { filter }: PlannedExposure): void {
  const { activity, wheelMoving } = status;
  if (activity !== 'exposing' && activity !== 'reading') {
    throw new PyrosError('EXPOSURE_LOST', `The camera is ${activity} without an image.`);
  }
  if (activity === 'exposing' && (wheelMoving || status.filter !== filter)) {
    throw new PyrosError('FILTER_MOVED', 'The filter wheel moved during the exposure.');
  }
}
