import { z } from 'zod';
import { type ParsedCommand, refuse, understood } from './parsed-command.ts';

/** The name of every command to a device. */
export const DEVICE_COMMAND = 'device';

const ACTIONS = ['START', 'STOP', 'ABORT', 'SET', 'GET', 'NATIVE'] as const;
export type DeviceAction = (typeof ACTIONS)[number];

/** What a command to a device asks. */
export const deviceOrder = z.strictObject({
  /** The mount of the unit, or one of its channels. */
  device: z.enum(['MOUNT', 'CHAN']),
  /** Which channel, by its alias in the unit file; null for the mount, and where none was named. */
  alias: z.string().nullable(),
  action: z.enum(ACTIONS),
  /** What follows the action: `goto 83.63 22.01` is three words. */
  words: z.array(z.string()).readonly(),
});
export type DeviceOrder = Readonly<z.infer<typeof deviceOrder>>;

/** One unit has one mount, so that the unit's name for it is as good. */
const DEVICES: ReadonlyMap<string, DeviceOrder['device']> = new Map([
  ['MOUNT', 'MOUNT'],
  ['UNIT', 'MOUNT'],
  ['CHAN', 'CHAN'],
]);

export function isDeviceWord(word: string): boolean {
  return DEVICES.has(word.toUpperCase());
}

/**
 * Reads `MOUNT START goto 83.63 22.01`, `CHAN VIS GET status`: a device (`UNIT` is `MOUNT`), for a
 * channel its alias, an action, and words. The alias is all that stands before the first action, so
 * that it may hold blanks; device and action are read in any case.
 */
export function parseDevice(text: string): ParsedCommand {
  const [first = '', ...rest] = text.trim().split(/\s+/);
  const device = DEVICES.get(first.toUpperCase());
  if (!device) {
    return refuse(`"${first}" is no device: write MOUNT (or UNIT), or CHAN and its alias.`);
  }
  const place = rest.findIndex((word) => actionOf(word) !== null);
  const action = actionOf(rest[place]);
  if (!action) return refuse(`${device} says not what to do: write ${usage(device)}.`);
  if (device === 'MOUNT' && place > 0) {
    const extra = rest.slice(0, place).join(' ');
    return refuse(`MOUNT takes no alias, a unit has one mount: leave "${extra}" out.`);
  }
  const words = rest.slice(place + 1);
  if (words.length === 0 && (action === 'SET' || action === 'GET' || action === 'NATIVE')) {
    return refuse(`${device} ${action} says not what: write ${EXAMPLES[action]}.`);
  }
  const alias = place === 0 ? null : rest.slice(0, place).join(' ');
  const order: DeviceOrder = { device, alias, action, words };
  return understood(DEVICE_COMMAND, order);
}

/** The text of a command to a device; null when no text reads back as this payload. */
export function deviceText(payload: unknown): string | null {
  const checked = deviceOrder.safeParse(payload);
  if (!checked.success) return null;
  const { device, alias, action, words } = checked.data;
  const text = [device, ...(alias === null ? [] : [alias]), action, ...words].join(' ');
  const parsed = parseDevice(text);
  const isSame = parsed.ok && JSON.stringify(parsed.order.payload) === JSON.stringify(checked.data);
  return isSame ? text : null;
}

const EXAMPLES = {
  SET: 'MOUNT SET tracking on',
  GET: 'MOUNT GET coordinates',
  NATIVE: 'MOUNT NATIVE and what the mount itself understands',
} as const;

function usage(device: DeviceOrder['device']): string {
  return `${device === 'CHAN' ? 'CHAN alias' : device} and one of ${ACTIONS.join(', ')}`;
}

function actionOf(word: string | undefined): DeviceAction | null {
  return ACTIONS.find((action) => action === word?.toUpperCase()) ?? null;
}
