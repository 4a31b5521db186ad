import { type Clock, PyrosError } from '#platform';
import type { Unit } from '#unit';
import { CalibrationRunner } from './calibrations/calibration-runner.ts';
import { isWarm } from './cooling.ts';
import { CoolingKeeper } from './cooling-keeper.ts';
import type { BetweenExposures, ImageFlag, ObservingSteps } from './observing-steps.ts';
import type { Observation } from './observing-tools.ts';
import { CentringRunner } from './pointing/centring-runner.ts';
import { proposeDither } from './pointing/dither-step.ts';
import type { PlateSolver } from './pointing/plate-solver.ts';
import { ProgramSolver } from './pointing/solver-driver.ts';

/**
 * What an observer does at night beside slewing and exposing: cooling, centring where the unit has a
 * solver, dithers, calibrations. `solver` takes the place of the program of the unit file.
 */
export function nightSteps(
  unit: Unit,
  { clock, solver }: { readonly clock: Clock; readonly solver?: PlateSolver },
): ObservingSteps {
  const cooling = new CoolingKeeper();
  const notCentred = new WeakSet<Observation>();
  const spec = unit.solver;
  const centring = spec && new CentringRunner(spec, solver ?? new ProgramSolver(spec, clock));
  return {
    ...(centring && {
      afterSlew: async (tools, observation) => {
        if (await centring.centre(tools, observation)) return;
        // A burst does not wait for a solver: its images say that they are not centred.
        if (!observation.sequence.isAlert) throw notPointed(observation);
        notCentred.add(observation);
      },
    }),
    betweenExposures: async (between) => {
      await awaitCold(cooling, between);
      await proposeDither(between);
    },
    flagsOf: async ({ observation, channel, camera }) => {
      const flags: ImageFlag[] = notCentred.has(observation) ? ['not-centred'] : [];
      return isWarm(channel, await camera.status()) ? [...flags, 'warm'] : flags;
    },
    routine: (tools) => cooling.keep(tools),
    calibrate: (tools, moment, signal) => new CalibrationRunner(tools, moment, signal).run(),
  };
}

/** The first exposure of a channel waits for a detector that cools; a burst waits for nothing. */
async function awaitCold(cooling: CoolingKeeper, between: BetweenExposures): Promise<void> {
  const { tools, observation, channel, last } = between;
  const camera = tools.cameras.get(channel.alias);
  if (last !== null || observation.sequence.isAlert || !camera) return;
  await cooling.waitUntilCold(tools, { channel, camera }, observation.signal);
}

function notPointed({ sequence }: Observation): PyrosError {
  return new PyrosError('POINTING_FAILED', `${sequence.name} could not be centred on its target.`, {
    remedy: 'Look at the images in the folder centring of the night, and at the solver.',
  });
}
