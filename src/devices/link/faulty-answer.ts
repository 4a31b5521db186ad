import type { WireFault } from './link.ts';

/** What a faulty wire sends of an answer, and what it does then. */
export interface FaultyAnswer {
  readonly chunks: readonly Uint8Array[];
  /** Before each chunk. */
  readonly waitSeconds: number;
  /** The connection ends after it; otherwise it stays, and silent. */
  readonly thenCut: boolean;
}

/** A letter more than any framing takes: 10 MB of a line, or of a JSON text, that does not end. */
const FLOOD_BYTES = 10_000_000;
const FLOOD_CHUNK_BYTES = 100_000;

/** The bytes that a fault makes of an answer's bytes. */
export function faultyAnswer(whole: readonly Uint8Array[], fault: WireFault): FaultyAnswer {
  const stays = { waitSeconds: 0, thenCut: false };
  if (fault === 'cut') return { ...stays, chunks: [], thenCut: true };
  if (fault === 'silence') return { ...stays, chunks: [] };
  if (fault === 'garbage') return { ...stays, chunks: [encoder.encode('%% no answer at all\n')] };
  if (fault === 'flood') return { ...stays, chunks: flood() };
  const bytes = joined(whole);
  if (fault === 'partial') return { ...stays, chunks: [bytes.subarray(0, bytes.length / 2)] };
  if (fault === 'duplicate') return { ...stays, chunks: [joined([bytes, bytes])] };
  const letters = Array.from(bytes, (byte) => Uint8Array.of(byte));
  return { chunks: letters, waitSeconds: 1, thenCut: false };
}

const encoder = new TextEncoder();

function flood(): Uint8Array[] {
  const chunk = new Uint8Array(FLOOD_CHUNK_BYTES).fill('x'.charCodeAt(0));
  const chunks = new Array<Uint8Array>(FLOOD_BYTES / FLOOD_CHUNK_BYTES).fill(chunk);
  return [encoder.encode('["'), ...chunks];
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
