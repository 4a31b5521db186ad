import { codeOf, sentenceOf } from '#platform';
import type { CommandEvent } from './command.ts';

/** How a command ends, with its result or why there is none. */
export interface Ending {
  readonly events: readonly CommandEvent[];
  readonly result: string;
  readonly errorCode: string;
  readonly errorText: string;
}

/** The database will never take this end, too long a result for example: the command ends all the same. */
export function unwritable({ events }: Ending, error: unknown): Ending {
  const errorText = `It ended (${events.join(', ')}), but the database does not take its result: ${sentenceOf(error)}`;
  return {
    events: ['fail'],
    result: '',
    errorCode: 'RESULT_REFUSED',
    errorText: errorText.slice(0, 1000),
  };
}

/** Its result is how far it came. */
export function killed(progress: string, reason: unknown): Ending | null {
  if (codeOf(reason) === 'AGENT_STOPPED') return null;
  const errorText = sentenceOf(reason);
  return { events: ['kill'], result: progress, errorCode: codeOf(reason), errorText };
}
