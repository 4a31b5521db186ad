import type { InferKyselyDB } from '@mikro-orm/sql';
import type { Reader } from '#agent';
import { insertRow, type Transaction } from '#db';
import { iso } from '#platform';
import type { AlertEntity, StrategyObsEntity } from './alert-entity.ts';
import { type Burst, isAbout } from './burst.ts';
import type { Notice } from './notice.ts';
import { parseStrategy, type StrategyObs } from './strategy.ts';

export type AlertTables = InferKyselyDB<typeof AlertEntity | typeof StrategyObsEntity>;

const tables = (reader: Reader) => reader.tables<AlertTables>();

/** A burst with the sequences that were made for it. */
export interface KnownBurst {
  readonly burst: Burst;
  readonly sequenceIds: readonly number[];
}

/** One alert as stored. */
export type StoredAlert = Awaited<ReturnType<typeof alertsOfNight>>[number];

/** Whether a packet of this name was received before. */
export async function isKnownIvorn(reader: Reader, ivorn: string): Promise<boolean> {
  const row = await tables(reader)
    .selectFrom('alert')
    .select('id')
    .where('ivorn', '=', keyOf(ivorn))
    .executeTakeFirst();
  return row !== undefined;
}

/** Stores one packet with what it told and what was done; gives its number. */
export async function insertAlert(
  transaction: Transaction,
  alert: {
    notice: Notice;
    role: string;
    receivedMs: number;
    outcome: string;
    packet: string;
    known: KnownBurst | null;
  },
): Promise<number> {
  const { notice, known } = alert;
  return await insertRow(transaction, 'alert', {
    ivorn: keyOf(notice.ivorn),
    role: alert.role,
    mission: notice.mission.slice(0, 50),
    trigger: notice.trigger,
    kind: notice.kind,
    ra_deg: notice.target?.raDeg ?? null,
    dec_deg: notice.target?.decDeg ?? null,
    error_deg: notice.target?.errorDeg ?? null,
    event_at: notice.eventMs === null ? null : iso(notice.eventMs),
    notice_at: iso(notice.dateMs),
    received_at: iso(alert.receivedMs),
    outcome: alert.outcome,
    packet: alert.packet,
    burst: known ? JSON.stringify(known.burst) : '',
    sequence_ids: JSON.stringify(known?.sequenceIds ?? []),
  });
}

/** How many alerts back a follow-up may refer to. */
const REMEMBERED_ALERTS = 500;

/** The burst that a notice is about, as the last packet on it left it; null for a new one. */
export async function findBurst(reader: Reader, notice: Notice): Promise<KnownBurst | null> {
  const rows = await tables(reader)
    .selectFrom('alert')
    .select(['burst', 'sequence_ids'])
    .where('burst', '!=', '')
    .orderBy('id', 'desc')
    .limit(REMEMBERED_ALERTS)
    .execute();
  for (const row of rows) {
    const burst = JSON.parse(row.burst) as Burst;
    if (isAbout(notice, burst)) return { burst, sequenceIds: JSON.parse(row.sequence_ids) };
  }
  return null;
}

/** Alerts received since an instant (UTC ms), oldest first. */
export async function alertsOfNight(reader: Reader, sinceMs: number) {
  return await tables(reader)
    .selectFrom('alert')
    .selectAll()
    .where('received_at', '>=', iso(sinceMs))
    .orderBy('id')
    .execute();
}

/** Makes these the strategies, in the place of all others. */
export async function replaceStrategies(
  transaction: Transaction,
  strategies: readonly { name: string; content: string }[],
): Promise<void> {
  await tables(transaction).deleteFrom('strategy_obs').execute();
  for (const strategy of strategies) await insertRow(transaction, 'strategy_obs', { ...strategy });
}

export async function readStrategies(reader: Reader): Promise<StrategyObs[]> {
  const rows = await tables(reader).selectFrom('strategy_obs').selectAll().orderBy('id').execute();
  return rows.map((row) => parseStrategy(row.content, row.name));
}

/** A unique key must fit the narrowest engine; the whole name stays in the packet. */
function keyOf(ivorn: string): string {
  return ivorn.slice(0, 250);
}
