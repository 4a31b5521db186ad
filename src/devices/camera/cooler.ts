import type { FaultView } from '../faults/fault-set.ts';

/** The cooling of a detector: from `fromC` at `startMs` on towards its setpoint, or towards warmth. */
export interface CoolerState {
  /** Celsius; null: the cooler is off. */
  readonly setpointC: number | null;
  readonly fromC: number;
  readonly startMs: number;
}

/** A detector without cooling is as warm as this in the end, Celsius. */
const AMBIENT_C = 15;

/** A detector that has been cooled to its setpoint. */
export function cooledTo(setpointC: number, nowMs: number): CoolerState {
  return { setpointC, fromC: setpointC, startMs: nowMs };
}

/** Its temperature at an instant, Celsius: it changes by so many degrees a minute until it is there. */
export function temperatureAt(
  cooler: CoolerState,
  { degPerMinute, faults, nowMs }: { degPerMinute: number; faults: FaultView; nowMs: number },
): number {
  const { fromC, startMs } = cooler;
  const wayC = aimC(cooler, faults) - fromC;
  const doneC = ((nowMs - startMs) / 60_000) * degPerMinute;
  return fromC + Math.sign(wayC) * Math.min(Math.abs(wayC), doneC);
}

/** Where it will be in the end. A weak cooler stays so many degrees above what is asked. */
function aimC({ setpointC }: CoolerState, faults: FaultView): number {
  if (setpointC === null || faults.has('cooler-off')) return AMBIENT_C;
  return Math.min(AMBIENT_C, setpointC + faults.amount('cooler-weak'));
}
