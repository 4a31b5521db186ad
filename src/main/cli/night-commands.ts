import { join } from 'node:path';
import type { Command } from 'commander';
import { date, number, port, positive, readsUnitFile, unitFileOf } from './option-values.ts';

/** Commands that show a whole simulated night. */
export function addNightCommands(program: Command): void {
  program.commandsGroup('A simulated night:');
  addDemo(program);
  addNight(program);
  addSoak(program);
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
    .option('--dark <seconds>', 'with INDI devices: so many dark seconds (default: 330)', positive)
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

function addSoak(program: Command): void {
  readsUnitFile(program.command('soak'))
    .summary('run many nights with random faults, and check that nothing unsafe happens')
    .description(
      [
        'Runs nights on virtual time in which devices, sensors, weather and processes fail as the seed',
        'decides, checks every invariant of docs/safety.md every second, and that memory stays flat.',
        'Ends with 1 at the first night that breaks one, saying how to play that night again.',
      ].join(' '),
    )
    .option('--nights <nights>', 'how many', positive, 30)
    .option('--seed <seed>', 'decides the nights and their faults', number, 1)
    .option('--data <folder>', 'where the nights are written (default: data/soak)')
    .action(async (options, command: Command) => {
      const { runSoak } = await import('../observatory/run-soak.ts');
      const { CHECKOUT, loadUnit } = await import('../run-settings.ts');
      const data: string = options.data ?? join(CHECKOUT, 'data', 'soak');
      process.exitCode = await runSoak(loadUnit(unitFileOf(command)), { ...options, data });
    });
}
