import { userInfo } from 'node:os';
import { Sender } from '#agent';
import type { Database } from '#db';
import {
  type Button,
  buttons,
  type ObservatoryView,
  OPERATOR,
  readObservatoryView,
} from '#execution';
import { type Clock, PyrosError } from '#platform';
import type { Unit } from '#unit';
import { dataFolderOfUser, loadUnit } from '../run-settings.ts';
import { aliasOf } from '../workshop.ts';
import { openInUse, runInUse } from './run-in-use.ts';

/** What persons may do with the observatory from a terminal, by the word that they type. */
export const OBSERVATORY_ACTS = {
  status: null,
  lock: 'lock',
  unlock: 'unlock',
  remote: 'go_remote',
  scheduler: 'go_scheduler',
  bypass: 'bypass',
  'stop-bypass': 'stop_bypass',
} as const;
export type ObservatoryAct = keyof typeof OBSERVATORY_ACTS;

export interface ObservatoryOptions {
  readonly act: ObservatoryAct;
  readonly reason?: string | undefined;
  /** Of a bypass. */
  readonly minutes: number;
  /** Of the unit file, where no unit runs from this data folder. */
  readonly configfile: string;
}

const NEEDS_REASON: readonly string[] = ['lock', 'unlock', 'bypass'];
/** An order that the Majordome has not begun after this is void, seconds. */
const VALIDITY_SECONDS = 30;

/** `./pyros observatory`: shows the observatory, or gives an order and says what came of it. */
export async function runObservatory(options: ObservatoryOptions): Promise<number> {
  const inUse = runInUse(dataFolderOfUser());
  const unit = inUse.settings?.unit ?? loadUnit(options.configfile);
  const database = await openInUse(inUse);
  const { clock } = inUse;
  try {
    const view = await readObservatoryView(database, { unit, clock });
    if (options.act !== 'status') return await giveOrder(options, { database, clock, unit, view });
    if (!view) throw neverStarted();
    console.log(statusLines(view).join('\n'));
    return 0;
  } finally {
    await database.close();
  }
}

async function giveOrder(
  { act, reason, minutes }: ObservatoryOptions,
  tools: { database: Database; clock: Clock; unit: Unit; view: ObservatoryView | null },
): Promise<number> {
  const { database, clock, unit, view } = tools;
  const name = OBSERVATORY_ACTS[act] ?? '';
  if (NEEDS_REASON.includes(name) && !reason) {
    throw new PyrosError('REASON_MISSING', `To ${act} needs a reason.`, {
      remedy: `./pyros observatory ${act} --reason 'why'`,
    });
  }
  const payload = {
    by: userInfo().username,
    ...(NEEDS_REASON.includes(name) ? { reason } : {}),
    ...(name === 'bypass' ? { minutes } : {}),
    ...(view ? { version: view.version } : {}),
  };
  const sender = new Sender({ name: 'CommandLine', database, clock });
  const options = { validitySeconds: clock.allow(VALIDITY_SECONDS) };
  const order = await sender.send(aliasOf(unit, 'majordome'), { name, payload }, options);
  const { state, result, errorCode, errorText } = await order.ended();
  if (state === 'EXECUTED') {
    console.log(result);
    return 0;
  }
  console.error(`${errorText || state} (${errorCode || state})`);
  return 1;
}

function neverStarted(): PyrosError {
  return new PyrosError('NO_RUN', 'No Majordome has run on this database.', {
    remedy: 'Start the unit with ./pyros start all.',
  });
}

/** The four values, what stands against observing, and the buttons of the operator. */
export function statusLines(view: ObservatoryView): string[] {
  const time = (at: string) => `${at.slice(11, 19)}Z`;
  const word = (value: boolean | null, yes: string, no: string) =>
    value === null ? 'unknown' : value ? yes : no;
  const { bypass, lock, pauses } = view;
  const asked = bypass.wished
    ? `, asked by ${bypass.by} until ${time(bypass.until ?? '')}: ${bypass.reason}`
    : '';
  const locked = lock.locked ? `locked by ${lock.by}: ${lock.reason}` : 'not locked';
  return [
    `mode       ${view.mode} since ${time(view.since)}: ${view.reason}`,
    `raw PLC    ${word(view.rawSafe, 'SAFE', 'UNSAFE')}`,
    `bypass     ${word(bypass.shown, 'shown by the PLC', 'off')}${asked}`,
    `lock       ${locked}`,
    `effective  ${view.safe ? 'SAFE' : 'UNSAFE'}`,
    `night      ${view.acknowledged ? 'acknowledged' : 'not acknowledged'}`,
    '',
    pauses.length === 0 ? 'Nothing stands against observing.' : 'What stands against observing:',
    ...pauses.map(({ kind, sentence, since, earliestEnd }) => {
      const end = earliestEnd === null ? '' : `, at least until ${time(earliestEnd)}`;
      return `  ${kind.padEnd(15)} ${sentence} (since ${time(since)}${end})`;
    }),
    '',
    'What the operator may do:',
    ...buttons(OPERATOR, view.state).map(buttonLine),
  ];
}

function buttonLine({ name, enabled, reason }: Button): string {
  const act = Object.entries(OBSERVATORY_ACTS).find(([, one]) => one === name)?.[0] ?? name;
  return `  ${act.padEnd(15)} ${enabled ? 'yes' : `no: ${reason}`}`;
}
