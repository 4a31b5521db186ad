import { existsSync } from 'node:fs';
import { PyrosError } from '#platform';
import { operatorKey, operatorKeyFile } from '../../dashboard/operator-key-file.ts';
import { dataFolderOfUser } from '../run-settings.ts';

/**
 * Prints the key with which the web pages let the operator act. Only its owner can read the file.
 *
 * @throws PyrosError `OPERATOR_KEY` when there is none yet, or it is not fit for use.
 */
export function printOperatorKey(): void {
  const dataFolder = dataFolderOfUser();
  if (!existsSync(operatorKeyFile(dataFolder))) {
    throw new PyrosError('OPERATOR_KEY', 'There is no operator’s key yet.', {
      remedy: 'The web server makes it when it starts: ./pyros start webserver.',
    });
  }
  console.log(operatorKey(dataFolder));
}
