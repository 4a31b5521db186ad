import { connect } from 'node:net';

/** What the author of an alert saw of it. */
export interface SentAlert {
  /** Just before the bytes were handed to the system, `performance.now()` milliseconds. */
  readonly sentMs: number;
  /** The same instant on the machine's clock, UTC milliseconds: compares with facts. */
  readonly sentAtMs: number;
  /** When the acknowledgement began to come in. */
  readonly answered: Promise<number>;
}

/** Sends one VOEvent over VTP, the connection being made before the time counts. */
export async function sendAlert(
  packet: string,
  to: { host: string; port: number },
): Promise<SentAlert> {
  const socket = connect(to);
  socket.setNoDelay(true);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  const answered = new Promise<number>((resolve, reject) => {
    socket.once('data', () => {
      resolve(performance.now());
      socket.end();
    });
    socket.once('close', () => reject(new Error('the receiver closed without an answer')));
  });
  const bytes = framed(packet);
  const sentMs = performance.now();
  const sentAtMs = Date.now();
  socket.write(bytes);
  return { sentMs, sentAtMs, answered };
}

/** VOEvent Transport Protocol: the length on four bytes, then the text. */
function framed(packet: string): Buffer {
  const body = Buffer.from(packet, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}
