/** The answer to one request: a line of text, and bytes after it when the line announces them. */
export interface Reply {
  readonly text: string;
  readonly body?: Uint8Array;
}

/**
 * A conversation with a device: one request, one reply, in order. Rejects with
 * `DEVICE_UNREACHABLE` when there is no connection, or no reply within the time-out.
 */
export interface Link {
  request(text: string): Promise<Reply>;
  close(): Promise<void>;
}

/** A device as its wire sees it: what a simulator is, behind TCP or in memory. */
export interface Endpoint {
  handle(text: string): Promise<Reply>;
}
