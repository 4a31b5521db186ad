import { PyrosError } from '#platform';
import { type AgentSpec, agentsWithUnit, type Unit } from '#unit';
import { agentsNamed, computerNamed, computersTold, namesIn } from '../cli/agent-names.ts';
import { isThisComputer } from './ports.ts';

/** Who is to be started. */
export interface Wish {
  /** As they were written: `agentA,`, `agentB`, `all`. */
  readonly words: readonly string[];
  /** Only agents that the unit file puts on this computer, by its alias. */
  readonly computer?: string | undefined;
  /** Names of the computer at which the command was given. */
  readonly hostNames: readonly string[];
}

/**
 * The agents to start. `all` are those that live with the unit, on this computer; one that is named is
 * started here, wherever the unit file puts it, unless a computer was given.
 *
 * @throws PyrosError `AGENT_UNKNOWN`, `COMPUTER_UNKNOWN`, or `AGENTS_ELSEWHERE` when none is left.
 */
export function chooseAgents(unit: Unit, wish: Wish): readonly AgentSpec[] {
  const names = namesIn(wish.words);
  const isAll = names.some((name) => name.toLowerCase() === 'all');
  const wanted = isAll ? agentsWithUnit(unit) : agentsNamed(unit, names);
  const chosen = wanted.filter((agent) => isWantedHere(agent, { unit, wish, isAll }));
  if (chosen.length > 0) return chosen;
  const where = wish.computer ? `on ${wish.computer}` : 'on this computer';
  throw new PyrosError('AGENTS_ELSEWHERE', `The unit file puts none of these agents ${where}.`, {
    remedy: `Choose one with --computer: ${computersTold(unit)}.`,
  });
}

function isWantedHere(
  agent: AgentSpec,
  { unit, wish, isAll }: { unit: Unit; wish: Wish; isAll: boolean },
): boolean {
  if (wish.computer) return agent.computer === computerNamed(unit, wish.computer).alias;
  if (!isAll) return true;
  const computer = computerNamed(unit, agent.computer);
  return isThisComputer(computer.host, wish.hostNames);
}
