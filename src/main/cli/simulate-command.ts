import { type Command, InvalidArgumentError } from 'commander';
import {
  date,
  number,
  positive,
  readsUnitFile,
  spokenUnitFileOf,
  unitFileOf,
} from './option-values.ts';

/** `simulate`: months of nights in a few minutes, for those who share out telescope time. */
export function addSimulateCommand(program: Command): void {
  readsUnitFile(program.command('simulate'))
    .helpGroup('Planning:')
    .summary('plan and observe months of simulated nights')
    .description(
      [
        'Plans and observes every night of a period with seeded weather, alerts and failures,',
        'and reports what each program gets and where the time goes.',
        'All about it: docs/how-to/simulate-a-semester.md.',
      ].join(' '),
    )
    .option('--config <name>', 'the same as --configfile')
    .requiredOption('--from <date>', 'the first night, by the UTC date of the noon before', date)
    .requiredOption('--to <date>', 'the day after the last night', date)
    .option('--weather <seed>', 'decides when it is clear', number, 1)
    .option('--seed <seed>', 'decides demand, alerts, failures and overruns', number, 1)
    .option('--requests <file>', 'what is asked for, as JSON (default: a made-up demand)')
    .option('--sequences <count>', 'size of the made-up demand (default: 2000)', count)
    .option('--load <share>', 'time it asks for, over the clear dark time (default: 1.5)', positive)
    .option('--loss <share>', 'share of the time that the weather takes (default: 0.35)', share)
    .option('--spell <hours>', 'mean length of a closed spell (default: 14)', positive)
    .option('--seeing <arcsec>', 'median of the seeing (default: 1.2)', between(0.1, 20))
    .option('--alerts <mean>', 'alerts per night (default: 0.3)', between(0, 100))
    .option('--failures <share>', 'share of the attempts that fail (default: 0.02)', share)
    .option('--overruns <share>', 'share of them that take longer (default: 0.05)', share)
    .option('--what-if <settings...>', 'compare with these changed: quota.P1=+20%, minAlt=35 …')
    .option('--json <file>', 'writes the whole report')
    .action(async (options, command: Command) => {
      const { runSimulation } = await import('../season/run-simulation.ts');
      const { loadUnit } = await import('../run-settings.ts');
      const config: string = spokenUnitFileOf(command) ?? options.config ?? unitFileOf(command);
      process.exitCode = await runSimulation(loadUnit(config), options);
    });
}

function count(text: string): number {
  const value = number(text);
  if (!Number.isInteger(value) || value < 1 || value > 1_000_000) {
    throw new InvalidArgumentError('Write a whole number from 1 to 1000000.');
  }
  return value;
}

const share = between(0, 1);

/** A number within limits, both included. */
function between(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = number(text);
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Write a number from ${least} to ${most}.`);
  };
}
