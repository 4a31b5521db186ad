import { openDatabase } from '#db';
import { type Clock, PyrosError, parseIso, RealClock } from '#platform';
import { clockOf } from '../run-settings.ts';
import { settingsOfDatabase } from '../runs/run-in-use.ts';
import { isThere, type Place } from './database-place.ts';

/** What the database says of the unit that lives on it. */
export interface UnitLife {
  /** Agents that gave a sign of life of late. */
  readonly living: readonly string[];
  readonly dome: 'closed' | 'open' | 'unknown';
}

interface LifeTables {
  agents_survey: { name: string; status: string; updated: string; validity_duration_sec: number };
  fact: { id: number; type: string };
}

const DOME_FACTS = ['DomeOpening', 'DomeOpened', 'DomeClosing', 'DomeClosed'];
const AT_REST = ['STOPPED', 'NOT_STARTED'];

/** Looks for living agents, on the time that the unit itself lives by, and at the dome. */
export async function lookAtUnit(place: Place): Promise<UnitLife> {
  const nothing: UnitLife = { living: [], dome: 'unknown' };
  if (!isThere(place.address)) return nothing;
  const database = await openDatabase(place.url, { alone: true });
  try {
    const names = (await database.tables().introspection.getTables()).map((table) => table.name);
    if (!names.includes('agents_survey') || !names.includes('fact')) return nothing;
    const open = database.tables<LifeTables>();
    const surveys = await open
      .selectFrom('agents_survey')
      .select(['name', 'status', 'updated', 'validity_duration_sec'])
      .execute();
    const last = await open
      .selectFrom('fact')
      .select('type')
      .where('type', 'in', DOME_FACTS)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    const nowMs = clockOfUnit(place).now();
    return {
      living: surveys.filter((one) => isLiving(one, nowMs)).map((one) => one.name),
      dome: domeAfter(last?.type),
    };
  } finally {
    await database.close();
  }
}

/** A dome that only began to open is open, and one that only began to close is not yet closed. */
export function domeAfter(fact: string | undefined): UnitLife['dome'] {
  if (fact === 'DomeClosed') return 'closed';
  return fact === 'DomeOpening' || fact === 'DomeOpened' ? 'open' : 'unknown';
}

/** A word from the future (another clock) counts as a sign of life too. */
export function isLiving(survey: LifeTables['agents_survey'], nowMs: number): boolean {
  if (AT_REST.includes(survey.status) || survey.updated === '') return false;
  return nowMs - parseIso(survey.updated) <= survey.validity_duration_sec * 1000;
}

/** A demonstration lives on a time of its own. */
function clockOfUnit({ dataFolder, url }: Place): Clock {
  const settings = settingsOfDatabase(dataFolder, url);
  return settings ? clockOf(settings) : new RealClock();
}

/**
 * @throws PyrosError `DOME_OPEN` while agents live and the dome is not known to be closed. Nothing
 * overrides it.
 */
export function refuseWhileObserving({ living, dome }: UnitLife): void {
  if (living.length === 0 || dome === 'closed') return;
  const why = dome === 'open' ? 'the dome is open' : 'it is not known that the dome is closed';
  throw new PyrosError('DOME_OPEN', `Nothing was changed: ${why} and ${atWork(living)}.`, {
    remedy: 'Wait until the dome is closed, stop the unit with ./pyros stop, then try again.',
  });
}

/** @throws PyrosError `UNIT_RUNNING` while agents live: they know only the structure they began with. */
export function refuseWhileLiving({ living }: Pick<UnitLife, 'living'>): void {
  if (living.length === 0) return;
  throw new PyrosError('UNIT_RUNNING', `Nothing was changed: ${atWork(living)}.`, {
    remedy: 'Stop the unit with ./pyros stop; agents that died are forgotten after a minute.',
  });
}

function atWork(living: readonly string[]): string {
  return living.length === 1 ? `${living[0]} is at work` : `${living.join(', ')} are at work`;
}
