import type { Pointing, Telescope } from '#devices';
import { PyrosError } from '#platform';
import { setSequenceStatus } from '#request';
import { altAz } from '#sky';
import { type Observation, type ObservingTools, tell } from './observing-tools.ts';
import { waitUntil } from './wait-until.ts';

/** A slew over half the sky of a slow mount, seconds. */
const LONGEST_SLEW_SECONDS = 300;

/**
 * Sends the telescope to the target and waits until it tracks there. When the target moves meanwhile
 * (`target()` gives another place), it is re-pointed in flight. Gives where it looks at the end.
 */
export async function slewToTarget(
  tools: ObservingTools,
  observation: Observation,
): Promise<Pointing> {
  const began = tools.clock.monotonic();
  let pointing = observation.target();
  await announceSlew(tools, observation, pointing);
  await tools.telescope.goto(pointing);
  await turnDome(tools, pointing);
  await waitUntil({
    clock: tools.clock,
    timeoutSeconds: LONGEST_SLEW_SECONDS,
    what: 'The slew',
    signal: observation.signal,
    look: async () => {
      const wanted = observation.target();
      if (wanted !== pointing) {
        pointing = wanted;
        await announceSlew(tools, observation, pointing);
        await tools.telescope.goto(pointing);
        await turnDome(tools, pointing);
      }
      return await lookAtSlew(tools.telescope);
    },
  });
  const seconds = (tools.clock.monotonic() - began) / 1000;
  await tell(tools, 'SlewEnded', { sequenceId: observation.sequence.id, seconds: round(seconds) });
  return pointing;
}

async function lookAtSlew(telescope: Telescope) {
  const status = await telescope.status();
  if (status.motion === 'tracking') return { done: true, value: undefined } as const;
  if (status.motion === 'slewing') {
    return { done: false, remainingSeconds: status.remainingSeconds } as const;
  }
  throw new PyrosError('SLEW_FAILED', `The mount is ${status.motion} instead of slewing.`);
}

/** The intent is durable before the mount hears of it, and begins the sequence when it is its first. */
async function announceSlew(
  tools: ObservingTools,
  { sequence }: Observation,
  pointing: Pointing,
): Promise<void> {
  const { altDeg } = altAz(pointing, tools.unit.site, tools.clock.now());
  const { raDeg, decDeg } = pointing;
  await tools.transact(async (work) => {
    if (sequence.status !== 'EXECUTING') {
      await setSequenceStatus(work, { id: sequence.id, to: 'EXECUTING', reason: '' });
      await work.fact('SequenceStarted', {
        sequenceId: sequence.id,
        name: sequence.name,
        program: sequence.program,
        target: sequence.target.name,
        isAlert: sequence.isAlert,
      });
    }
    const payload = { sequenceId: sequence.id, raDeg, decDeg, altDeg: round(altDeg) };
    await work.fact('SlewStarted', payload);
  });
  Object.assign(sequence, { status: 'EXECUTING' });
}

/** The slit follows; a dome that does not turn must not cost the burst. */
async function turnDome(tools: ObservingTools, pointing: Pointing): Promise<void> {
  const { azDeg } = altAz(pointing, tools.unit.site, tools.clock.now());
  await tools.dome.turn(azDeg).catch(() => undefined);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
