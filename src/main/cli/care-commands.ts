import type { Command } from 'commander';
import { readsUnitFile, unitFileOf } from './option-values.ts';

/** Commands that look after the installation. */
export function addCareCommands(program: Command): void {
  program.commandsGroup('The installation:');
  addDoctor(program);
  addCleanup(program);
  addInstall(program);
  addUpdate(program);
  addCompletion(program);
}

function addDoctor(program: Command): void {
  readsUnitFile(program.command('doctor'))
    .description('examine all that PyROS stands on, with remedies')
    .action(async (_options, command: Command) => {
      const { runDoctor } = await import('../care/run-doctor.ts');
      process.exitCode = await runDoctor(unitFileOf(command));
    });
}

function addCleanup(program: Command): void {
  program
    .command('cleanup')
    .description('remove old logs, leftovers of dead runs and of tests')
    .option('-n, --dry-run', 'only say what would be removed', false)
    .action(async (options: { dryRun: boolean }) => {
      const { runCleanup } = await import('../care/run-cleanup.ts');
      process.exitCode = runCleanup(options);
    });
}

function addInstall(program: Command): void {
  program
    .command('install')
    .description('bring dependencies, web pages and database about')
    .option('--again', 'fetch the dependencies anew', false)
    .action(async (options: { again: boolean }) => {
      const { runInstall } = await import('../care/run-update.ts');
      process.exitCode = await runInstall(options);
    });
}

function addUpdate(program: Command): void {
  program
    .command('update')
    .description('fetch the newest code (git pull), then install')
    .action(async () => {
      const { runUpdate } = await import('../care/run-update.ts');
      process.exitCode = await runUpdate();
    });
}

function addCompletion(program: Command): void {
  readsUnitFile(program.command('completion'))
    .summary('print what lets a shell complete commands')
    .description('Prints what lets bash complete commands: eval "$(./pyros completion bash)"')
    .argument('<shell>', 'bash')
    .action(async (shell: string, _options, command: Command) => {
      if (shell !== 'bash') command.error(`error: no completion for '${shell}': there is bash.`);
      const { bashCompletion } = await import('./bash-completion.ts');
      const { loadUnit } = await import('../run-settings.ts');
      const agents = loadUnit(unitFileOf(command)).agents.map((agent) => agent.alias);
      process.stdout.write(bashCompletion(program, agents));
    });
}
