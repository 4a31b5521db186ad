import { iso } from '#platform';
import { child, descend, escapeXml, type XmlTree } from './xml-tree.ts';

export type TransportRole = 'ack' | 'nak' | 'iamalive' | 'authenticate';

/** A message about messages (Allan and Denny, IVOA note VOEvent Transport Protocol 1.1). */
export interface Transport {
  readonly role: TransportRole;
  /** For an answer: the ivorn of what is answered. */
  readonly origin: string;
  /** Who answers. */
  readonly response: string | null;
  /** Why, in a nak. */
  readonly result: string | null;
}

const NAMESPACE = 'http://www.telescope-networks.org/xml/Transport/v1.1';
const roles: readonly string[] = ['ack', 'nak', 'iamalive', 'authenticate'];

/** The bytes of a transport message, written at `nowMs` (UTC). */
export function writeTransport(message: Transport, nowMs: number): Uint8Array {
  const { role, origin, response, result } = message;
  const parts = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<trn:Transport role="${role}" version="1.0" xmlns:trn="${NAMESPACE}">`,
    `<Origin>${escapeXml(origin)}</Origin>`,
    response === null ? '' : `<Response>${escapeXml(response)}</Response>`,
    `<TimeStamp>${iso(nowMs)}</TimeStamp>`,
    result === null ? '' : `<Meta><Result>${escapeXml(result)}</Result></Meta>`,
    '</trn:Transport>',
  ];
  return new TextEncoder().encode(parts.join(''));
}

/** Reads a transport message; null when the document is none, or of a role that is not known. */
export function readTransport(root: XmlTree): Transport | null {
  if (root.name !== 'Transport') return null;
  const role = root.attributes.get('role') ?? '';
  if (!isRole(role)) return null;
  return {
    role,
    origin: child(root, 'Origin')?.text ?? '',
    response: child(root, 'Response')?.text ?? null,
    result: descend(root, 'Meta', 'Result')?.text ?? null,
  };
}

/** The answer that keeps a peer's heartbeat or greeting alive; null when none is due. */
export function answerTo(message: Transport, identity: string): Transport | null {
  if (message.role !== 'iamalive' && message.role !== 'authenticate') return null;
  return { role: message.role, origin: message.origin, response: identity, result: null };
}

function isRole(text: string): text is TransportRole {
  return roles.includes(text);
}
