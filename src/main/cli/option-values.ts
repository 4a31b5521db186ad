import { type Command, InvalidArgumentError, Option } from 'commander';

/** What options hold, checked as they are read. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new InvalidArgumentError('Write a number.');
  }
  return value;
}

export function positive(text: string): number {
  const value = number(text);
  if (value <= 0) throw new InvalidArgumentError('Write a number greater than zero.');
  return value;
}

export function notNegative(text: string): number {
  const value = number(text);
  if (value < 0) throw new InvalidArgumentError('Write zero or a number greater than zero.');
  return value;
}

export function port(text: string): number {
  const value = number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65535) {
    throw new InvalidArgumentError('Write a port from 1 to 65535.');
  }
  return value;
}

export function date(text: string): string {
  const parsed = new Date(`${text}T12:00:00Z`);
  const isReal = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !isReal) {
    throw new InvalidArgumentError('Write a date such as 2014-04-23.');
  }
  return text;
}

const UNIT_FILE = 'unit file: a name in config/ or a path';

/** The options that stand before any command. */
export function addGlobalOptions(program: Command): void {
  program
    .option('--configfile <name>', `${UNIT_FILE} (default: simulated)`)
    .option('-t, --test', 'TEST mode of start: a database of its own, agents in self-test');
}

/** Lets the unit file be named after the command too, as `--configfile` or the demo's `--config`. */
export function readsUnitFile(command: Command): Command {
  return command.addOption(new Option('--configfile <name>', UNIT_FILE));
}

/** The unit file, said before the command or after it. */
export function unitFileOf(command: Command): string {
  return spokenUnitFileOf(command) ?? 'simulated';
}

/** The same; undefined when nobody said it. */
export function spokenUnitFileOf(command: Command): string | undefined {
  return spoken<string>(command, 'configfile');
}

/** Whether TEST mode was asked for, before the command or after it. */
export function isTestOf(command: Command): boolean {
  return spoken<boolean>(command, 'test') ?? false;
}

function spoken<T>(command: Command, name: string): T | undefined {
  for (let one: Command | null = command; one; one = one.parent) {
    const value = one.getOptionValue(name) as T | undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}
