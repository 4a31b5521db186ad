import { Q } from './condition.ts';
import type { ObjectStore } from './object-store.ts';
import { agentClasses, type SessionParts, ShownText, unitQuestions } from './shell-agents.ts';
import { ShellScheduler } from './shell-scheduler.ts';
import { HELP } from './shell-words.ts';

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** Every name that a session begins with. */
export function shellContext(parts: SessionParts, store: ObjectStore): Record<string, unknown> {
  const { database, clock, unit } = parts;
  const models = Object.fromEntries(store.models);
  const list = `[${Object.keys(models)
    .map((name) => `'${name}'`)
    .join(', ')}]`;
  Object.defineProperty(models, INSPECT, { value: () => list, enumerable: false });
  return {
    ...models,
    models,
    Q,
    ...agentClasses(parts),
    Scheduler: class Scheduler extends ShellScheduler {
      constructor() {
        super({ store, database, clock, unit });
      }
    },
    ...unitQuestions(parts),
    help: () => new ShownText(HELP),
  };
}
