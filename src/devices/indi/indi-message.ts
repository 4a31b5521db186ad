import type { XmlElement } from './xml-splitter.ts';
import { xmlText } from './xml-splitter.ts';

/** The state of a vector, and what a light shows. */
export type IndiState = 'Idle' | 'Ok' | 'Busy' | 'Alert';

/** A file that a driver sent: an image. */
export interface IndiBlob {
  /** E.g. `.fits`. */
  readonly format: string;
  readonly bytes: Uint8Array;
}

export interface IndiMember<Value> {
  readonly value: Value;
  readonly label: string;
}

export interface NumberMember extends IndiMember<number> {
  /** Both 0 when the driver gives no range. */
  readonly min: number;
  readonly max: number;
}

interface VectorBase<Kind extends string, Member> {
  readonly kind: Kind;
  readonly device: string;
  readonly name: string;
  /** Of the vector as a whole; it tells nothing of one member. */
  readonly state: IndiState;
  readonly members: ReadonlyMap<string, Member>;
}

/** One property of an INDI device, as it was last defined and set. */
export type IndiVector =
  | VectorBase<'number', NumberMember>
  | VectorBase<'text', IndiMember<string>>
  | VectorBase<'switch', IndiMember<boolean>>
  | VectorBase<'light', IndiMember<IndiState>>
  | VectorBase<'blob', IndiMember<IndiBlob | null>>;

export type IndiKind = IndiVector['kind'];

/** What a driver says. */
export type IndiMessage =
  | { readonly kind: 'def'; readonly vector: IndiVector }
  | { readonly kind: 'set'; readonly vector: IndiVector; readonly message: string }
  | { readonly kind: 'message'; readonly device: string; readonly text: string }
  /** One property, or with `name` null the whole device, exists no more. */
  | { readonly kind: 'delete'; readonly device: string; readonly name: string | null }
  /** The sender waits for the answer before it sends more. */
  | { readonly kind: 'ping'; readonly uid: string }
  | { readonly kind: 'other' };

const VECTOR = /^(def|set)(Number|Text|Switch|Light|BLOB)Vector$/;

/** Reads a top-level element of INDI's protocol 1.7. */
export function readIndi(element: XmlElement): IndiMessage {
  const { device = '', name, message = '' } = element.attributes;
  if (element.name === 'message') return { kind: 'message', device, text: message };
  if (element.name === 'delProperty') return { kind: 'delete', device, name: name ?? null };
  if (element.name === 'pingRequest') return { kind: 'ping', uid: element.attributes.uid ?? '' };
  const [, verb, kind] = VECTOR.exec(element.name) ?? [];
  if (kind === undefined || name === undefined) return { kind: 'other' };
  const vector = vectorOf(element, { kind: kind.toLowerCase() as IndiKind, device, name });
  return verb === 'def' ? { kind: 'def', vector } : { kind: 'set', vector, message };
}

function vectorOf(
  { attributes, children }: XmlElement,
  plate: { kind: IndiKind; device: string; name: string },
): IndiVector {
  const { kind } = plate;
  const base = { ...plate, state: stateOf(attributes.state) };
  const members = <Member>(read: (child: XmlElement) => Member) =>
    new Map(children.map((child) => [child.attributes.name ?? '', read(child)]));
  switch (kind) {
    case 'number':
      return { ...base, kind, members: members(numberMember) };
    case 'text':
      return { ...base, kind, members: members((child) => member(child, child.text.trim())) };
    case 'switch':
      return { ...base, kind, members: members((child) => member(child, isOn(child.text))) };
    case 'light':
      return { ...base, kind, members: members((child) => member(child, stateOf(child.text))) };
    case 'blob':
      return { ...base, kind, members: members((child) => member(child, blobOf(child))) };
  }
}

function member<Value>({ attributes }: XmlElement, value: Value): IndiMember<Value> {
  return { value, label: attributes.label ?? '' };
}

function numberMember(child: XmlElement): NumberMember {
  const { min, max } = child.attributes;
  return { ...member(child, indiNumber(child.text)), min: Number(min ?? 0), max: Number(max ?? 0) };
}

function isOn(text: string): boolean {
  return text.trim() === 'On';
}

/** A word that INDI does not know is no success. */
function stateOf(text: string | undefined): IndiState {
  const word = text?.trim();
  return word === 'Idle' || word === 'Ok' || word === 'Busy' ? word : 'Alert';
}

function blobOf({ attributes, text }: XmlElement): IndiBlob | null {
  if (text.trim() === '') return null;
  return { format: attributes.format ?? '', bytes: Buffer.from(text, 'base64') };
}

/** A number as INDI writes it, decimal or sexagesimal (`-10:15:30`); NaN for anything else. */
export function indiNumber(text: string): number {
  const trimmed = text.trim();
  const [, sign, whole, minutes = '0', seconds = '0'] =
    /^([+-]?)(\d+)[:; ](\d+(?:\.\d+)?)(?:[:; ](\d+(?:\.\d+)?))?$/.exec(trimmed) ?? [];
  if (whole === undefined) return trimmed === '' ? Number.NaN : Number(trimmed);
  const value = Number(whole) + Number(minutes) / 60 + Number(seconds) / 3600;
  return sign === '-' ? -value : value;
}

/** What a client may give to a vector. */
export type IndiOrder =
  | { readonly kind: 'number'; readonly values: Readonly<Record<string, number>> }
  | { readonly kind: 'text'; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: 'switch'; readonly values: Readonly<Record<string, boolean>> };

const WRITTEN = { number: 'Number', text: 'Text', switch: 'Switch' } as const;

/** `new…Vector`: the order to change a property. */
export function newVector(device: string, name: string, order: IndiOrder): string {
  const kind = WRITTEN[order.kind];
  const children = Object.entries(order.values).map(([member, value]) => {
    const text = typeof value === 'boolean' ? (value ? 'On' : 'Off') : String(value);
    return { name: `one${kind}`, attributes: { name: member }, children: [], text };
  });
  return line({ name: `new${kind}Vector`, attributes: { device, name }, children, text: '' });
}

/** Asks for the definitions of everything, of a device, or of one property. */
export function getProperties(device?: string, name?: string): string {
  const attributes = {
    version: '1.7',
    ...(device === undefined ? {} : { device }),
    ...(name === undefined ? {} : { name }),
  };
  return line({ name: 'getProperties', attributes, children: [], text: '' });
}

/** Asks for a device's images beside its other messages. */
export function enableBlobs(device: string): string {
  return line({ name: 'enableBLOB', attributes: { device }, children: [], text: 'Also' });
}

/** The answer to `pingRequest`, without which a driver sends no further image. */
export function pingReply(uid: string): string {
  return line({ name: 'pingReply', attributes: { uid }, children: [], text: '' });
}

function line(element: XmlElement): string {
  return `${xmlText(element)}\n`;
}
