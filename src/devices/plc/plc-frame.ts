import { z } from 'zod';
import { iso } from '#platform';
import { preview } from '../link/framing.ts';
import type { PlcFrame } from './plc.ts';

/** The request for the PLC's status, to the letter. */
export const STATUS_REQUEST = '{"command": [{"name": "STATUS"}]}';

export type ParsedPlcFrame =
  | { readonly ok: true; readonly frame: PlcFrame }
  /** `refused`: the PLC understood, and answered with an ERROR object. */
  | { readonly ok: false; readonly refused: boolean; readonly reason: string };

const text = z.string().max(200);
const name = z.string().min(1).max(100);

const date = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/, 'not an ISO-8601 date without a zone')
  .refine(isOnCalendar, 'not on the calendar');

const valueSchema = z.strictObject({
  name,
  value: z.union([z.number(), text]),
  unit: text,
  comment: text,
});

/** One device of a frame, or what a weather station of its own says. */
export const plcDeviceSchema = z.strictObject({
  name,
  type: name,
  serial_number: text,
  valid: z.enum(['yes', 'no']),
  date: date.optional(),
  values: z.array(valueSchema).max(100),
});

const frameSchema = z.strictObject({
  name: z.literal('STATUS'),
  from: name,
  version_firmware: text,
  site: text,
  date,
  device: z.array(plcDeviceSchema).max(100),
});

const frameAnswer = z.tuple([frameSchema]);
const bypassAnswer = z.tuple([z.strictObject({ name: z.literal('BYPASS'), value: z.number() })]);
const errorAnswer = z.tuple([z.strictObject({ name: z.literal('ERROR'), comment: text })]);

/**
 * Reads the PLC's answer to STATUS: a JSON list that holds one frame, field for field as the guide
 * prints it. Unknown fields, missing ones and impossible dates refuse the whole frame: a frame that
 * is partly understood must not pass for the state of the site.
 */
export function parsePlcFrame(answer: string): ParsedPlcFrame {
  let json: unknown;
  try {
    json = JSON.parse(answer);
  } catch {
    return { ok: false, refused: false, reason: `${preview(answer)} is not JSON` };
  }
  const result = frameAnswer.safeParse(json);
  if (result.success) return { ok: true, frame: result.data[0] };
  const error = errorAnswer.safeParse(json);
  if (error.success) return { ok: false, refused: true, reason: error.data[0].comment };
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return { ok: false, refused: false, reason: problems.join('; ') };
}

/** Whether that is the PLC's answer to a bypass asked on or off. */
export function readsBypass(answer: string, on: boolean): boolean {
  try {
    return bypassAnswer.parse(JSON.parse(answer))[0].value === Number(on);
  } catch {
    return false;
  }
}

/** `Date` turns 30 February into March: such a date does not come back as it was written. */
function isOnCalendar(given: string): boolean {
  const ms = Date.parse(`${given}Z`);
  if (Number.isNaN(ms)) return false;
  // Every month has 28 days.
  return Number(given.slice(8, 10)) <= 28 || iso(ms).slice(0, 19) === given.slice(0, 19);
}
