import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { PyrosError } from '#platform';
import { CHECKOUT, dataFolderOfUser } from '../run-settings.ts';
import { liveRuns } from '../runs/run-record.ts';
import { runProgram, said } from './run-program.ts';

/** The launcher: it installs what is missing before it does what it is asked. */
const LAUNCHER = join(CHECKOUT, 'pyros');
/** Its note of what it installed. */
const STAMP = join(CHECKOUT, 'node_modules', '.pyros-install');

/**
 * `./pyros install`: the dependencies, which the launcher has brought before this runs, and the
 * database. `again` has the launcher fetch them anew.
 */
export async function runInstall({ again }: { again: boolean }): Promise<number> {
  if (!again) console.log('The dependencies are in place.');
  else rmSync(STAMP, { force: true });
  // A process of its own: this one may have code of before in memory.
  return await runProgram(LAUNCHER, ['updatedb']);
}

/**
 * `./pyros update`: the newest code, its dependencies, and the database.
 *
 * @throws PyrosError `UPDATE_IMPOSSIBLE` when git or what it needs is missing, or files were changed;
 * `UNIT_RUNNING` while a run of this data folder lives.
 */
export async function runUpdate(): Promise<number> {
  const [run] = liveRuns(dataFolderOfUser());
  if (run) {
    throw new PyrosError(
      'UNIT_RUNNING',
      `Nothing was changed: ${run.command} runs (process ${run.pid}).`,
      {
        remedy: 'Stop it with ./pyros stop, then update.',
      },
    );
  }
  const obstacle = findObstacle(said);
  if (obstacle) {
    const { sentence, remedy } = obstacle;
    throw new PyrosError('UPDATE_IMPOSSIBLE', `Nothing was changed: ${sentence}`, { remedy });
  }
  const pulled = await runProgram('git', ['pull', '--ff-only']);
  if (pulled !== 0) {
    throw new PyrosError('UPDATE_IMPOSSIBLE', 'The newest code could not be fetched; see above.', {
      remedy: 'Mend what git says and run ./pyros update again: nothing is half done.',
    });
  }
  return await runProgram(LAUNCHER, ['install']);
}

/** Why git cannot bring the newest code; `ask` gives what a program says, null where it fails. */
export function findObstacle(
  ask: (program: string, args: readonly string[]) => string | null,
): { sentence: string; remedy: string } | null {
  if (ask('git', ['--version']) === null) {
    return { sentence: 'git is missing.', remedy: 'Install it (Debian: apt-get install git).' };
  }
  if (ask('git', ['rev-parse', '--is-inside-work-tree']) !== 'true') {
    const remedy = 'Clone PyROS with git, and take data/ and your unit file over.';
    return { sentence: 'this folder is no git checkout.', remedy };
  }
  if (ask('git', ['rev-parse', '--abbrev-ref', '@{upstream}']) === null) {
    const remedy = 'Set it: git branch --set-upstream-to=origin/main.';
    return { sentence: 'this branch follows no remote branch.', remedy };
  }
  const changed = ask('git', ['status', '--porcelain', '--untracked-files=no']) ?? '';
  if (changed !== '') {
    const files = changed.split('\n').map((line) => line.slice(2).trim());
    const sentence = `files of the checkout were changed: ${files.slice(0, 5).join(', ')}.`;
    return { sentence, remedy: 'Commit them, or put them aside with git stash.' };
  }
  return null;
}
