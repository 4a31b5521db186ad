import type { Fact, Work } from '#agent';
import type { Plc } from '#devices';
import { type Clock, type Logger, parseIso, sentenceOf } from '#platform';
import type { PlcSpec } from '#unit';
import type { AlarmBook } from './alarm-book.ts';
import { type BypassAct, bypassAct } from './bypass.ts';
import type { ObservatoryKeeper } from './observatory-keeper.ts';
import type { SiteLook } from './site-look.ts';

export interface BypassKeeperParts {
  readonly name: string;
  readonly plc: Pick<Plc, 'bypass'>;
  readonly spec: PlcSpec;
  readonly clock: Clock;
  readonly log: Logger;
  readonly keeper: ObservatoryKeeper;
  readonly alarms: AlarmBook;
  readonly transact: <T>(work: (work: Work) => Promise<T>) => Promise<T>;
}

/** The PLC is asked again after this, seconds. */
const ASK_SECONDS = 2;
/** A bypass that stands is told of again after this, seconds (hazard F55). */
const REMIND_SECONDS = 600;

/** Sees to it that the PLC shows the bypass that a person wants, and no other. */
export class BypassKeeper {
  readonly #parts: BypassKeeperParts;
  /** What was told last of what the PLC shows. */
  #told = false;
  /** Of which wish this is, since when this life has waited for it (monotonic ms), and its echo. */
  #wish: { stamp: string | null; sinceMs: number; wasShown: boolean };
  #asked: { on: boolean; atMs: number } | null = null;
  /** Since when the PLC shows what nobody wants, monotonic ms. */
  #straySinceMs: number | null = null;

  constructor(parts: BypassKeeperParts) {
    this.#parts = parts;
    this.#wish = { stamp: null, sinceMs: 0, wasShown: false };
  }

  /** What an earlier life told last, newest first. */
  recall(facts: readonly Fact[]): void {
    const last = facts.find((fact) => fact.type === 'BypassChanged');
    this.#told = last?.type === 'BypassChanged' && last.payload.on;
    const stamp = this.#parts.keeper.row.bypass_asked;
    const wasShown = this.#told && stamp !== null && (last?.at ?? '') >= stamp;
    this.#wish = { stamp, sinceMs: this.#parts.clock.monotonic(), wasShown };
  }

  /** What the PLC shows, as it was told. */
  get isShown(): boolean {
    return this.#told;
  }

  async step(site: SiteLook): Promise<void> {
    const { clock, keeper, spec } = this.#parts;
    this.#noticeWish();
    await this.#tellShown(site.bypassShown);
    const { bypass, bypass_until } = keeper.row;
    const wished = bypass === 1;
    if (wished && site.bypassShown) this.#wish = { ...this.#wish, wasShown: true };
    const act = bypassAct({
      wished,
      untilMs: bypass_until === null ? null : parseIso(bypass_until),
      shown: site.bypassShown,
      wasShown: this.#wish.wasShown,
      nowMs: clock.now(),
      waitedSeconds: (clock.monotonic() - this.#wish.sinceMs) / 1000,
      echoSeconds: clock.allow(spec.bypass.echoSeconds),
    });
    await this.#carryOut(act);
    await this.#remind(site);
  }

  #noticeWish(): void {
    const { clock, keeper } = this.#parts;
    const stamp = keeper.row.bypass_asked;
    if (stamp === this.#wish.stamp) return;
    this.#wish = { stamp, sinceMs: clock.monotonic(), wasShown: false };
    this.#asked = null;
  }

  async #tellShown(shown: boolean | null): Promise<void> {
    if (shown === null || shown === this.#told) return;
    const { keeper, transact } = this.#parts;
    const { bypass_by: by, bypass_reason: reason, bypass_until: until } = keeper.row;
    const payload = { on: shown, by, reason, until: shown ? until : null };
    await transact((work) => work.fact('BypassChanged', payload));
    this.#told = shown;
  }

  async #carryOut(act: BypassAct): Promise<void> {
    if (act.kind === 'ask') await this.#ask(act.on);
    if (act.kind === 'end') await this.#end(act.reason);
    if (act.kind === 'fail') await this.#fail();
  }

  async #ask(on: boolean): Promise<void> {
    const { clock, plc, log, transact } = this.#parts;
    const nowMs = clock.monotonic();
    const isRecent = this.#asked?.on === on && nowMs - this.#asked.atMs < ASK_SECONDS * 1000;
    if (isRecent) return;
    this.#asked = { on, atMs: nowMs };
    // A life that was held up may have lost its name: only the newest may overrule anything.
    if (on) await transact(async () => undefined);
    await plc.bypass(on).catch((error) => log.warn(`bypass: ${sentenceOf(error)}`));
  }

  async #end(reason: string): Promise<void> {
    const { keeper, name } = this.#parts;
    await keeper.change(async (work, row) => {
      if (row.bypass === 0) return {};
      await work.fact('BypassAsked', { on: false, by: name, reason, until: null });
      return { bypass: 0, bypass_until: null };
    });
    await this.#ask(false);
  }

  async #fail(): Promise<void> {
    const { keeper } = this.#parts;
    const reason = this.koSentence(true);
    await keeper.change(async (work, row) => {
      if (row.bypass === 0) return {};
      await work.fact('BypassFailed', { by: row.bypass_by, reason });
      return { bypass: 0, bypass_until: null };
    });
    await this.#parts.alarms.show(
      { key: 'plc-ko', severity: 'SERIOUS', everySeconds: REMIND_SECONDS },
      reason,
    );
    await this.#ask(false);
  }

  /** In the words of the guide. */
  koSentence(on: boolean): string {
    const { echoSeconds } = this.#parts.spec.bypass;
    return on
      ? `PLC KO: the PLC does not show the bypass ${echoSeconds} s after it was asked; it is void.`
      : `PLC KO: the PLC still shows a bypass ${echoSeconds} s after its end was asked.`;
  }

  async #remind({ bypassShown }: SiteLook): Promise<void> {
    const { alarms, keeper, clock, spec } = this.#parts;
    const { bypass, bypass_by, bypass_reason, bypass_until } = keeper.row;
    const isOn = bypass === 1 && bypassShown === true;
    const until = bypass_until?.slice(11, 16) ?? '';
    const standing = isOn
      ? `${bypass_by} overrules the PLC until ${until} UTC: ${bypass_reason}`
      : '';
    const reminder = { key: 'bypass', severity: 'SERIOUS', everySeconds: REMIND_SECONDS } as const;
    await alarms.show(reminder, standing);
    const isStray = bypass === 0 && bypassShown === true;
    this.#straySinceMs = isStray ? (this.#straySinceMs ?? clock.monotonic()) : null;
    const waitedMs = this.#straySinceMs === null ? 0 : clock.monotonic() - this.#straySinceMs;
    const stays = isStray && waitedMs > clock.allow(spec.bypass.echoSeconds) * 1000;
    await alarms.show({ ...reminder, key: 'bypass-stays' }, stays ? this.koSentence(false) : '');
    if (isOn) await alarms.show({ ...reminder, key: 'plc-ko' }, '');
  }
}
