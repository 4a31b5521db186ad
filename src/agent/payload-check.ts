import { z } from 'zod';
import type { PayloadCheck } from './command-desk.ts';

/** The payload of a command that needs none. */
export const nothing = z.union([z.null(), z.strictObject({})]);

/** What a desk asks of payloads, by the name of the command. */
export function payloadChecks(
  table: Readonly<Record<string, z.ZodType>>,
): ReadonlyMap<string, PayloadCheck> {
  return new Map(Object.entries(table).map(([name, schema]) => [name, checkOf(schema)]));
}

function checkOf(schema: z.ZodType): PayloadCheck {
  return (payload) => {
    const reading = schema.safeParse(payload);
    if (reading.success) return null;
    const faults = reading.error.issues.map(({ path, message }) => {
      return path.length === 0 ? message : `${path.join('.')}: ${message}`;
    });
    return faults.join('; ');
  };
}
