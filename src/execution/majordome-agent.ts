import { type AgentContext, AgentService, type Fact } from '#agent';
import type { Dome } from '#devices';
import { readSafety, type SafetyRow, sunRule } from '#environment';
import { iso, parseIso } from '#platform';
import { nightId, sunAltitudeCrossing, sunPosition } from '#sky';
import type { Unit } from '#unit';
import { DomeKeeper, type DomeLook } from './dome-keeper.ts';
import {
  type ObservatoryRow,
  readDeviceStatuses,
  readObservatory,
  writeObservatory,
} from './execution-store.ts';
import { acknowledgement } from './night-acknowledgement.ts';
import {
  type ModeInputs,
  nextMode,
  type ObservatoryMode,
  whyNotReady,
} from './observatory-mode.ts';
import { ParkKeeper } from './park-keeper.ts';
import { type RowChange, SequenceDispatcher } from './sequence-dispatcher.ts';

/** What the Majordome needs beside its context. */
export interface MajordomeParts {
  readonly unit: Unit;
  readonly dome: Dome;
  /** Alias of the observer, to whom sequences are sent. */
  readonly observer: string;
  /** Makes the report of a night that is over; gives its path. */
  readonly report: (night: string) => Promise<string>;
}

const FRESH_NIGHT: Omit<ObservatoryRow, 'since'> = {
  mode: 'STARTING',
  reason: 'the Majordome starts',
  locked: 0,
  night: '',
  night_ack: 0,
  running_sequence_id: 0,
  running_command_id: 0,
};

/**
 * The Majordome: holds the mode of the observatory, opens and closes the dome, and hands the planned
 * sequences to the observer. Everything it must remember is in one row, so that its next life goes on.
 */
export class MajordomeAgent extends AgentService {
  protected readonly listensTo = [
    'SafetyChanged',
    'SchedulePublished',
    'SequenceEnded',
    'AlertRetracted',
    'TelescopeParked',
  ] as const;
  protected readonly routineSeconds = 2;
  readonly #parts: MajordomeParts;
  readonly #dispatcher: SequenceDispatcher;
  readonly #parkKeeper: ParkKeeper;
  #row: ObservatoryRow;
  #keeper: DomeKeeper | null = null;
  #exitAsked = false;

  constructor(context: AgentContext, parts: MajordomeParts) {
    super(context);
    this.#parts = parts;
    this.#row = { ...FRESH_NIGHT, since: iso(context.clock.now()) };
    this.#dispatcher = new SequenceDispatcher({
      observer: parts.observer,
      clock: this.clock,
      database: this.database,
    });
    this.#parkKeeper = new ParkKeeper({
      observer: parts.observer,
      clock: this.clock,
      database: this.database,
    });
  }

  protected override async prepare(): Promise<void> {
    this.#row = (await readObservatory(this.database)) ?? this.#row;
    const statuses = await readDeviceStatuses(this.database);
    this.#keeper = new DomeKeeper({
      dome: this.#parts.dome,
      clock: this.clock,
      name: this.name,
      lastShutter: String(statuses.get('dome')?.status.shutter ?? ''),
      transact: (work) => this.transact(work),
    });
    if (this.#row.mode === 'SHUTDOWN') await this.#changeMode('STARTING', 'the Majordome starts');
  }

  /** Asked to exit: nothing is left running or open behind it. */
  protected override async end(): Promise<void> {
    this.#exitAsked = true;
    await this.#step();
  }

  protected override async onFacts(_facts: readonly Fact[]): Promise<void> {
    await this.#step();
  }

  protected override async routine(): Promise<void> {
    await this.#step();
  }

  /** Looks at everything once, takes the mode as far as it goes, and acts accordingly. */
  async #step(): Promise<void> {
    const keeper = this.#keeper;
    if (!keeper) return;
    const dome = await keeper.look();
    const safety = await readSafety(this.database);
    await this.#beginNight(safety);
    const inputs = this.#inputs(safety, dome);
    await this.#followMode(inputs);
    await this.#act(keeper, dome, inputs);
  }

  #sunAltDeg(): number {
    return sunPosition(this.#parts.unit.site, this.clock.now()).altDeg;
  }

  #inputs(safety: SafetyRow | null, dome: DomeLook): ModeInputs {
    const { plc } = this.#parts.unit;
    const nowMs = this.clock.now();
    const { sunAltDeg, limitDeg } = sunRule(this.#parts.unit, nowMs);
    const maxAgeMs = this.clock.allow(plc.maxAgeSeconds) * 1000;
    const isFresh = (at: string) => at !== '' && nowMs - parseIso(at) <= maxAgeMs;
    const plcAlive = safety !== null && isFresh(safety.frame_at) && isFresh(safety.updated);
    const reasons: string[] = safety ? JSON.parse(safety.reasons) : [];
    return {
      plcAlive,
      plcMode: plcAlive ? ((safety.mode || null) as ModeInputs['plcMode']) : null,
      safe: plcAlive && safety.safe === 1,
      unsafeReason: reasons.join('; ') || 'safety is unknown',
      acknowledged: acknowledgement.isGiven(this.#row.night_ack),
      locked: this.#row.locked === 1,
      dark: sunAltDeg <= limitDeg,
      domeClosed: dome?.shutter === 'closed',
      remoteAsked: false,
      exitAsked: this.#exitAsked,
    };
  }

  /** A new night has no acknowledgement; the PLC's button gives it, once. */
  async #beginNight(safety: SafetyRow | null): Promise<void> {
    const { site } = this.#parts.unit;
    const night = nightId(this.clock.now(), site.lonDeg);
    if (this.#row.night !== night) {
      // The last night found no end of its own, e.g. the telescope never reached its park.
      if (acknowledgement.isGiven(this.#row.night_ack)) await this.#reportNight();
      const { downMs, upMs } = sunAltitudeCrossing(site, night, -0.833);
      const at = (ms: number | null) => (ms === null ? null : iso(ms));
      await this.#remember(async (work) => {
        await work.fact('NightStarted', { night, sunsetAt: at(downMs), sunriseAt: at(upMs) });
        return { night, night_ack: acknowledgement.atNewNight(this.#row.night_ack) };
      });
    }
    const ack = acknowledgement.afterButton(this.#row.night_ack, safety?.night_ack ?? null);
    if (ack === this.#row.night_ack) return;
    await this.#remember(async (work) => {
      const given = acknowledgement.isGiven(ack);
      if (given) await work.fact('NightAcknowledged', { by: "the PLC's button" });
      return { night_ack: ack };
    });
  }

  async #followMode(inputs: ModeInputs): Promise<void> {
    // Each mode leads to another at most once a step: the number of modes bounds the chain.
    for (let i = 0; i < 8; i++) {
      const step = nextMode(this.#row.mode, inputs);
      if (!step) return;
      await this.#changeMode(step.mode, step.reason);
    }
  }

  async #changeMode(to: ObservatoryMode, reason: string): Promise<void> {
    const from = this.#row.mode;
    await this.#remember(async (work) => {
      await work.fact('ModeChanged', { from, to, reason });
      return { mode: to, reason, since: iso(this.clock.now()) };
    });
  }

  async #act(keeper: DomeKeeper, dome: DomeLook, inputs: ModeInputs): Promise<void> {
    const { mode } = this.#row;
    if (mode === 'SCHED_READY') {
      await this.#observe(keeper, dome);
      return;
    }
    if (mode === 'REMOTE') return;
    await this.#stopObserving(this.#row.reason);
    if (dome?.shutter !== 'closed') await keeper.close(dome, this.#row.reason);
    if (mode === 'STANDBY') await this.#rest(inputs);
  }

  /** Idle, it begins nothing: what runs goes on, and is stopped where it must be. */
  async #observe(keeper: DomeKeeper, dome: DomeLook): Promise<void> {
    const sunAltDeg = this.#sunAltDeg();
    const mayBegin = this.mode === 'ACTIVE';
    if (dome?.shutter !== 'open') {
      if (mayBegin) await keeper.open(dome, sunAltDeg);
      // Shut under us, by the guardian or by hand: what runs cannot go on.
      if (dome?.shutter === 'closing' || dome?.shutter === 'closed') {
        await this.#stopObserving('the dome is closing');
      }
      return;
    }
    if (sunAltDeg > this.#parts.unit.night.scienceSunAltDeg) {
      await this.#stopObserving('twilight');
      return;
    }
    const change = await this.#dispatcher.step(this.#row, mayBegin);
    if (change) await this.#remember(change);
  }

  async #stopObserving(reason: string): Promise<void> {
    const change = await this.#dispatcher.stop(this.#row, reason);
    if (change) await this.#remember(change);
  }

  /** Closed: the telescope goes to park, and after dawn the night is reported. */
  async #rest(inputs: ModeInputs): Promise<void> {
    if (this.#row.running_sequence_id === 0) {
      const order = await this.#parkKeeper.step();
      if (order) await this.transact(order);
    }
    if (this.#isNightOver() && whyNotReady(inputs) !== null) await this.#endNight();
  }

  #isNightOver(): boolean {
    const { site, night } = this.#parts.unit;
    if (!acknowledgement.isGiven(this.#row.night_ack)) return false;
    const { upMs } = sunAltitudeCrossing(site, this.#row.night, night.closeSunAltDeg);
    return upMs !== null && this.clock.now() > upMs;
  }

  /** The acknowledgement goes with the night. */
  async #endNight(): Promise<void> {
    const statuses = await readDeviceStatuses(this.database);
    if (statuses.get('telescope')?.status.motion === 'parked') await this.#reportNight();
  }

  async #reportNight(): Promise<void> {
    const { night } = this.#row;
    const report = await this.#parts.report(night);
    await this.#remember(async (work) => {
      await work.fact('NightEnded', { night, report });
      return { night_ack: acknowledgement.spent };
    });
  }

  /** Changes the row and tells of it, whole or not at all. */
  async #remember(change: RowChange): Promise<void> {
    this.#row = await this.transact(async (work) => {
      const row = { ...this.#row, ...(await change(work)) };
      await writeObservatory(work, row);
      return row;
    });
  }
}
