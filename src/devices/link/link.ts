/** The answer to one request: a line of text, and bytes after it when the line announces them. */
export interface Reply {
  readonly text: string;
  readonly body?: Uint8Array;
}

/**
 * A conversation with a device: one request, one reply, in order. Rejects with
 * `DEVICE_UNREACHABLE` when there is no connection, or no reply within the time-out, and with
 * `DEVICE_GARBLED` when what comes back cannot be cut into replies.
 */
export interface Link {
  request(text: string): Promise<Reply>;
  close(): Promise<void>;
}

/** A device as its wire sees it: what a simulator is, behind TCP or in memory. */
export interface Endpoint {
  handle(text: string): Promise<Reply>;
}

/** Where a device listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** How messages are cut out of a stream: see docs/wire-protocol.md. */
export type WireKind = 'lines' | 'json';

/** Makes the link to a device: over TCP, or in memory on a virtual night. */
export type LinkFactory = (address: Address, wire: WireKind) => Link;
