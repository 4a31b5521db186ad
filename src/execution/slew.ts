import type { Pointing, Telescope } from '#devices';
import { reckonedSlewSeconds } from '#planning';
import { PyrosError } from '#platform';
import { setSequenceStatus } from '#request';
import { altAz, separationDeg } from '#sky';
import { type Observation, type ObservingTools, tell } from './observing-tools.ts';
import { mountLimits, whyNotThere } from './start-check.ts';
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
  await findItself(tools, observation.signal);
  const began = tools.clock.monotonic();
  let pointing = observation.target();
  const first = pointing;
  assertAllowed(tools, observation);
  const plannedSeconds = await reckonedSeconds(tools, pointing);
  await announceSlew(tools, observation, pointing);
  await tools.telescope.goto(observation.aim.orderFor(pointing));
  await turnDome(tools, pointing);
  await waitUntil({
    clock: tools.clock,
    timeoutSeconds: LONGEST_SLEW_SECONDS,
    what: 'The slew',
    signal: observation.signal,
    look: async () => {
      const wanted = observation.target();
      if (wanted !== pointing) {
        assertAllowed(tools, observation);
        pointing = wanted;
        await announceSlew(tools, observation, pointing);
        await tools.telescope.goto(observation.aim.orderFor(pointing));
        await turnDome(tools, pointing);
      }
      return await lookAtSlew(tools.telescope);
    },
  });
  const seconds = (tools.clock.monotonic() - began) / 1000;
  await tell(tools, 'SlewEnded', {
    sequenceId: observation.sequence.id,
    seconds: round(seconds),
    // What was re-pointed on its way tells nothing of the mount.
    ...(pointing === first && { plannedSeconds }),
  });
  return pointing;
}

/** What the planner reckons for the slew from where the telescope is. */
async function reckonedSeconds({ telescope, unit }: ObservingTools, target: Pointing) {
  const distanceDeg = separationDeg(await telescope.status(), target);
  return round(reckonedSlewSeconds(unit, distanceDeg));
}

/** A mount that has lost its position is sent nowhere before it has found it again (hazard F18). */
async function findItself({ telescope, clock }: ObservingTools, signal: AbortSignal) {
  if ((await telescope.status()).homed) return;
  await telescope.home();
  await waitUntil({
    clock,
    signal,
    timeoutSeconds: LONGEST_SLEW_SECONDS,
    what: 'Looking for the reference marks of the mount',
    look: async () => {
      const { motion, homed } = await telescope.status();
      if (motion === 'homing') return { done: false };
      if (homed) return { done: true, value: undefined };
      throw new PyrosError('MOUNT_NOT_HOMED', `The mount is ${motion} and knows no position.`);
    },
  });
}

/** Neither the Sun nor what lies beyond a limit of the mount is ever slewed to, whoever asks. */
function assertAllowed({ unit, clock }: ObservingTools, { target }: Observation): void {
  const why = whyNotThere(target(), mountLimits(unit), clock.now());
  if (why) throw new PyrosError('TARGET_LIMIT', `The telescope is not sent there: ${why}`);
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
