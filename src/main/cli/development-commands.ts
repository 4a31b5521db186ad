import type { Command } from 'commander';

/** Commands for people who change PyROS. */
export function addDevelopmentCommands(program: Command): void {
  program.commandsGroup('Development:');
  addCheck(program);
  addUnittest(program);
  addTest(program);
  addBench(program);
  addMakemigrations(program);
}

function addCheck(program: Command): void {
  program
    .command('check')
    .description('format, lint, types, import rules, sizes, unit tests')
    .action(async () => {
      const { runChecks } = await import('../../../tools/run-checks.ts');
      process.exitCode = await runChecks({ only: 'check' });
    });
}

function addUnittest(program: Command): void {
  program
    .command('unittest')
    .aliases(['test_all'])
    .description('every unit test')
    .action(async () => {
      const { runTests } = await import('./run-tests.ts');
      process.exitCode = await runTests({ filters: ['--project', 'unit'], name: undefined });
    });
}

function addTest(program: Command): void {
  program
    .command('test')
    .summary('every check and every test, or some tests')
    .description(
      [
        'Runs every check and every test; with a path or a name, only those tests:',
        'test planning; test src/agent/command.test.ts; test majordome.tests; test -t killed.',
      ].join(' '),
    )
    .argument('[path]', 'a folder, a file, or app[.class[.method]] as in the guide')
    .option('-t, --name <words>', 'only tests whose name has these words')
    .option('-k, --keep', 'keep the temporary databases of the tests')
    .action(async (path: string | undefined, { name, keep }: { name?: string; keep?: true }) => {
      if (keep) process.env.PYROS_TEST_KEEP = '1';
      if (path === undefined && name === undefined) {
        const { runChecks } = await import('../../../tools/run-checks.ts');
        process.exitCode = await runChecks({ only: 'test' });
        return;
      }
      const { runTests } = await import('./run-tests.ts');
      const { selectTests } = await import('./test-selection.ts');
      process.exitCode = await runTests(selectTests(path, name));
    });
}

function addBench(program: Command): void {
  program
    .command('bench')
    .description('run a measurement of bench/ by its name')
    .argument('<name>', 'e.g. alert-latency')
    .argument('[arguments...]', 'of the measurement')
    // Each measurement reads its own.
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (name: string, rest: string[]) => {
      const { runBench } = await import('../run-bench.ts');
      process.exitCode = await runBench(name, rest);
    });
}

function addMakemigrations(program: Command): void {
  program
    .command('makemigrations')
    .description('write the migration to the tables of the code')
    .argument('[name]', 'what the change is about, in kebab-case')
    .argument('[urls...]', 'of empty databases of other engines')
    .action(async (name: string | undefined, urls: string[]) => {
      const { runProgram } = await import('../care/run-program.ts');
      const args = [...(name === undefined ? [] : [name]), ...urls];
      const tool = [...process.execArgv, 'tools/make-migration.ts', ...args];
      process.exitCode = await runProgram(process.execPath, tool);
    });
}
