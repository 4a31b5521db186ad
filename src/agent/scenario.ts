import type { CommandState } from './command.ts';

/** One command of a scenario, and how it must end. */
export interface ScenarioStep {
  /** The recipient. */
  readonly to: string;
  /** The command in words. */
  readonly command: string;
  readonly state: CommandState;
  /** What its result must be; not said: whatever it is. */
  readonly result?: string;
  /** What its error code must be; not said: whatever it is. */
  readonly errorCode?: string;
  /** Sent only once this earlier step, counted from 1, has said this progress. */
  readonly after?: { readonly step: number; readonly progress: string };
  /** The next step does not wait for its end. */
  readonly leaves?: boolean;
}

/** How a command of a scenario ended. */
export interface StepEnd {
  readonly state: CommandState;
  readonly result: string;
  readonly errorCode: string;
}

/** What is wrong with the end of a step, in one sentence; null when it is as it must be. */
export function faultOf(step: ScenarioStep, end: StepEnd): string | null {
  const what = `"${step.command}" to ${step.to}`;
  if (end.state !== step.state) {
    const why = end.errorCode ? ` (${end.errorCode})` : '';
    return `${what} ended ${end.state}${why}, not ${step.state}`;
  }
  if (step.errorCode !== undefined && step.errorCode !== end.errorCode) {
    return `${what} ended with the code "${end.errorCode}", not "${step.errorCode}"`;
  }
  if (step.result !== undefined && step.result !== end.result) {
    return `${what} gave "${end.result}", not "${step.result}"`;
  }
  return null;
}

/** The line that the guide prints at the end of a self-test (§10.3). */
export function verdictLine(assertions: number, faults: readonly string[]): string {
  const result =
    faults.length === 0
      ? `ok (${assertions} assertions)`
      : `failed (${faults.length} of ${assertions} assertions)`;
  return `-----***** Finished testing => result is ${result} *****-----`;
}
