import { hostname } from 'node:os';
import { PyrosError } from '#platform';
import type { Unit } from '#unit';
import { agentsNamed, namesIn } from '../cli/agent-names.ts';
import { loadUnit } from '../run-settings.ts';
import { chooseAgents } from './choose-agents.ts';
import { readScenario } from './play-scenario.ts';
import { stopAgents, stopRuns } from './run-stop.ts';
import { runUnit } from './run-unit.ts';
import { webAddress } from './web-address.ts';

/** What `./pyros start` and its kin may be told. */
export interface StartOptions {
  readonly configfile: string;
  readonly computer?: string | undefined;
  readonly test?: boolean | undefined;
  readonly keep?: boolean | undefined;
  readonly standby?: boolean | undefined;
  readonly port?: number | undefined;
  readonly seed?: number | undefined;
  /** File of commands that the SuperAgent sends. */
  readonly scenario?: string | undefined;
}

/** `./pyros start NAMES`: gives 0 when every process ended well. */
export async function runStart(words: readonly string[], options: StartOptions): Promise<number> {
  const unit = withPort(loadUnit(options.configfile), options.port);
  const hostNames = [hostname()];
  const agents = chooseAgents(unit, { words, computer: options.computer, hostNames });
  return await runUnit({
    ...planOf('start', options),
    unit,
    agents,
    simulators: 'as-needed',
  });
}

/** `./pyros sims`: the simulated devices alone. */
export async function runSims(options: StartOptions): Promise<number> {
  const unit = loadUnit(options.configfile);
  return await runUnit({ ...planOf('sims', options), unit, agents: [], simulators: 'yes' });
}

/** `./pyros server [IP:PORT]`: the web pages alone. */
export async function runServer(
  address: string | undefined,
  options: StartOptions,
): Promise<number> {
  const unit = loadUnit(options.configfile);
  const listen = address === undefined ? unit.web.listen : webAddress(address);
  const placed = withPort({ ...unit, web: { ...unit.web, listen } }, options.port);
  const agents = placed.agents.filter((agent) => agent.kind === 'web');
  if (agents.length === 0) {
    throw new PyrosError('AGENT_UNKNOWN', 'The unit has no web server.', {
      remedy: 'Add an agent of kind web to the unit file.',
    });
  }
  return await runUnit({
    ...planOf('server', options),
    unit: placed,
    agents,
    simulators: 'as-needed',
  });
}

/** `./pyros stop [NAMES]`: everything of this data folder, or these agents wherever they run. */
export async function runStop(words: readonly string[], configfile: string): Promise<number> {
  const names = namesIn(words);
  if (names.length === 0 || names.some((name) => name.toLowerCase() === 'all')) {
    return await stopRuns();
  }
  return await stopAgents(agentsNamed(loadUnit(configfile), names));
}

function planOf(command: string, options: StartOptions) {
  const { test, keep, standby, seed, scenario } = options;
  return {
    command,
    seed: seed ?? 1,
    test: test ?? false,
    keep: keep ?? false,
    standby: standby ?? false,
    scenario: scenario === undefined ? null : readScenario(scenario),
  };
}

function withPort(unit: Unit, port: number | undefined): Unit {
  if (port === undefined) return unit;
  return { ...unit, web: { ...unit.web, listen: { ...unit.web.listen, port } } };
}
