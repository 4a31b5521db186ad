/**
 * What may keep an observatory busy while the weather turns, in a process of its own: `WEB_ADDRESS
 * SQLITE_FILE`. Its web server is asked by many at once, and its database is locked by a writer for the
 * greater part of the time. Ends with its parent.
 */
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

const [web = '', file = ''] = process.argv.slice(2);
const VISITORS = 16;
const PAGES = ['/', '/api/tonight', '/schedule'];
const LOCKED_MS = 300;
const FREE_MS = 150;

process.on('disconnect', () => process.exit());
for (let visitor = 0; visitor < VISITORS; visitor++) void visit(visitor);
void lock();
process.send?.({ ready: true });

async function visit(visitor: number): Promise<never> {
  for (let turn = visitor; ; turn++) {
    try {
      const answer = await fetch(`${web}${PAGES[turn % PAGES.length]}`);
      await answer.arrayBuffer();
    } catch {
      // A server that is overwhelmed refuses some.
      await sleep(20);
    }
  }
}

async function lock(): Promise<never> {
  const database = new DatabaseSync(file, { timeout: 1000 });
  for (;;) {
    try {
      database.exec('begin immediate');
      await sleep(LOCKED_MS);
      database.exec('rollback');
    } catch {
      // Another writer has it: that is a lock too.
    }
    await sleep(FREE_MS);
  }
}
