import { Argument, type Command, InvalidArgumentError } from 'commander';
import { nearestName } from '#platform';
import { positive, readsUnitFile, unitFileOf } from './option-values.ts';

/** What can be done with the observatory; the completion of bash offers them. */
export const OBSERVATORY_WORDS = [
  'status',
  'lock',
  'unlock',
  'remote',
  'scheduler',
  'bypass',
  'stop-bypass',
  'key',
] as const;

/** The buttons of the guide's page "Observatory control", for a terminal. */
export function addObservatoryCommand(program: Command): void {
  readsUnitFile(program.command('observatory'))
    .summary('see the observatory, lock it, overrule the PLC')
    .description(
      [
        'Shows the mode, the raw PLC, bypass, lock and effective values apart, and what stands',
        'against observing; or gives the Majordome an order, in the name of the user of this',
        'computer, and says what came of it. With key, prints the operator’s key of the web pages.',
      ].join(' '),
    )
    .addArgument(
      new Argument('[act]', `what to do: ${OBSERVATORY_WORDS.join(', ')}`)
        .argParser(observatoryWord)
        .default('status'),
    )
    .option('--reason <words>', 'why: needed for lock, unlock and bypass')
    .option('--minutes <minutes>', 'how long a bypass lasts at most', positive, 30)
    .action(async (act: (typeof OBSERVATORY_WORDS)[number], options, command: Command) => {
      if (act === 'key') {
        const { printOperatorKey } = await import('../runs/print-operator-key.ts');
        printOperatorKey();
        return;
      }
      const { runObservatory } = await import('../runs/run-observatory.ts');
      const { reason, minutes } = options as { reason?: string; minutes: number };
      const configfile = unitFileOf(command);
      process.exitCode = await runObservatory({ act, reason, minutes, configfile });
    });
}

function observatoryWord(text: string): (typeof OBSERVATORY_WORDS)[number] {
  const word = OBSERVATORY_WORDS.find((one) => one === text.toLowerCase());
  if (word) return word;
  const near = nearestName(text, OBSERVATORY_WORDS);
  const guess = near ? `Did you mean ${near}? ` : '';
  throw new InvalidArgumentError(`${guess}There are ${OBSERVATORY_WORDS.join(', ')}.`);
}
