import { nearestName, PyrosError } from '#platform';
import type { AgentSpec, Unit } from '#unit';

type Kind = AgentSpec['kind'];

/** The guide's other names of agents (§11, §13), without their punctuation. */
const KINDS_BY_NAME: Readonly<Record<string, Kind>> = {
  webserver: 'web',
  web: 'web',
  monitoring: 'environment',
  envmonitor: 'environment',
  envmonitoring: 'environment',
  environment: 'environment',
  agentm: 'environment',
  majordome: 'majordome',
  alertmanager: 'alert',
  alert: 'alert',
  scheduler: 'scheduler',
  planner: 'scheduler',
  observer: 'observer',
  guardian: 'guardian',
  gic: 'gic',
  telescope: 'telescope',
  agenttelescope: 'telescope',
};

/** Names as a person writes them: `agentA, agentB`, in one word or in several. */
export function namesIn(words: readonly string[]): readonly string[] {
  return words
    .join(',')
    .split(/[\s,]+/)
    .filter((name) => name !== '');
}

/**
 * The agents of these names: their aliases in the unit file, or the guide's names, in any case
 * (R-622). Each once, in the order of the unit file.
 *
 * @throws PyrosError `AGENT_UNKNOWN` with the nearest name and the list.
 */
export function agentsNamed(unit: Unit, names: readonly string[]): readonly AgentSpec[] {
  const chosen = new Set(names.map((name) => agentNamed(unit, name)));
  return unit.agents.filter((agent) => chosen.has(agent));
}

function agentNamed(unit: Unit, name: string): AgentSpec {
  const plain = plainOf(name);
  const spec =
    unit.agents.find((agent) => plainOf(agent.alias) === plain) ??
    unit.agents.find((agent) => agent.kind === KINDS_BY_NAME[plain]) ??
    unit.agents.find((agent) => agent.kind === KINDS_BY_NAME[plain.replace(/^agent/, '')]);
  if (spec) return spec;
  const aliases = unit.agents.map((agent) => agent.alias);
  const near = nearestName(name, [...aliases, 'all']);
  throw new PyrosError('AGENT_UNKNOWN', `The unit has no agent "${name}".`, {
    remedy: `${near ? `Did you mean ${near}? ` : ''}Its agents are ${aliases.join(', ')}.`,
  });
}

/** `start_agent_alert_manager.py` is `agentalertmanager` without its punctuation and its wrapping. */
function plainOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.(py|ts)$/, '')
    .replace(/^start_/, '')
    .replace(/[^a-z0-9]/g, '');
}

/** The computer of a unit by its alias, in any case. Throws `COMPUTER_UNKNOWN`. */
export function computerNamed(unit: Unit, name: string): Unit['computers'][number] {
  const computer = unit.computers.find((one) => one.alias.toLowerCase() === name.toLowerCase());
  if (computer) return computer;
  const aliases = unit.computers.map((one) => one.alias);
  const near = nearestName(name, aliases);
  throw new PyrosError('COMPUTER_UNKNOWN', `The unit has no computer "${name}".`, {
    remedy: `${near ? `Did you mean ${near}? ` : ''}Its computers are ${computersTold(unit)}.`,
  });
}

/** `Computer1 (localhost), Computer2 (10.0.0.2)` */
export function computersTold(unit: Unit): string {
  return unit.computers.map(({ alias, host }) => `${alias} (${host})`).join(', ');
}
