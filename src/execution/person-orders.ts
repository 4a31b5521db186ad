import { z } from 'zod';
import {
  type Command,
  commandsOf,
  type EffectJournal,
  type Fact,
  latestFacts,
  type Run,
} from '#agent';
import type { Database } from '#db';
import { type Clock, iso, PyrosError, parseIso } from '#platform';
import type { Unit } from '#unit';
import { type ButtonName, type ButtonState, button, OPERATOR } from './buttons.ts';
import { bypassEndMs } from './bypass.ts';
import type { BypassKeeper } from './bypass-keeper.ts';
import type { ObservatoryRow } from './execution-store.ts';
import { sentenceOfFact } from './fact-sentence.ts';
import type { ObservatoryKeeper, RowChange } from './observatory-keeper.ts';

const by = z.string().min(1).max(100);
const reason = z.string().min(1).max(500);
/** The `version` of the observatory that the person saw. */
const version = z.int().min(0).optional();

/** What persons may order of the Majordome. */
export const ORDERS = {
  lock: z.strictObject({ by, reason, version }),
  unlock: z.strictObject({ by, reason, version }),
  go_remote: z.strictObject({ by, version }),
  go_scheduler: z.strictObject({ by, version }),
  bypass: z.strictObject({ by, reason, minutes: z.number().positive().max(720), version }),
  stop_bypass: z.strictObject({ by, version }),
} as const satisfies Readonly<Record<ButtonName, z.ZodType>>;

type Order<N extends ButtonName> = z.infer<(typeof ORDERS)[N]>;

/** Beyond the PLC's own time for an echo, before the person is told that nothing came, seconds. */
const PATIENCE_SECONDS = 10;
/** A change of mode that follows at once is waited for, seconds. */
const MODE_SECONDS = 10;
const LOOK_SECONDS = 0.5;
/** What may have changed the observatory's version. */
const CHANGES: readonly string[] = [
  'ModeChanged',
  'ObservatoryLocked',
  'ObservatoryUnlocked',
  'RemoteAsked',
  'BypassAsked',
  'BypassFailed',
];

export interface PersonOrdersParts {
  readonly name: string;
  readonly unit: Unit;
  readonly clock: Clock;
  readonly database: Database;
  readonly keeper: ObservatoryKeeper;
  readonly bypass: BypassKeeper;
  readonly effects: EffectJournal;
  /** What the buttons depend on, as last seen. */
  readonly state: () => ButtonState;
  /** It comes to no end of what it does. */
  readonly isStuck: () => boolean;
  /** Lets the Majordome look again at once. */
  readonly wake: () => void;
}

/** Carries out what persons order, each order once, also over the Majordome's own death. */
export class PersonOrders {
  readonly #parts: PersonOrdersParts;

  constructor(parts: PersonOrdersParts) {
    this.#parts = parts;
  }

  /**
   * One order to its end; resolves with what happened, in a sentence.
   *
   * @throws PyrosError `ORDER_REFUSED` when the state does not allow it, `STATE_CHANGED` when the person
   * saw another one, `PLC_KO` when the PLC does not show the bypass that was asked of it.
   */
  async execute(command: Command, run: Run): Promise<string> {
    const name = command.name as ButtonName;
    const payload = ORDERS[name].parse(command.payload);
    const { keeper, effects, wake } = this.#parts;
    let isSent = false;
    const change = this.#changeOf(name, payload);
    await keeper.exclusive(() =>
      effects.once(`order ${command.id}`, {
        send: async () => {
          await this.#check(name, payload);
          isSent = true;
        },
        readBack: async () => (isSent ? { kind: 'done', result: '' } : { kind: 'not-done' }),
        write: (work) => keeper.apply(work, change),
      }),
    );
    wake();
    return await this.#outcome(name, run);
  }

  /** Whether the order may be given now. Closing is never refused. */
  async #check(name: ButtonName, payload: { version?: number | undefined }): Promise<void> {
    if (name === 'lock') return;
    const { row } = this.#parts.keeper;
    if (payload.version !== undefined && payload.version !== row.version) {
      const changes = await this.#changesSince(row.version - payload.version);
      throw new PyrosError('STATE_CHANGED', `The observatory has changed since: ${changes}.`, {
        remedy: 'Look at it again, then decide.',
      });
    }
    const { label, enabled, reason: why } = button(name, OPERATOR, this.#parts.state());
    if (!enabled) throw new PyrosError('ORDER_REFUSED', `${label} is not possible: ${why}.`);
  }

  async #changesSince(count: number): Promise<string> {
    const facts = await latestFacts(this.#parts.database, 200);
    const changes = facts.filter(({ type }) => CHANGES.includes(type)).slice(0, Math.max(1, count));
    const told = (fact: Fact) => `${sentenceOfFact(fact)} (${fact.at.slice(11, 19)}Z)`;
    return changes.reverse().map(told).join('; ') || 'nobody told how';
  }

  #changeOf(name: ButtonName, payload: Order<ButtonName>): RowChange {
    switch (name) {
      case 'lock':
        return lock(payload as Order<'lock'>);
      case 'unlock':
        return unlock(payload as Order<'unlock'>);
      case 'go_remote':
        return remote(payload.by, true);
      case 'go_scheduler':
        return remote(payload.by, false);
      case 'bypass':
        return this.#bypass(payload as Order<'bypass'>);
      case 'stop_bypass':
        return stopBypass(payload.by);
    }
  }

  #bypass(order: Order<'bypass'>): RowChange {
    const { unit, clock } = this.#parts;
    return async (work) => {
      const nowMs = clock.now();
      const { longestMinutes } = unit.plc.bypass;
      const { minutes } = order;
      const until = iso(bypassEndMs({ site: unit.site, nowMs, minutes, longestMinutes }));
      await work.fact('BypassAsked', { on: true, by: order.by, reason: order.reason, until });
      return {
        bypass: 1,
        bypass_by: order.by,
        bypass_reason: order.reason,
        bypass_asked: iso(nowMs),
        bypass_until: until,
      };
    };
  }

  async #outcome(name: ButtonName, run: Run): Promise<string> {
    const { keeper } = this.#parts;
    if (name === 'bypass') return await this.#bypassOutcome(run);
    if (name === 'stop_bypass') return await this.#stopOutcome(run);
    if (name === 'lock') return this.#lockOutcome();
    if (name === 'unlock') return 'The observatory is unlocked: it opens by itself when it may.';
    const isThere = (row: ObservatoryRow) => (row.mode === 'REMOTE') === (name === 'go_remote');
    await this.#waitFor(() => isThere(keeper.row), { run, seconds: MODE_SECONDS });
    const { mode, reason: why } = keeper.row;
    return isThere(keeper.row)
      ? `The mode is ${mode}: ${why}.`
      : `It was asked for; the mode is still ${mode}: ${why}.`;
  }

  /** It holds from now on; that the dome closes is promised only by a Majordome that comes to it. */
  #lockOutcome(): string {
    return this.#parts.isStuck()
      ? 'The observatory is locked, but the Majordome hangs and may not close. Look at the dome.'
      : 'The observatory is locked: the dome closes and stays closed.';
  }

  async #bypassOutcome(run: Run): Promise<string> {
    const { keeper, bypass } = this.#parts;
    const isOver = () => bypass.isShown || keeper.row.bypass === 0;
    const isEnded = await this.#waitFor(isOver, { run, seconds: this.#echoSeconds() });
    const { bypass: wished, bypass_until: until } = keeper.row;
    if (bypass.isShown && wished === 1 && until !== null) {
      const minutes = Math.round((parseIso(until) - this.#parts.clock.now()) / 60_000);
      return `The PLC shows the bypass; it ends at ${until.slice(11, 16)} UTC, in ${minutes} min.`;
    }
    if (!isEnded) return 'The bypass was asked for; a lock came before the PLC showed it.';
    throw new PyrosError('PLC_KO', bypass.koSentence(true));
  }

  async #stopOutcome(run: Run): Promise<string> {
    const { bypass } = this.#parts;
    await this.#waitFor(() => !bypass.isShown, { run, seconds: this.#echoSeconds() });
    if (!bypass.isShown) return 'The bypass is over: the PLC is believed again.';
    throw new PyrosError('PLC_KO', bypass.koSentence(false));
  }

  #echoSeconds(): number {
    return this.#parts.unit.plc.bypass.echoSeconds + PATIENCE_SECONDS;
  }

  /** Looks until it is so; a lock that waits for its turn ends the wait (false). */
  async #waitFor(isSo: () => boolean, limit: { run: Run; seconds: number }): Promise<boolean> {
    const { clock, database, name } = this.#parts;
    const endMs = clock.monotonic() + clock.allow(limit.seconds) * 1000;
    while (!isSo() && clock.monotonic() < endMs) {
      const waiting = await commandsOf(database, { recipient: name, states: ['PENDING'] });
      if (waiting.some((one) => one.name === 'lock')) return false;
      await clock.sleep(clock.period(LOOK_SECONDS), limit.run.signal);
    }
    return true;
  }
}

/** Who locks takes the observatory from the scheduler and from whoever works by hand. */
function lock(order: Order<'lock'>): RowChange {
  return async (work, row) => {
    if (row.locked === 1) return {};
    await work.fact('ObservatoryLocked', { by: order.by, reason: order.reason });
    return { locked: 1, locked_by: order.by, locked_reason: order.reason, remote: 0 };
  };
}

function unlock(order: Order<'unlock'>): RowChange {
  return async (work) => {
    await work.fact('ObservatoryUnlocked', { by: order.by, reason: order.reason });
    return { locked: 0, locked_by: '', locked_reason: '' };
  };
}

function remote(who: string, on: boolean): RowChange {
  return async (work) => {
    await work.fact('RemoteAsked', { on, by: who });
    return { remote: on ? 1 : 0, remote_by: on ? who : '' };
  };
}

function stopBypass(who: string): RowChange {
  return async (work) => {
    await work.fact('BypassAsked', { on: false, by: who, reason: 'asked', until: null });
    return { bypass: 0, bypass_until: null };
  };
}
