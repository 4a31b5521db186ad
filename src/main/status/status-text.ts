import { textTable } from '../database/text-table.ts';
import type { AgentStatus, CommandStatus, UnitStatus } from './unit-status.ts';

/** A status for people. */
export function statusText(status: UnitStatus): string {
  const { address, state } = status.database;
  return [
    `${status.time}  ${summary(status)}`,
    `Database  ${address} (${state})`,
    ...status.runs.map(runLine),
    ...section('Agents', status.agents.map(agentRow)),
    ...section('Commands that have not ended', status.commands.map(commandRow)),
    ...section('Last facts', status.facts),
  ].join('\n');
}

/** `7 agents live.`, and whether that is all there is to say. */
function summary({ agents, runs }: UnitStatus): string {
  const living = agents.filter((agent) => agent.alive).length;
  if (living === 0 && runs.length === 0)
    return 'Nothing runs. Start the unit with ./pyros start all.';
  return living === 1 ? 'One agent lives.' : `${living === 0 ? 'No' : living} agents live.`;
}

function runLine({ command, pid, started, names, simulators }: UnitStatus['runs'][number]): string {
  const devices = simulators.length > 0 ? `simulators ${simulators.join(' ')}` : '';
  const processes = [...names, devices].filter((name) => name !== '').join(' ');
  return `Run       ${command}, process ${pid}, since ${started}: ${processes}`;
}

function agentRow(agent: AgentStatus) {
  const { name, alive, mode, status, host, pid, iteration, ageSeconds } = agent;
  return {
    agent: name,
    alive: alive ? 'yes' : 'no',
    mode,
    status,
    heard: ageSeconds === null ? '' : `${ageText(ageSeconds)} ago`,
    host,
    process: pid || '',
    iteration: iteration || '',
  };
}

function commandRow({ id, state, sender, recipient, text, ageSeconds, progress }: CommandStatus) {
  const route = `${sender} to ${recipient}`;
  return { id, state, route, command: text, sent: `${ageText(ageSeconds)} ago`, progress };
}

/** `12 s`, `5 min`, `3 h`, `2 d` */
export function ageText(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

function section(title: string, rows: readonly Readonly<Record<string, unknown>>[]): string[] {
  return rows.length === 0 ? [] : ['', title, textTable(rows)];
}
