import { randomUUID } from 'node:crypto';

/** A name that nobody else will ever give: 36 characters. */
export function uniqueId(): string {
  return randomUUID();
}
