import { createHash } from 'node:crypto';
import type { ClientConfig } from 'pg';
import type { ChangeWatch } from './change-watch.ts';
import { type Announcement, Listeners, nameKey } from './listeners.ts';

/** Heard by everybody. */
const FOR_EVERYBODY = 'pyros_changed';
/** Heard by those who listen to everything: somebody was announced to by name. */
const FOR_SOMEBODY = 'pyros_named';

/** Any name fits: PostgreSQL's names of channels are short, and longer ones are refused. */
const channelOf = (key: string) =>
  `pyros_${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;

/**
 * PostgreSQL tells each process what was announced on the channels it asked for.
 *
 * The announcement follows the commit instead of being part of it: commits that announce would wait
 * for each other's disk. Who dies in between leaves the others to their next look of themselves.
 */
export async function postgresWatch(config: ClientConfig): Promise<ChangeWatch> {
  const listeners = new Listeners();
  const { PostgresEar } = await import('./postgres-ear.ts');
  const ear = new PostgresEar(config);
  ear.listen(FOR_EVERYBODY, () => listeners.tellEverybody());
  await ear.connect();
  return {
    count: () => null,
    beforeCommit: async () => undefined,
    afterCommit: (announcement) => {
      listeners.tell(announcement);
      ear.notify(channelsOf(announcement));
    },
    listen: (listener, name) => {
      const key = name === undefined ? null : nameKey(name);
      const stop = listeners.add(listener, name);
      const channel = key === null ? FOR_SOMEBODY : channelOf(key);
      const unlisten = ear.listen(channel, () => listeners.tellThoseOf(key));
      return () => {
        stop();
        unlisten();
      };
    },
    close: () => ear.close(),
  };
}

function channelsOf({ everybody, names }: Announcement): string[] {
  if (everybody) return [FOR_EVERYBODY];
  return names.size === 0 ? [] : [FOR_SOMEBODY, ...[...names].map(channelOf)];
}
