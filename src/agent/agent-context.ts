import type { Database } from '#db';
import type { Clock, Logger } from '#platform';
import type { Unit } from '#unit';

/** What the world gives to an agent. */
export interface AgentContext {
  /** Alias of the agent in the unit file. */
  readonly name: string;
  readonly clock: Clock;
  readonly database: Database;
  readonly log: Logger;
  readonly pid: number;
  /** The computer it runs on; this one when not said. */
  readonly host?: string;
  /** If another life holds the name: wait for its death instead of giving up. */
  readonly standby?: boolean;
  /** Test mode: it plays its part of the self-test and ends. */
  readonly test?: boolean;
  /** Told each step of its life, in the words of the guide; nobody when not said. */
  readonly narrate?: (line: string) => void;
  /** The unit file, for `loadConfig`. */
  readonly config?: { readonly unit: Unit; readonly file: string };
  /** Who may give it specific commands; anybody when not said. */
  readonly obeys?: readonly string[] | undefined;
}
