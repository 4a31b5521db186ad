import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AgentContext, type AgentTables, factsAfter, registerAgents } from '#agent';
import { type Database, openDatabase } from '#db';
import { RealClock, silentLogger } from '#platform';
import { migrateDatabase } from '../src/main/prepare-run.ts';
import { type PrivateServer, startPostgres } from './database-servers.ts';
import {
  CountingDevice,
  keyOf,
  RECIPIENT,
  RecipientAgent,
  SCRIPT,
  SENDER,
  SenderAgent,
} from './kill-points/exchange.ts';
import type { Death } from './kill-points/mortal.ts';
import { needs } from './needs.ts';

type Role = 'sender' | 'recipient';

const VICTIM = join(import.meta.dirname, 'kill-points', 'victim.ts');
const LONGEST_MS = 20_000;
/** No exchange makes so many writes: a sweep that comes here does not end by itself. */
const MOST_WRITES = 200;

function startVictim(
  role: Role,
  parts: { url: string; port: number; death?: Death },
): ChildProcess {
  const { url, port, death } = parts;
  const how = death ? [`${death.write}`, death.when] : [];
  const args = ['--disable-warning=ExperimentalWarning', VICTIM, role, url, `${port}`, ...how];
  const cache = join(import.meta.dirname, '..', 'node_modules', '.cache', 'node');
  return spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
}

const exitOf = (child: ChildProcess) =>
  new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? String(code)));
  });

/** The part that nobody kills, in this process. */
function startPartner(role: Role, database: Database, port: number) {
  const context: AgentContext = {
    name: role === 'sender' ? SENDER : RECIPIENT,
    clock: new RealClock(),
    database,
    pid: process.pid,
    log: silentLogger,
  };
  const agent = role === 'sender' ? new SenderAgent(context) : new RecipientAgent(context, port);
  return { agent, life: agent.run() };
}

/** One exchange in which the victim dies at one write, and lives on in a second life. */
async function exchangeWithDeath(
  database: Database,
  { url, victim, death }: { url: string; victim: Role; death: Death },
): Promise<{ died: boolean; problems: string[] }> {
  const device = await CountingDevice.start();
  const { port } = device;
  const partner = startPartner(victim === 'sender' ? 'recipient' : 'sender', database, port);
  const first = startVictim(victim, { url, port, death });
  let last = first;
  let died = false;
  let isOver = false;
  const restarted = exitOf(first).then((end) => {
    died = end === 'SIGKILL';
    // Whoever dies as it leaves has nothing more to do.
    if (died && !isOver) last = startVictim(victim, { url, port });
    return last.exitCode === null && last.signalCode === null ? exitOf(last) : end;
  });
  const played =
    partner.agent instanceof SenderAgent ? partner.agent.played : restarted.then(() => undefined);
  const isLate = Symbol('late');
  const late = new Promise((resolve) => setTimeout(resolve, LONGEST_MS, isLate).unref());
  const end = await Promise.race([played, late]);
  isOver = true;
  if (last.exitCode === null && last.connected) last.send('stop');
  partner.agent.stop();
  await partner.life;
  if (end === isLate) last.kill('SIGKILL');
  else await Promise.race([restarted, late]);
  device.stop();
  const problems = end === isLate ? ['it never ended'] : await problemsOf(database, device);
  return { died, problems };
}

/** What was lost or done twice, in sentences. */
async function problemsOf(database: Database, device: CountingDevice): Promise<string[]> {
  const rows = await database
    .tables<AgentTables>()
    .selectFrom('command')
    .selectAll()
    .orderBy('id')
    .execute();
  const problems: string[] = [];
  if (rows.length !== SCRIPT.length) problems.push(`${rows.length} commands`);
  for (const [i, step] of SCRIPT.entries()) {
    const [row] = rows.filter((one) => one.command_key === keyOf(i));
    const state = row?.state ?? 'LOST';
    if (!step.ends.some((one) => one === state)) problems.push(`"${step.command}" is ${state}`);
  }
  const moved = rows
    .filter((row) => row.name === 'move' && row.state === 'EXECUTED')
    .map((row) => String(row.id));
  const wanted = moved.map((id) => [`move of command ${id}`, 1]);
  if (JSON.stringify([...device.moves]) !== JSON.stringify(wanted)) {
    problems.push(`moves ${JSON.stringify([...device.moves])}`);
  }
  const facts = await factsAfter(database, 0);
  const told = facts.flatMap((fact) => (fact.type === 'DeviceFailed' ? [fact.payload.reason] : []));
  const heard = facts.flatMap((fact) =>
    fact.type === 'AgentRestarted' ? [fact.payload.reason] : [],
  );
  if (String(told) !== String(moved)) problems.push(`told ${told} of ${moved}`);
  if (String(heard) !== String(moved)) problems.push(`heard ${heard} of ${moved}`);
  return problems;
}

const EMPTIED = ['fact', 'fact_cursor', 'command', 'effect', 'agents_survey', 'log'];

async function empty(database: Database): Promise<void> {
  await database.transaction(async (work) => {
    for (const table of EMPTIED) await sql`delete from ${sql.table(table)}`.execute(work.tables());
    await registerAgents(work, [SENDER, RECIPIENT], 0);
  });
}

let server: PrivateServer | null = null;
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pyros-sweep-'));
  if (needs('postgresql').available) server = await startPostgres();
});

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ENGINES = [
  { engine: 'SQLite', available: true, url: (name: string) => `sqlite:${join(folder, name)}` },
  {
    engine: 'PostgreSQL',
    available: needs('postgresql').available,
    url: (name: string) => server?.another(name) ?? '',
  },
];

for (const { engine, available, url } of ENGINES) {
  for (const victim of ['sender', 'recipient'] as const) {
    // Two at a time: one for each processor.
    describe.skipIf(!available)(`the ${victim} killed on ${engine}`, () => {
      for (const when of ['before', 'after'] as const) {
        it.concurrent(`${when} each of its writes: nothing lost, nothing twice`, async () => {
          const address = url(`${victim}_${when}`);
          await migrateDatabase(address);
          const database = await openDatabase(address);
          const found: string[] = [];
          let write = 1;
          for (; write < MOST_WRITES; write++) {
            await empty(database);
            const death = { write, when };
            const { died, problems } = await exchangeWithDeath(database, {
              url: address,
              victim,
              death,
            });
            found.push(...problems.map((problem) => `write ${write}: ${problem}`));
            if (!died) break;
          }
          await database.close();
          process.stdout.write(`${engine}, ${victim}, ${when}: ${write - 1} deaths\n`);
          expect(found).toEqual([]);
          expect(write).toBeGreaterThan(15);
          expect(write).toBeLessThan(MOST_WRITES);
        });
      }
    });
  }
}
