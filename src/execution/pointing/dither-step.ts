import { DITHER_SECONDS } from '#request';
import type { BetweenExposures } from '../observing-steps.ts';
import type { Observation, ObservingTools } from '../observing-tools.ts';
import type { SkyOffset } from './aim.ts';
import { ditherOffset } from './dither.ts';
import { DitherLeader } from './dither-leader.ts';
import { moveTelescope } from './move-telescope.ts';

const leaders = new WeakMap<Observation, DitherLeader>();

/**
 * Asks for a meeting of the channels when the next image belongs elsewhere about the target. The dome
 * is not turned: its slit is wider than any dither.
 */
export async function proposeDither(between: BetweenExposures): Promise<void> {
  const { tools, observation, rendezvous, run, next } = between;
  const leader = leaders.get(observation) ?? new DitherLeader();
  leaders.set(observation, leader);
  if (!leader.mayAsk(run, next)) return;
  const wanted = ditherOffset(next.ditherArcsec ?? 0, next.number);
  const { dither } = observation.aim;
  if (wanted.raArcsec === dither.raArcsec && wanted.decArcsec === dither.decArcsec) return;
  rendezvous.propose(() => ditherTo(tools, observation, wanted));
}

async function ditherTo(
  tools: ObservingTools,
  observation: Observation,
  wanted: SkyOffset,
): Promise<void> {
  const { aim, sequence, signal } = observation;
  aim.setDither(wanted);
  const seconds = await moveTelescope(tools, aim.orderFor(observation.sent()), signal);
  await tools.transact(async (work) => {
    await work.fact('TelescopeDithered', { sequenceId: sequence.id, ...wanted });
    await work.fact('OverheadMeasured', {
      kind: 'dither',
      seconds,
      plannedSeconds: DITHER_SECONDS,
    });
  });
}
