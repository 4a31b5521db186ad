import type { AgentContext } from '#agent';
import type { Database } from '#db';
import type { LinkFactory } from '#devices';
import type { Clock, Logger } from '#platform';
import type { AgentSpec, Unit } from '#unit';
import type { RunSettings } from './run-settings.ts';

/** Anything that lives until it is told to stop: an agent, or the guardian. */
export interface Runnable {
  run(): Promise<void>;
  /** Resolves once others can see that it is at work; absent: as soon as it runs. */
  ready?(): Promise<void>;
  stop(): void;
}

/** What an agent is made with. Each kind's code is loaded only by the process that needs it. */
export interface Workshop {
  readonly settings: RunSettings;
  readonly clock: Clock;
  readonly database: Database;
  readonly links: LinkFactory;
  readonly log: Logger;
  /** 0 where all agents share one process, so that a night can be repeated to the byte. */
  readonly pid: number;
  /** Several processes, with sockets and lives of their own; false on virtual time. */
  readonly separate: boolean;
  /** Test mode (`-t`): the self-test agents play their parts and end. */
  readonly test?: boolean;
  /** Waits for the death of another life of the same name. */
  readonly standby?: boolean;
  /** Told each step of the agent's life. */
  readonly narrate?: (line: string) => void;
}

export function contextOf(spec: AgentSpec, workshop: Workshop): AgentContext {
  const { clock, database, log, pid, test = false, standby = false, narrate } = workshop;
  return {
    name: spec.alias,
    clock,
    database,
    log,
    pid,
    test,
    standby,
    obeys: spec.obeys,
    ...(workshop.separate ? {} : { host: 'here' }),
    ...(narrate ? { narrate } : {}),
  };
}

/** The alias of the one agent of a kind. */
export function aliasOf(unit: Unit, kind: AgentSpec['kind']): string {
  return unit.agents.find((agent) => agent.kind === kind)?.alias ?? kind;
}
