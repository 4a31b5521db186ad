import type { WardResult } from '../runs/run-record.ts';

/** A process that the supervisor keeps alive. */
export interface Ward {
  /** Alias of the agent, or name of the simulated device. */
  readonly name: string;
  /** The program, relative to `src/main`. */
  readonly program:
    | 'agent-process.ts'
    | 'simulator-process.ts'
    | 'indi-hub-process.ts'
    | 'alert-sender-process.ts';
  /** Restarts allowed in an hour of real time. */
  readonly restartBudget: number;
  /** How long it may take to end once it is asked, real seconds; 6 when not given. */
  readonly endsWithinSeconds?: number;
  /** Words after the run's file and the name. */
  readonly args?: readonly string[];
}

/** What the supervisor tells of a process while the run lasts. */
export type WardEvent =
  | { readonly type: 'ready' | 'ended'; readonly name: string }
  | { readonly type: 'restarted' | 'failed'; readonly name: string; readonly reason: string };

/** Exit code of a process that was given what it cannot use: starting it again would not help. */
export const BAD_INPUT = 2;

/** Why a process ended badly, from how it ended and its own last word. */
export function reasonOf(code: number | null, signal: string | null, lastWord: string): string {
  const how = signal ? `ended by ${signal}` : `ended with code ${code}`;
  return lastWord ? `${how}: ${lastWord.replace(/\.$/, '')}` : how;
}

/** `AgentA … ok` or `AgentA … failed (ended with code 1)`. */
export function resultLine({ name, ok, reason }: WardResult): string {
  const detail = reason ? ` (${reason})` : '';
  return `${name} … ${ok ? 'ok' : 'failed'}${detail}`;
}
