import { PyrosError } from '#platform';
import type { IndiDevice } from './indi-device.ts';
import { type IndiOrder, type IndiVector, indiNumber } from './indi-message.ts';

const REQUEST =
  /^(?:(?<device>[^.]+)\.)?(?<property>[^.=\s]+)\.(?<member>[^=]+?)(?:=(?<value>.*))?$/;

/**
 * INDI's own language for experts: `PROPERTY.MEMBER` gives a value, `PROPERTY.MEMBER=value`
 * sets it, with `Device Name.` before it where there are several. Rejects like any order.
 */
export async function nativeAnswer(
  devices: readonly IndiDevice[],
  request: string,
): Promise<string> {
  const { device: name, property = '', member = '', value } = REQUEST.exec(request)?.groups ?? {};
  const device = devices.find((one) => one.name === name) ?? (name ? undefined : devices[0]);
  if (!device || property === '') {
    const names = devices.map((one) => one.name).join(', ');
    throw refused(`Ask for PROPERTY.MEMBER or PROPERTY.MEMBER=value of ${names}.`);
  }
  await device.alive();
  const vector = device.vector(property);
  if (!vector?.members.has(member)) throw refused(`${device.name} has no ${property}.${member}.`);
  if (value !== undefined) await device.order(property, orderOf(vector, member, value), 'fresh');
  return shown(device.vector(property) ?? vector, member);
}

function orderOf({ kind, name }: IndiVector, member: string, value: string): IndiOrder {
  switch (kind) {
    case 'number':
      return { kind, values: { [member]: indiNumber(value) } };
    case 'text':
      return { kind, values: { [member]: value } };
    case 'switch':
      return { kind, values: { [member]: value.trim() === 'On' } };
    default:
      throw refused(`${name} can only be read.`);
  }
}

function shown({ kind, state, members }: IndiVector, member: string): string {
  const value: unknown = members.get(member)?.value;
  const text = kind === 'switch' ? (value === true ? 'On' : 'Off') : String(value);
  return `${kind === 'blob' ? 'an image' : text} (${state})`;
}

function refused(sentence: string): PyrosError {
  return new PyrosError('DEVICE_REFUSED', sentence);
}
