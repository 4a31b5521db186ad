import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { RealClock } from '#platform';
import { CHECKOUT, dataFolderOfUser } from '../run-settings.ts';
import { findRubbish } from './rubbish.ts';

/** `./pyros cleanup`: removes what nobody needs any more, and says what. */
export function runCleanup({ dryRun }: { dryRun: boolean }): number {
  const rubbish = findRubbish({
    dataFolder: dataFolderOfUser(),
    checkout: CHECKOUT,
    tempFolder: tmpdir(),
    nowMs: new RealClock().now(),
    uid: process.getuid?.() ?? null,
  });
  for (const { path, why } of rubbish) {
    console.log(`${dryRun ? 'would remove' : 'removed'} ${path}: ${why}`);
    if (!dryRun) rmSync(path, { recursive: true, force: true });
  }
  if (rubbish.length === 0) console.log('There is nothing to clean up.');
  return 0;
}
