import type { Command } from 'commander';
import { addObservatoryCommand } from './observatory-command.ts';
import {
  isTestOf,
  notNegative,
  number,
  port,
  positive,
  readsUnitFile,
  spokenUnitFileOf,
  unitFileOf,
} from './option-values.ts';

/** Commands that start a unit, end it, watch it, and speak to its agents. */
export function addUnitCommands(program: Command): void {
  program.commandsGroup('The unit:');
  addStart(program);
  addStop(program);
  addStatus(program);
  addSend(program);
  addObservatoryCommand(program);
  addShell(program);
  addServer(program);
  addSims(program);
  addRequest(program);
}

function addStart(program: Command): void {
  readsUnitFile(program.command('start'))
    .summary('start agents, and the simulated devices they need')
    .description(
      [
        'Starts agents in the foreground, until Ctrl-C or ./pyros stop.',
        'Names are those of the unit file or of the guide, in any case:',
        'start agentA,agentB; start webserver; start all.',
        'Devices that the unit file simulates are started too,',
        'unless another start or sims serves them.',
      ].join(' '),
    )
    .argument(
      '<names...>',
      'agents, with commas between them; all: every one that lives with the unit',
    )
    .option(
      '-t, --test',
      'TEST mode: a database of its own, dropped at the end; agents in self-test',
    )
    .option('-k, --keep', 'in TEST mode, keep the database')
    .option('--standby', 'where another life holds the name, take over when it dies')
    .option('--computer <name>', 'only what the unit file puts on this computer')
    .option('--scenario <file>', 'commands that the SuperAgent sends once all live, then all end')
    .option('--port <port>', 'port of the web server', port)
    .option('--seed <seed>', 'decides weather, sky and noise of simulated devices', number)
    .action(async (names: string[], options, command: Command) => {
      const { runStart } = await import('../runs/run-start.ts');
      const said = { ...options, configfile: unitFileOf(command), test: isTestOf(command) };
      process.exitCode = await runStart(names, said);
    });
}

function addStop(program: Command): void {
  readsUnitFile(program.command('stop'))
    .summary('end everything that runs here, or some agents')
    .description(
      [
        'Without names, ends every start, sims and demo of this data folder,',
        'and says how each process ended.',
        'With names, sends these agents the command exit, wherever they run.',
      ].join(' '),
    )
    .argument('[names...]', 'agents, with commas between them')
    .action(async (names: string[], _options, command: Command) => {
      const { runStop } = await import('../runs/run-start.ts');
      process.exitCode = await runStop(names, unitFileOf(command));
    });
}

function addStatus(program: Command): void {
  readsUnitFile(program.command('status'))
    .description('show agents, runs, commands and the last facts')
    .option('--json', 'for programs', false)
    .action(async (options: { json: boolean }, command: Command) => {
      const { runStatus } = await import('../status/run-status.ts');
      const { loadUnit } = await import('../run-settings.ts');
      process.exitCode = await runStatus(loadUnit(unitFileOf(command)), options);
    });
}

interface SendOptions {
  readonly validity: number;
  readonly timeout: number;
  readonly wait: boolean;
  readonly sender: string;
  readonly key?: string;
}

function addSend(program: Command): void {
  const send = program
    .command('send')
    .summary('send a command to an agent, and show its result')
    .description(
      [
        'Sends a command to an agent and waits for its end:',
        'send AgentB eval 3+4; send Observer set mode idle; send AgentX get status.',
        'The exit code is 0 when it was EXECUTED.',
      ].join(' '),
    )
    .argument('<agent>', 'its name in the unit file, in any case')
    .argument('<command...>', 'in the words of the guide: get …, set …, do …, eval …')
    .option('--validity <seconds>', 'not started after this, it is void', positive, 60)
    .option(
      '--timeout <seconds>',
      'not ended so long after its start, it is given up; 0: never',
      notNegative,
      0,
    )
    .option('--no-wait', 'only send it')
    .option('--sender <name>', 'in whose name', 'CommandLine')
    .option('--key <key>', 'sent again under the same key, it is still one command')
    // An expression may begin with a minus.
    .allowUnknownOption()
    .action(async (recipient: string, words: string[]) => {
      const stranger = words.find((word) => /^--?[a-z]/i.test(word));
      if (stranger) send.error(`error: unknown option '${stranger}'`);
      const { runSend } = await import('../runs/run-send.ts');
      const { validity, timeout, ...options } = send.opts<SendOptions>();
      const patience = { validitySeconds: validity, timeoutSeconds: timeout };
      const text = words.join(' ');
      process.exitCode = await runSend({ recipient, text, ...patience, ...options });
    });
}

function addShell(program: Command): void {
  readsUnitFile(program.command('shell'))
    .description('an interactive session with agents and objects')
    .option('--eval <file>', 'type the lines of a file instead of a person')
    .action(async (options: { eval?: string }, command: Command) => {
      const { runShell } = await import('../shell/run-shell.ts');
      const configfile = spokenUnitFileOf(command);
      process.exitCode = await runShell({ eval: options.eval, configfile });
    });
}

function addServer(program: Command): void {
  readsUnitFile(program.command('server'))
    .aliases(['runserver', 'start_web'])
    .summary('start the web server alone')
    .description(
      [
        'Starts the web server alone: server, server 8001, server 0.0.0.0:8000.',
        'Nobody outside this computer is let in unless an IP address says so.',
      ].join(' '),
    )
    .argument('[address]', 'PORT, IP or IP:PORT (default: the unit file, localhost:8000)')
    .option('--port <port>', 'its port', port)
    .action(async (address: string | undefined, options, command: Command) => {
      const { runServer } = await import('../runs/run-start.ts');
      const said = { ...options, configfile: unitFileOf(command), test: isTestOf(command) };
      process.exitCode = await runServer(address, said);
    });
}

function addSims(program: Command): void {
  readsUnitFile(program.command('sims'))
    .alias('sims_launch')
    .summary('all simulated devices, until Ctrl-C; their faults, while they run')
    .description(
      [
        'Starts all simulated devices, until Ctrl-C. While simulators run, of this command or of any',
        'start or demo: sims faults [device] lists what can be wrong with them and what is,',
        'sims set DEVICE FAULT [AMOUNT] and sims clear DEVICE [FAULT] change it,',
        'sims value DEVICE VALUE X sets what the PLC or a weather station measures.',
      ].join(' '),
    )
    .argument('[words...]', 'faults, set, clear or value, and what follows; nothing: start them')
    .option('--seed <seed>', 'decides weather, sky and noise', number)
    .action(async (words: string[], options, command: Command) => {
      if (words.length > 0) {
        const { driveSimulators } = await import('../runs/drive-simulators.ts');
        process.exitCode = await driveSimulators(words, spokenUnitFileOf(command));
        return;
      }
      const { runSims } = await import('../runs/run-start.ts');
      process.exitCode = await runSims({ ...options, configfile: unitFileOf(command) });
    });
}

function addRequest(program: Command): void {
  program
    .command('request')
    .description('submit a request file (XML) to the unit that runs')
    .argument('<file>', 'e.g. config/requests/routine_request_01.xml')
    .action(async (file: string) => {
      const { submitRequest } = await import('../submit-request.ts');
      process.exitCode = await submitRequest(file);
    });
}
