import { Sender, type SendOptions } from '#agent';
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
    const command = await new Sender({ name, database, clock: inUse.clock }).send(
      recipient,
      text,
      rest,
    );
    if (!wait) {
      console.log(`Command ${command.id} is sent to ${command.recipient}.`);
      return 0;
    }
    const { state, result, errorCode, errorText } = await command.ended();
    console.log(`CMD_${state}`);
    if (result !== '') console.log(result);
    if (errorText !== '' || errorCode !== '') console.error(`${errorText} (${errorCode})`);
    return state === 'EXECUTED' ? 0 : 1;
  } finally {
    await database.close();
  }
}
