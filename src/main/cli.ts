import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { PyrosError, sentenceOf } from '#platform';
import { CHECKOUT, loadUnit, versionOfCode } from './run-settings.ts';

const program = new Command('pyros')
  .description('PyROS runs a robotic observatory by itself, night after night.')
  .version(versionOfCode())
  .option('--configfile <name>', 'unit file: a name in config/ or a path', 'simulated');

const number = (text: string): number => {
  const value = Number(text);
  if (!Number.isFinite(value)) throw new InvalidArgumentError('Write a number.');
  return value;
};
const positive = (text: string): number => {
  const value = number(text);
  if (value <= 0) throw new InvalidArgumentError('Write a number greater than zero.');
  return value;
};
const port = (text: string): number => {
  const value = number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65535) {
    throw new InvalidArgumentError('Write a port from 1 to 65535.');
  }
  return value;
};
const date = (text: string): string => {
  const parsed = new Date(`${text}T12:00:00Z`);
  const real = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !real) {
    throw new InvalidArgumentError('Write a date such as 2014-04-23.');
  }
  return text;
};

const unitFile = (): string => program.opts<{ configfile: string }>().configfile;

program
  .command('demo')
  .description('show one whole simulated night in about four minutes')
  .option('--config <name>', 'unit file: a name in config/ or a path')
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
  .action(async (options) => {
    const { runDemo } = await import('./demo.ts');
    const config = options.config ?? unitFile();
    process.exitCode = await runDemo(loadUnit(config), { ...options, config });
  });

program
  .command('night')
  .description('run one night in this process on virtual time; the same seed gives the same facts')
  .option('--seed <seed>', 'decides weather, sky and noise', number, 1)
  .option('--date <date>', 'the night, by the UTC date of the noon before', date)
  .option('--site <site>', 'a name in config/sites.yaml, or lat,lon,altitude')
  .option('--data <folder>', 'where the night is written', join(CHECKOUT, 'data', 'virtual'))
  .action(async (options) => {
    const { runVirtualNight } = await import('./virtual-night.ts');
    process.exitCode = await runVirtualNight(loadUnit(unitFile()), options);
  });

program
  .command('request')
  .description('submit a request file (XML) to the unit that runs here')
  .argument('<file>', 'e.g. config/requests/routine_request_01.xml')
  .action(async (file: string) => {
    const { submitRequest } = await import('./submit-request.ts');
    process.exitCode = await submitRequest(file);
  });

program
  .command('check')
  .description('format, lint, types, import rules, sizes, unit tests')
  .action(async () => {
    const { runChecks } = await import('../../tools/run-checks.ts');
    process.exitCode = await runChecks({ only: 'check' });
  });

program
  .command('test')
  .description('every check and every test')
  .action(async () => {
    const { runChecks } = await import('../../tools/run-checks.ts');
    process.exitCode = await runChecks({ only: 'test' });
  });

program
  .command('bench')
  .description('run a measurement of bench/ by its name')
  .argument('<name>', 'e.g. alert-latency')
  .argument('[arguments...]')
  // Each measurement reads its own.
  .allowUnknownOption()
  .action(async (name: string, rest: string[]) => {
    const { runBench } = await import('./run-bench.ts');
    process.exitCode = await runBench(name, rest);
  });

program
  .command('updatedb')
  .description('bring the database to the structure of this code')
  .action(async () => {
    const { migrateDatabase } = await import('./prepare-run.ts');
    const url =
      process.env.PYROS_DATABASE_URL ?? `sqlite:${join(CHECKOUT, 'data', 'pyros.sqlite')}`;
    const applied = await migrateDatabase(url);
    console.log(
      applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`,
    );
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof PyrosError ? sentenceOf(error) : error);
  process.exitCode = 1;
}
