import { type Command, InvalidArgumentError, Option } from 'commander';
import { notNegative, number } from './option-values.ts';

/** `plan`: one night of an instance file, for anyone who wants to judge the planner from outside. */
export function addPlanCommand(program: Command): void {
  program
    .command('plan')
    .helpGroup('Planning:')
    .summary('plan the night of an instance file')
    .description(
      'Plans the night of an instance file (docs/command-line.md) and writes the plan with its bound and gap.',
    )
    .argument('<instance>', 'a JSON file')
    .requiredOption('--out <file>', 'where the plan is written, as JSON')
    .addOption(
      new Option('--effort <effort>', 'first: a valid plan at once; full: a good one')
        .choices(['first', 'full'])
        .default('full'),
    )
    .option('--seed <seed>', 'decides between equals', number, 0)
    .option('--iterations <count>', 'iterations of the bound instead of those of --effort', count)
    .option('--rounds <count>', 'rounds of the search instead of those of --effort', count)
    .action(async (instance: string, options) => {
      const { planInstanceFile } = await import('../plan-instance.ts');
      process.exitCode = planInstanceFile(instance, options);
    });
}

function count(text: string): number {
  const value = notNegative(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('Write a whole number.');
  return value;
}
