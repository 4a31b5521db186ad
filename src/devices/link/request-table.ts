import { errorReply, okReply } from './device-reply.ts';
import { preview } from './framing.ts';
import type { Endpoint, Reply } from './link.ts';

/** What a device does for each request: the first two words, e.g. `DO GOTO`, to what follows them. */
export type RequestTable = Readonly<Record<string, (argument: string) => Reply | Promise<Reply>>>;

/** Answers one request line from a table; `ERR UNKNOWN_REQUEST` when it is not in it. */
export async function answer(table: RequestTable, text: string): Promise<Reply> {
  const [, verb, argument = ''] = /^((?:GET|SET|DO) [A-Z]+)(?: (.*))?$/.exec(text) ?? [];
  const handler = verb !== undefined && Object.hasOwn(table, verb) ? table[verb] : undefined;
  if (handler) return handler(argument);
  const known = Object.keys(table).join(', ');
  return errorReply('UNKNOWN_REQUEST', `${preview(text)} is none of ${known}.`);
}

/** `DO NATIVE request`: what a simulator's own language answers, its own language being this one. */
export async function answerNative(device: Endpoint, request: string): Promise<Reply> {
  const { text, fault } = await device.handle(request);
  return { ...okReply({ answer: text }), ...(fault ? { fault } : {}) };
}

/** The decimal numbers of an argument, exactly `count` of them; undefined otherwise. */
export function numbers(argument: string, count: number): number[] | undefined {
  const words = argument.split(' ');
  const valid = words.length === count && words.every((word) => DECIMAL.test(word));
  const values = valid ? words.map(Number) : [];
  return valid && values.every(Number.isFinite) ? values : undefined;
}

const DECIMAL = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
