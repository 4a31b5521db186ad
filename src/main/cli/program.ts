import { Command } from 'commander';
import { nearestName } from '#platform';
import { addCareCommands } from './care-commands.ts';
import { addDatabaseCommands } from './database-commands.ts';
import { addDevelopmentCommands } from './development-commands.ts';
import { addNightCommands } from './night-commands.ts';
import { addOldNames } from './old-names.ts';
import { addGlobalOptions } from './option-values.ts';
import { addPlanCommand } from './plan-command.ts';
import { addSimulateCommand } from './simulate-command.ts';
import { addUnitCommands } from './unit-commands.ts';

/** The whole command line. What a command needs is loaded when it runs. */
export function buildProgram(version: string): Command {
  const program = new Command('pyros')
    .description('PyROS runs a robotic observatory by itself, night after night.')
    .version(version)
    .enablePositionalOptions()
    .showSuggestionAfterError(false)
    .showHelpAfterError('All about a command: ./pyros COMMAND --help.')
    .configureHelp({ showGlobalOptions: false, subcommandTerm: (command) => command.name() })
    .helpCommand(false);
  addGlobalOptions(program);
  addUnitCommands(program);
  addNightCommands(program);
  addPlanCommand(program);
  addSimulateCommand(program);
  addDatabaseCommands(program);
  addCareCommands(program);
  addDevelopmentCommands(program);
  addOldNames(program);
  program.addCommand(helpCommand(program));
  program.addHelpText(
    'after',
    '\nAll about a command: ./pyros COMMAND --help, and docs/command-line.md.',
  );
  program.configureOutput({
    outputError: (text, write) => write(unknownCommandText(text, program) ?? text),
  });
  return program;
}

function helpCommand(program: Command): Command {
  return new Command('help')
    .argument('[command]', 'which one')
    .description('tell all about a command')
    .helpGroup('The installation:')
    .action((wish: string | undefined) => {
      if (wish === undefined) return program.help();
      const all = program.commands;
      const command = all.find((one) => one.name() === wish || one.aliases().includes(wish));
      return command ? command.help() : program.error(`error: unknown command '${wish}'`);
    });
}

/** What to say of a command that does not exist: the nearest one, and the list. */
function unknownCommandText(text: string, program: Command): string | null {
  const [, wish] = /^error: unknown command '(.*)'/.exec(text) ?? [];
  if (wish === undefined) return null;
  const names = program
    .createHelp()
    .visibleCommands(program)
    .map((command) => command.name());
  const near = nearestName(wish, names);
  const guess = near ? ` Did you mean ${near}?` : '';
  return `There is no command "${wish}".${guess} There are ${names.join(', ')}.\n`;
}
