/** The answer to one request: a line of text, and bytes after it when the line announces them. */
export interface Reply {
  readonly text: string;
  readonly body?: Uint8Array;
  /** What a simulated wire does with it instead of delivering it. */
  readonly fault?: WireFault;
}

/**
 * What a simulator can make its wire do, the connection staying up: say nothing at all (`silence`), send
 * the half of it and then nothing (`partial`), send rubbish (`garbage`), send far too much (`flood`), a
 * byte now and then (`trickle`), send it twice (`duplicate`); or reset the connection (`cut`).
 */
export type WireFault =
  | 'silence'
  | 'partial'
  | 'garbage'
  | 'flood'
  | 'trickle'
  | 'duplicate'
  | 'cut';

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
