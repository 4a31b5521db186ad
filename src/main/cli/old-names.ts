import { type Command, Option } from 'commander';
import { isTestOf, port, unitFileOf } from './option-values.ts';

/** Scripts of the guide that started agents, and the agents they started. */
const STARTS: Readonly<Record<string, readonly string[]>> = {
  start_agent_envmonitor: ['monitoring'],
  start_agent_monitoring: ['monitoring'],
  start_agent_majordome: ['majordome'],
  start_agent_alert_manager: ['alert_manager'],
  start_agents_and_simulators_for_majordome: ['majordome', 'monitoring'],
};

/** Commands of the guide that go by another name today: they work, and the help leaves them out. */
export function addOldNames(program: Command): void {
  for (const [name, agents] of Object.entries(STARTS)) addStart(program, name, agents);
  program
    .command('majordome_test', { hidden: true })
    .description('the tests of the Majordome')
    .action(async () => {
      const { runTests } = await import('./run-tests.ts');
      const { selectTests } = await import('./test-selection.ts');
      process.exitCode = await runTests(selectTests('majordome', undefined));
    });
}

function addStart(program: Command, name: string, agents: readonly string[]): void {
  program
    .command(name, { hidden: true })
    .alias(`${name}.py`)
    .description(`start ${agents.join(',')}`)
    .addOption(new Option('--configfile <name>').hideHelp())
    .option('-t, --test', 'TEST mode')
    .option('--port <port>', 'port of the web server', port)
    .action(async (options, command: Command) => {
      const { runStart } = await import('../runs/run-start.ts');
      const said = { ...options, configfile: unitFileOf(command), test: isTestOf(command) };
      process.exitCode = await runStart(agents, said);
    });
}
