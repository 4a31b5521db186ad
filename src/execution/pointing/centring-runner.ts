import { join } from 'node:path';
import { encodeFits } from '#fits';
import { PyrosError, sentenceOf } from '#platform';
import type { SolverSpec } from '#unit';
import { exposureCards } from '../fits-header.ts';
import { storeImageFile } from '../image-file-store.ts';
import { type Observation, type ObservingTools, tell } from '../observing-tools.ts';
import { takeFrame } from '../take-frame.ts';
import { type CentringVerdict, judgeCentring } from './centring.ts';
import { moveTelescope } from './move-telescope.ts';
import type { PlateSolver, SolveAnswer } from './plate-solver.ts';

/**
 * Centres a telescope on its target by what its images show (hazard F58): a short exposure, its place
 * on the sky, a correction, until the target is within the tolerance.
 */
export class CentringRunner {
  readonly #spec: SolverSpec;
  readonly #solver: PlateSolver;

  constructor(spec: SolverSpec, solver: PlateSolver) {
    this.#spec = spec;
    this.#solver = solver;
  }

  /**
   * Gives whether the target was reached. Tells `PointingCorrected` or `PointingFailed`; rejects with
   * `DOME_NOT_OPEN`, with what the mount rejects with, or with the signal's reason.
   */
  async centre(tools: ObservingTools, observation: Observation): Promise<boolean> {
    const { tries, toleranceArcsec } = this.#spec;
    const { sequence, aim, signal } = observation;
    const began = tools.clock.monotonic();
    let firstArcsec: number | null = null;
    let reason = '';
    for (let attempt = 1; attempt <= tries; attempt++) {
      await proveOpen(tools);
      const verdict = await this.#look(tools, observation);
      if (verdict.kind === 'nothing') {
        reason = verdict.reason;
        continue;
      }
      const { offsetArcsec } = verdict;
      firstArcsec ??= offsetArcsec;
      if (verdict.kind === 'centred') {
        await this.#tellSuccess(tools, observation, {
          offsetArcsec: firstArcsec,
          tries: attempt,
          seconds: (tools.clock.monotonic() - began) / 1000,
        });
        return true;
      }
      reason = `still ${offsetArcsec}" away, ${toleranceArcsec}" are allowed`;
      if (attempt === tries) break;
      aim.correct(verdict.offset);
      await moveTelescope(tools, aim.orderFor(observation.sent()), signal);
    }
    await tell(tools, 'PointingFailed', { sequenceId: sequence.id, tries, reason });
    return false;
  }

  async #tellSuccess(
    tools: ObservingTools,
    { sequence }: Observation,
    { offsetArcsec, tries, seconds }: { offsetArcsec: number; tries: number; seconds: number },
  ): Promise<void> {
    const rounded = Math.round(seconds * 100) / 100;
    const plannedSeconds = this.#plannedSeconds(tools);
    await tools.transact(async (work) => {
      await work.fact('PointingCorrected', { sequenceId: sequence.id, offsetArcsec, tries });
      await work.fact('OverheadMeasured', { kind: 'centring', seconds: rounded, plannedSeconds });
    });
  }

  /** One image that shows the telescope where it should be. */
  #plannedSeconds({ unit }: ObservingTools): number {
    const channel = unit.channels.find(({ alias }) => alias === this.#spec.channel);
    return this.#spec.exposureSeconds + (channel?.detector.readoutSeconds ?? 0);
  }

  /** A camera or a solver that fails costs a try. */
  async #look(tools: ObservingTools, observation: Observation): Promise<CentringVerdict> {
    try {
      const answer = await this.#solve(tools, observation);
      const { aim } = observation;
      // The dither of the moment is meant: about the target, not on it.
      const wanted = aim.truePlace(aim.orderFor(observation.sent()));
      return judgeCentring(answer, wanted, this.#spec.toleranceArcsec);
    } catch (error) {
      if (observation.signal.aborted) throw error;
      return { kind: 'nothing', reason: sentenceOf(error) };
    }
  }

  async #solve(tools: ObservingTools, observation: Observation): Promise<SolveAnswer> {
    const { channel: alias, exposureSeconds: seconds } = this.#spec;
    const channel = tools.unit.channels.find((one) => one.alias === alias);
    const camera = tools.cameras.get(alias);
    const [mount] = tools.unit.mounts;
    if (!channel || !camera || !mount) {
      throw new PyrosError('CHANNEL_UNKNOWN', `The unit has no channel ${alias} to centre with.`);
    }
    const { sequence, night, signal } = observation;
    const exposureId = `centre-${sequence.id}-${Math.round(tools.clock.now())}`;
    const frame = await takeFrame(tools, {
      ...{ channel, camera, exposureId, seconds, signal },
      shutter: 'open',
    });
    const guess = observation.target();
    const cards = exposureCards({
      ...{ frame, mount, channel, version: tools.version, program: sequence.program },
      imageType: 'object',
      site: tools.unit.site,
      unit: tools.unit.unit.alias,
      pointing: null,
      target: { name: sequence.target.name, ...guess },
      observer: null,
      requestId: sequence.requestId,
      sequenceId: sequence.id,
      albumId: null,
      planId: null,
      weather: null,
      writtenMs: tools.clock.now(),
    });
    const path = join('nights', night, 'centring', `${night}_${exposureId}_${alias}.fits`);
    const { width, height, pixels } = frame;
    storeImageFile(tools.dataFolder, path, encodeFits({ width, height, pixels }, cards));
    const { pixelArcsec: scaleArcsec } = channel.detector;
    const file = join(tools.dataFolder, path);
    return await this.#solver.solve({ file, guess, scaleArcsec, signal });
  }
}

/** A closed dome is no failure of the pointing. */
async function proveOpen({ dome }: ObservingTools): Promise<void> {
  const { shutter } = await dome.status();
  if (shutter === 'open') return;
  throw new PyrosError('DOME_NOT_OPEN', `The dome is ${shutter}: nothing can be centred.`);
}
