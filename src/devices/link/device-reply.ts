import type { Reply } from './link.ts';

/** A reply line of the line protocol, understood. */
export type DeviceReply =
  | { readonly kind: 'ok'; readonly json?: unknown }
  | { readonly kind: 'image'; readonly json: unknown; readonly body: Uint8Array }
  | { readonly kind: 'error'; readonly code: string; readonly sentence: string }
  | { readonly kind: 'garbled'; readonly reason: string };

/** `OK`, or `OK {json}`. */
export function okReply(json?: object): Reply {
  return { text: json === undefined ? 'OK' : `OK ${JSON.stringify(json)}` };
}

/** `OK IMAGE {json}` and its bytes, whose number is added to the JSON. */
export function imageReply(json: object, body: Uint8Array): Reply {
  return { text: `OK IMAGE ${JSON.stringify({ ...json, bytes: body.length })}`, body };
}

/** `ERR CODE sentence`. */
export function errorReply(code: string, sentence: string): Reply {
  return { text: `ERR ${code} ${sentence}` };
}

/** Reads a reply of the line protocol (docs/wire-protocol.md). */
export function parseReply({ text, body }: Reply): DeviceReply {
  const refusal = /^ERR ([A-Z_]+) (.+)$/.exec(text);
  if (refusal) return { kind: 'error', code: refusal[1] ?? '', sentence: refusal[2] ?? '' };
  const success = /^OK(?:(?: (IMAGE))? (\{.*\}))?$/.exec(text);
  if (!success) return { kind: 'garbled', reason: 'neither OK nor ERR' };
  const json = parseJson(success[2]);
  if (json === INVALID) return { kind: 'garbled', reason: 'invalid JSON' };
  if (!success[1]) return json === undefined ? { kind: 'ok' } : { kind: 'ok', json };
  if (!body || json === undefined) return { kind: 'garbled', reason: 'an image without its bytes' };
  return { kind: 'image', json, body };
}

const INVALID = Symbol('invalid');

function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return INVALID;
  }
}
