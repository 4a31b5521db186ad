import { z } from 'zod';
import type { Outcome } from '#agent';
import type { ActionRefusal } from './observatory-page.ts';

const by = z.string().trim().min(1, 'your name is missing').max(60);
const reason = z.string().trim().min(3, 'a reason has three letters at least').max(300);
const version = z.int().min(0);

/** What each action must say: who, why, and which state he saw. CLOSE also works without the last. */
export const ACTION_BODIES = {
  lock: z.strictObject({ by, reason, version: version.optional() }),
  unlock: z.strictObject({ by, reason, version }),
  remote: z.strictObject({ by, version }),
  scheduler: z.strictObject({ by, version }),
  bypass: z.strictObject({ by, reason, minutes: z.number().positive().max(720), version }),
  'stop-bypass': z.strictObject({ by, version }),
} as const;

/** The faults of a body in one sentence. */
export function faultsOf(error: z.ZodError): string {
  const faults = error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  return `${faults.join('; ')}.`;
}

/** What a person is told of the end of his command. */
export type ActionEnd =
  | { readonly status: 200; readonly body: { readonly sentence: string } }
  | { readonly status: 409 | 422 | 503; readonly body: ActionRefusal };

/** Done, refused with the Majordome's reason, or never arrived: three different things. */
export function endOf({ state, result, errorCode, errorText }: Outcome): ActionEnd {
  if (state === 'EXECUTED') return { status: 200, body: { sentence: result || 'Done.' } };
  const body = { code: errorCode || state, error: errorText || `The command is ${state}.` };
  if (errorCode === 'STATE_CHANGED') return { status: 409, body };
  const isSilent = state === 'EXPIRED' || state === 'TIMEDOUT' || state === 'KILLED';
  return { status: isSilent || errorCode === 'RECIPIENT_SILENT' ? 503 : 422, body };
}
