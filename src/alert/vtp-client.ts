import { connect, type Socket } from 'node:net';
import { type Clock, sentenceOf } from '#platform';
import { Deadline } from './deadline.ts';
import { frameMessage, VtpFramer } from './vtp-framing.ts';
import { answerTo, readTransport, type Transport, writeTransport } from './vtp-transport.ts';
import { xmlLimits } from './xml-guard.ts';
import { parseXml } from './xml-tree.ts';

/**
 * What became of a packet that was sent. `nak` is the receiver's last word; `unanswered` may be sent
 * again, at the risk of being received twice.
 */
export type Delivery =
  | { readonly outcome: 'ack' }
  | { readonly outcome: 'nak' | 'unanswered'; readonly reason: string };

export interface AuthorOptions {
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  /** Our own ivorn. */
  readonly identity: string;
  /** How long to wait for the answer, seconds (default 20). */
  readonly timeoutSeconds?: number;
}

/** Sends one VOEvent to a receiver and waits for its answer. Never rejects. */
export async function sendVOEvent(packet: Uint8Array, options: AuthorOptions): Promise<Delivery> {
  const socket = connect({ host: options.host, port: options.port });
  const seconds = options.timeoutSeconds ?? 20;
  const late = () => socket.destroy(new Error(`no answer in ${seconds} s`));
  const deadline = new Deadline(options.clock, seconds, late);
  socket.on('error', () => undefined);
  deadline.restart();
  try {
    socket.write(frameMessage(packet));
    return await readAnswer(socket, options);
  } catch (error) {
    return { outcome: 'unanswered', reason: sentenceOf(error) };
  } finally {
    deadline.hold();
    socket.destroySoon();
  }
}

async function readAnswer(socket: Socket, options: AuthorOptions): Promise<Delivery> {
  const framer = new VtpFramer(xmlLimits.bytes);
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    const { frames, problem } = framer.push(chunk);
    for (const frame of frames) {
      const message = readFrame(frame);
      const delivery = message && deliveryOf(message);
      if (delivery) return delivery;
      const reply = message && answerTo(message, options.identity);
      if (reply) socket.write(frameMessage(writeTransport(reply, options.clock.now())));
    }
    if (problem) return { outcome: 'unanswered', reason: `the receiver sent ${problem}` };
  }
  return { outcome: 'unanswered', reason: 'the receiver closed without an answer' };
}

function readFrame(frame: Uint8Array): Transport | null {
  const parsed = parseXml(frame);
  return parsed.ok ? readTransport(parsed.root) : null;
}

function deliveryOf(message: Transport): Delivery | null {
  if (message.role === 'ack') return { outcome: 'ack' };
  if (message.role === 'nak')
    return { outcome: 'nak', reason: message.result ?? 'no reason given' };
  return null;
}
