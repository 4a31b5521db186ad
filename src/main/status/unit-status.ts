import { type Command, type Fact, formatCommand, isAlive, type Survey } from '#agent';
import { iso } from '#platform';
import type { RunRecord } from '../runs/run-record.ts';

/** What `./pyros status` tells of a unit. */
export interface UnitStatus {
  /** The unit's own time, ISO-8601 UTC. */
  readonly time: string;
  /** Without a password. */
  readonly database: { readonly address: string; readonly state: string };
  readonly agents: readonly AgentStatus[];
  /** Runs of this data folder on this computer. */
  readonly runs: readonly Pick<RunRecord, 'pid' | 'command' | 'names' | 'simulators' | 'started'>[];
  /** Those that have not ended, oldest first. */
  readonly commands: readonly CommandStatus[];
  /** Newest last. */
  readonly facts: readonly { readonly at: string; readonly agent: string; readonly type: string }[];
}

export interface AgentStatus {
  readonly name: string;
  readonly alive: boolean;
  readonly mode: string;
  readonly status: string;
  readonly host: string;
  readonly pid: number;
  readonly iteration: number;
  /** Age of its last word, seconds of the unit's time; null when it never spoke. */
  readonly ageSeconds: number | null;
}

export interface CommandStatus {
  readonly id: number;
  readonly state: string;
  readonly sender: string;
  readonly recipient: string;
  readonly text: string;
  readonly ageSeconds: number;
  readonly progress: string;
}

/** What was read to make a status of. */
export interface StatusSources {
  readonly nowMs: number;
  readonly database: UnitStatus['database'];
  readonly surveys: readonly Survey[];
  /** The names of the unit file come first, and in its order. */
  readonly names: readonly string[];
  readonly runs: readonly RunRecord[];
  readonly commands: readonly Command[];
  /** Newest first, as they are read. */
  readonly facts: readonly Fact[];
}

export function unitStatus(sources: StatusSources): UnitStatus {
  const { nowMs, surveys, names, database } = sources;
  const strangers = surveys.filter((survey) => !names.includes(survey.name));
  return {
    time: iso(nowMs),
    database,
    agents: [
      ...names.map((name) => agentStatus(name, surveys, nowMs)),
      ...strangers.map(({ name }) => agentStatus(name, surveys, nowMs)),
    ],
    runs: sources.runs.map(({ pid, command, names: agents, simulators, started }) => {
      return { pid, command, names: agents, simulators, started };
    }),
    commands: sources.commands.map((command) => commandStatus(command, nowMs)),
    facts: sources.facts.map(({ at, agent, type }) => ({ at, agent, type })).reverse(),
  };
}

function agentStatus(name: string, surveys: readonly Survey[], nowMs: number): AgentStatus {
  const survey = surveys.find((one) => one.name === name);
  if (!survey || survey.pid === 0) {
    const status = survey?.status ?? 'NOT_STARTED';
    return {
      name,
      alive: false,
      mode: '',
      status,
      host: '',
      pid: 0,
      iteration: 0,
      ageSeconds: null,
    };
  }
  const { mode, status, host, pid, iteration, atMs } = survey;
  const ageSeconds = Math.max(0, Math.round((nowMs - atMs) / 1000));
  return { name, alive: isAlive(survey, nowMs), mode, status, host, pid, iteration, ageSeconds };
}

function commandStatus(command: Command, nowMs: number): CommandStatus {
  const { id, state, sender, recipient, progress } = command;
  const ageSeconds = Math.max(0, Math.round((nowMs - command.depositMs) / 1000));
  return { id, state, sender, recipient, text: formatCommand(command), ageSeconds, progress };
}
