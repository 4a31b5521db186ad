import { type Clock, parseIso } from '#platform';
import { type AlertSpec, swiftPacket } from './swift-packet.ts';
import type { Delivery } from './vtp-client.ts';

/** One event of a scenario that concerns the alert sender. */
export interface ScenarioAlert {
  /** When to send, ISO-8601 UTC of the observatory's clock. */
  readonly at: string;
  readonly alertSimulator: AlertSpec;
}

export interface AlertSimulatorOptions {
  readonly events: readonly ScenarioAlert[];
  readonly clock: Clock;
  /** Delivers one packet: over TCP, or in memory on a virtual night. Never rejects. */
  readonly send: (packet: Uint8Array) => Promise<Delivery>;
  readonly signal?: AbortSignal;
  /** Told of every attempt. */
  readonly onDelivery?: (event: ScenarioAlert, delivery: Delivery) => void;
}

const FIRST_RETRY_SECONDS = 1;
const LONGEST_RETRY_SECONDS = 30;

/**
 * The alert sender of the simulated unit: sends each packet at its instant, at once when that is
 * past, and again until it is answered. A nak is an answer. Resolves when all are answered; rejects
 * with the signal's reason when aborted.
 */
export async function runAlertSimulator(options: AlertSimulatorOptions): Promise<void> {
  await Promise.all(options.events.map((event) => sendInTime(event, options)));
}

async function sendInTime(event: ScenarioAlert, options: AlertSimulatorOptions): Promise<void> {
  const { clock, signal } = options;
  const atMs = parseIso(event.at);
  if (atMs > clock.now()) await clock.sleep((atMs - clock.now()) / 1000, signal);
  const packet = new TextEncoder().encode(packetOf(event.alertSimulator, atMs));
  for (let wait = FIRST_RETRY_SECONDS; ; wait = Math.min(2 * wait, LONGEST_RETRY_SECONDS)) {
    signal?.throwIfAborted();
    const delivery = await options.send(packet);
    options.onDelivery?.(event, delivery);
    if (delivery.outcome !== 'unanswered') return;
    await clock.sleep(clock.period(wait), signal);
  }
}

function packetOf(spec: AlertSpec, atMs: number): string {
  return spec.packet === 'raw' ? spec.text : swiftPacket(spec, atMs);
}
