import { isAlive, readSurveys, Sender, type SendOptions, type SentCommand } from '#agent';
import type { Database } from '#db';
import { type Clock, PyrosError } from '#platform';
import { dataFolderOfUser } from '../run-settings.ts';
import { openInUse, runInUse } from './run-in-use.ts';

/** What `./pyros send` may be told. */
export interface RunSendOptions extends SendOptions {
  readonly recipient: string;
  /** The command in words: `eval 2+2`. */
  readonly text: string;
  /** In whose name it is sent. */
  readonly sender: string;
  /** Wait for its end. */
  readonly wait: boolean;
}

/** `./pyros send`: gives 0 when the command was EXECUTED, or sent where nobody waits for its end. */
export async function runSend(options: RunSendOptions): Promise<number> {
  const { recipient, text, sender: name, wait, ...rest } = options;
  const inUse = runInUse(dataFolderOfUser());
  const database = await openInUse(inUse);
  try {
    await refuseGuardian(database, recipient);
    const command = await new Sender({ name, database, clock: inUse.clock }).send(
      recipient,
      text,
      rest,
    );
    if (!wait) {
      console.log(`Command ${command.id} is sent to ${command.recipient}.`);
      return 0;
    }
    await tellWaiting(command, { database, clock: inUse.clock });
    const { state, result, errorCode, errorText } = await command.ended();
    console.log(`CMD_${state}`);
    if (result !== '') console.log(result);
    if (errorText !== '' || errorCode !== '') console.error(`${errorText} (${errorCode})`);
    return state === 'EXECUTED' ? 0 : 1;
  } finally {
    await database.close();
  }
}

/** Nobody but its own verdict moves the guardian; it would leave the command to expire. */
async function refuseGuardian(database: Database, recipient: string): Promise<void> {
  const guardian = (await readSurveys(database)).find(({ status }) => status === 'GUARDING');
  if (guardian?.name.toLowerCase() !== recipient.toLowerCase()) return;
  throw new PyrosError('COMMAND_FORBIDDEN', `${guardian.name} takes no commands.`, {
    remedy: 'See it with ./pyros status; it ends with its run: ./pyros stop.',
  });
}

/** A person would wonder why nothing happens. */
async function tellWaiting(
  { recipient }: SentCommand,
  { database, clock }: { database: Database; clock: Clock },
): Promise<void> {
  const survey = (await readSurveys(database)).find(({ name }) => name === recipient);
  if (!survey || isAlive(survey, clock.now())) return;
  console.error(`${recipient} does not run (${survey.status}): the command waits for its start…`);
}
