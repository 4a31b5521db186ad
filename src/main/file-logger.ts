import { join } from 'node:path';
import { pino } from 'pino';
import type { Clock, Logger } from '#platform';
import { makeFolder } from '#platform';

/** A log file of its own for each agent: JSON lines under the data folder, in observatory time. */
export function fileLogger(dataFolder: string, name: string, clock: Clock): Logger {
  const folder = join(dataFolder, 'logs');
  makeFolder(folder);
  const destination = pino.destination({ dest: join(folder, `${name}.log`), sync: true });
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
