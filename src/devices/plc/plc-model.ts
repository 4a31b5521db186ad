import { z } from 'zod';
import type { PlcEvent } from '../scenario.ts';
import type { PlcDevice, PlcValue } from './plc.ts';
import { rainDetector } from './plc-devices.ts';

/** Where the simulated PLC stands: which scenario events are due. */
export interface PlcMoment {
  readonly nowMs: number;
  /** STATUS answers given so far, this one included. */
  readonly iteration: number;
}

export type ParsedPlcRequest =
  | {
      readonly ok: true;
      readonly commands: readonly { readonly name: string; readonly value?: unknown }[];
    }
  | { readonly ok: false; readonly reason: string };

const requestSchema = z.strictObject({
  command: z
    .array(z.strictObject({ name: z.string(), value: z.unknown().exactOptional() }))
    .min(1)
    .max(20),
});

/** Reads what a client asks of the PLC: `{"command": [{"name": …, "value": …}]}`. */
export function parsePlcRequest(text: string): ParsedPlcRequest {
  try {
    const result = requestSchema.safeParse(JSON.parse(text));
    if (result.success) return { ok: true, commands: result.data.command };
    return { ok: false, reason: 'a request is {"command": [{"name": "STATUS"}]}' };
  } catch {
    return { ok: false, reason: 'the request is not JSON' };
  }
}

/**
 * The events in the order in which they take effect, the last due one winning: those by iteration,
 * then those by instant.
 */
export function inOrder(events: readonly PlcEvent[]): readonly PlcEvent[] {
  const rank = ({ when }: PlcEvent) => ('atMs' in when ? [1, when.atMs] : [0, when.iteration]);
  return events.toSorted((a, b) => {
    const [kindA = 0, timeA = 0] = rank(a);
    const [kindB = 0, timeB = 0] = rank(b);
    return kindA - kindB || timeA - timeB;
  });
}

/**
 * The devices with the due events applied. The rain detector agrees with the stations' rain rate,
 * unless an event says otherwise.
 */
export function devicesAt(
  devices: readonly PlcDevice[],
  ordered: readonly PlcEvent[],
  moment: PlcMoment,
): readonly PlcDevice[] {
  const due = ordered.filter((event) => isDue(event, moment));
  const stations = devices.map((device) => overridden(device, due));
  const raining = stations.some(({ values }) =>
    values.some(({ name, value }) => name === 'RainRate' && Number(value) > 0),
  );
  return stations.map((device) =>
    device.name === 'DRD11'
      ? overridden({ ...device, values: rainDetector(raining) }, due)
      : device,
  );
}

/** Events that no device can follow, one sentence each: unknown values, or of another type. */
export function impossibleEvents(
  devices: readonly PlcDevice[],
  events: readonly PlcEvent[],
): string[] {
  return events.flatMap(({ device, value }) => {
    const known = devices
      .find(({ name }) => name === device)
      ?.values.find(({ name }) => name === value.name);
    if (!known) return [`The PLC has no value ${device}.${value.name}.`];
    const wanted = typeof known.value;
    const isSame = typeof value.value === wanted;
    return isSame ? [] : [`${device}.${value.name} must be a ${wanted}.`];
  });
}

function isDue({ when }: PlcEvent, { nowMs, iteration }: PlcMoment): boolean {
  return 'atMs' in when ? when.atMs <= nowMs : when.iteration <= iteration;
}

function overridden(device: PlcDevice, due: readonly PlcEvent[]): PlcDevice {
  const last = (given: PlcValue) =>
    due.findLast((event) => event.device === device.name && event.value.name === given.name);
  return {
    ...device,
    values: device.values.map((given) => ({
      ...given,
      value: last(given)?.value.value ?? given.value,
    })),
  };
}
