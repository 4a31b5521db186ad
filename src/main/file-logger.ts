import { join } from 'node:path';
import { pino } from 'pino';
import type { Clock, Logger } from '#platform';
import { makeFolder } from '#platform';

/** Of what a full disk does not take so much is kept, to be written later; the rest is dropped. */
const MOST_WAITING_BYTES = 1_000_000;

/**
 * A log file of its own for each agent: JSON lines under the data folder, in observatory time. A
 * disk that is full costs lines, never the agent.
 */
export function fileLogger(dataFolder: string, name: string, clock: Clock): Logger {
  const folder = join(dataFolder, 'logs');
  makeFolder(folder);
  const destination = pino.destination({
    dest: join(folder, `${name}.log`),
    sync: true,
    maxLength: MOST_WAITING_BYTES,
  });
  // Without a listener the first line that cannot be written would end the process.
  destination.on('error', () => undefined);
  const log = pino(
    { base: null, timestamp: () => `,"time":"${new Date(clock.now()).toISOString()}"` },
    destination,
  );
  return {
    info: (message, data) => log.info(data ?? {}, message),
    warn: (message, data) => log.warn(data ?? {}, message),
    error: (message, data) => log.error(data ?? {}, message),
  };
}
