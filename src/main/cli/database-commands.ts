import type { Command } from 'commander';
import { readsUnitFile, unitFileOf } from './option-values.ts';

/** Commands on the database of `PYROS_DATABASE_URL`, or of the data folder. */
export function addDatabaseCommands(program: Command): void {
  program.commandsGroup('The database:');
  addInitdb(program);
  addUpdatedb(program);
  addDbshell(program);
  addBackup(program);
  addRestore(program);
}

function addInitdb(program: Command): void {
  readsUnitFile(program.command('initdb'))
    .description('make a new one with its first content')
    .option('--yes', 'take the place of what is there, after backing it up')
    .action(async (options, command: Command) => {
      const { runInitdb } = await import('../database/run-initdb.ts');
      process.exitCode = await runInitdb({ ...options, configfile: unitFileOf(command) });
    });
}

function addUpdatedb(program: Command): void {
  program
    .command('updatedb')
    .aliases(['migrate'])
    .description('bring it to the structure of this code')
    .action(async () => {
      const { runUpdatedb } = await import('../database/run-updatedb.ts');
      process.exitCode = await runUpdatedb();
    });
}

function addDbshell(program: Command): void {
  program
    .command('dbshell')
    .description('open its console, to read')
    .option('-c, --command <sql>', 'run one statement and end')
    .option('--write', 'let statements change what is there')
    .option('--built-in', 'use the console that comes with PyROS')
    .action(async (options) => {
      const { runDbshell } = await import('../database/run-dbshell.ts');
      process.exitCode = await runDbshell(options);
    });
}

function addBackup(program: Command): void {
  program
    .command('backup')
    .description('write it to one file, while agents go on working')
    .argument('[file]', 'a new file (default: data/backups/<UTC>.pyros.gz)')
    .action(async (file: string | undefined) => {
      const { runBackup } = await import('../database/run-backup.ts');
      process.exitCode = await runBackup({ file });
    });
}

function addRestore(program: Command): void {
  program
    .command('restore')
    .description('fill an empty one, of any engine, from a backup')
    .argument('<file>', 'what backup wrote')
    .option('--replace', 'take the place of what is there, after backing it up')
    .action(async (file: string, options) => {
      const { runRestore } = await import('../database/run-restore.ts');
      process.exitCode = await runRestore({ ...options, file });
    });
}
