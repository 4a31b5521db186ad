import { join } from 'node:path';
import type { Command } from 'commander';
import { date, number, port, positive, readsUnitFile, unitFileOf } from './option-values.ts';

/** Commands that show a whole simulated night. */
export function addNightCommands(program: Command): void {
  program.commandsGroup('A simulated night:');
  addDemo(program);
  addNight(program);
}

function addDemo(program: Command): void {
  readsUnitFile(program.command('demo'))
    .aliases(['simulator', 'simulator_development'])
    .description('show one whole night in about four minutes')
    .option('--config <name>', 'the same as --configfile')
    .option(
      '--date <date>',
      'the night, by the UTC date of the noon before (default: 2014-04-23)',
      date,
    )
    .option('--site <site>', 'a name in config/sites.yaml, or lat,lon,altitude')
    .option(
      '--rate <rate>',
      'observatory seconds per real second (default: the night in 4 minutes)',
      positive,
    )
    .option('--seed <seed>', 'decides weather, sky and noise', number, 1)
    .option('--port <port>', 'port of the page (default: 8000)', port)
    .option('--exit', 'end at dawn with the report and an exit code', false)
    .action(async (options, command: Command) => {
      const { runDemo } = await import('../demo.ts');
      const { loadUnit } = await import('../run-settings.ts');
      const config: string = options.config ?? unitFileOf(command);
      process.exitCode = await runDemo(loadUnit(config), { ...options, config });
    });
}

function addNight(program: Command): void {
  readsUnitFile(program.command('night'))
    .summary('run one night on virtual time, in this process')
    .description(
      'Runs one night in this process on virtual time: the same seed gives the same facts.',
    )
    .option('--seed <seed>', 'decides weather, sky and noise', number, 1)
    .option('--date <date>', 'the night, by the UTC date of the noon before', date)
    .option('--site <site>', 'a name in config/sites.yaml, or lat,lon,altitude')
    .option('--data <folder>', 'where the night is written (default: data/virtual)')
    .action(async (options, command: Command) => {
      const { runVirtualNight } = await import('../virtual-night.ts');
      const { CHECKOUT, loadUnit } = await import('../run-settings.ts');
      const data: string = options.data ?? join(CHECKOUT, 'data', 'virtual');
      process.exitCode = await runVirtualNight(loadUnit(unitFileOf(command)), { ...options, data });
    });
}
