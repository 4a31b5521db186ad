import {
  type AgentContext,
  AgentService,
  type Command,
  type Fact,
  latestFacts,
  type Run,
} from '#agent';
import type { Dome, Plc } from '#devices';
import { readSafety, sunRule } from '#environment';
import { PyrosError, parseIso } from '#platform';
import { sunPosition } from '#sky';
import type { Unit } from '#unit';
import { AlarmBook } from './alarm-book.ts';
import type { ButtonState } from './buttons.ts';
import { BypassKeeper } from './bypass-keeper.ts';
import { CalibrationKeeper } from './calibration-keeper.ts';
import { DomeKeeper, type DomeLook } from './dome-keeper.ts';
import { readDeviceStatuses, readVariable } from './execution-store.ts';
import { NextDark } from './next-dark.ts';
import { acknowledgement } from './night-acknowledgement.ts';
import { NightKeeper } from './night-keeper.ts';
import { ObservatoryKeeper } from './observatory-keeper.ts';
import {
  type ModeInputs,
  nextMode,
  OBSERVATORY_MODES,
  type ObservatoryMode,
  whyNotReady,
} from './observatory-mode.ts';
import { ObserverWatch } from './observer-watch.ts';
import { ParkKeeper } from './park-keeper.ts';
import { PauseKeeper } from './pause-keeper.ts';
import { readPauses, type Standing, standingPauses } from './pauses.ts';
import { ORDERS, PersonOrders } from './person-orders.ts';
import { SequenceDispatcher } from './sequence-dispatcher.ts';
import { FreshWatch, NO_SITE, type SiteLook, siteLook } from './site-look.ts';

/** What the Majordome needs beside its context. */
export interface MajordomeParts {
  readonly unit: Unit;
  readonly dome: Dome;
  /** The PLC, for the bypass alone: what it says comes by way of the env monitoring. */
  readonly plc: Pick<Plc, 'bypass'>;
  /** Alias of the observer, to whom sequences are sent. */
  readonly observer: string;
  /** Makes the report of a night that is over; gives its path. */
  readonly report: (night: string) => Promise<string>;
}

/** The variable of the unit that keeps the observatory passive while it is 1. */
export const FORCE_PASSIVE = 'force_passive';
/** A step that does not end, or fails each time, for so long is no sign of life, seconds. */
const STUCK_SECONDS = 60;
/** And after this nothing is promised to a person any more, seconds. */
const LATE_SECONDS = 15;
/** In so many facts an earlier life finds what it told last. */
const RECALLED_FACTS = 500;

/**
 * The Majordome: holds the mode of the observatory, opens and closes the dome, hands the planned
 * sequences to the observer, and obeys persons. Everything it must remember is in one row, so that its
 * next life goes on.
 */
export class MajordomeAgent extends AgentService {
  protected readonly listensTo = [
    'SafetyChanged',
    'SchedulePublished',
    'SequenceEnded',
    'AlertRetracted',
    'TelescopeParked',
    'DomeClosing',
  ] as const;
  protected readonly routineSeconds = 2;
  protected override readonly knows = ORDERS;
  protected override readonly runsIdle = ['lock'];
  readonly #parts: MajordomeParts;
  readonly #keeper: ObservatoryKeeper;
  readonly #alarms: AlarmBook;
  readonly #nights: NightKeeper;
  readonly #pauses: PauseKeeper;
  readonly #bypass: BypassKeeper;
  readonly #orders: PersonOrders;
  readonly #dispatcher: SequenceDispatcher;
  readonly #parkKeeper: ParkKeeper;
  readonly #calibrations: CalibrationKeeper;
  readonly #observerWatch: ObserverWatch;
  readonly #nextDark: NextDark;
  readonly #rowWatch: FreshWatch;
  readonly #frameWatch: FreshWatch;
  #dome: DomeKeeper | null = null;
  #site: SiteLook = NO_SITE;
  /** Once this life has seen the site, it can tell which orders are possible. */
  readonly #looked = Promise.withResolvers<void>();
  #exitAsked = false;
  /** When it last came to the end of a step, monotonic ms. */
  #doneMs: number;

  constructor(context: AgentContext, parts: MajordomeParts) {
    super(context);
    this.#parts = parts;
    this.#doneMs = this.clock.monotonic();
    const { unit, plc, observer, report } = parts;
    const { name, clock, database, log, effects } = this;
    const [mount] = unit.mounts;
    if (!mount) throw new PyrosError('UNIT_INCOMPLETE', 'The unit has no mount.');
    const transact: MajordomeAgent['transact'] = (work) => this.transact(work);
    const keeper = new ObservatoryKeeper({ database, clock, transact });
    const alarms = new AlarmBook({ clock, transact });
    const tools = { name, unit, clock, database, log, transact, keeper, alarms, observer, mount };
    this.#keeper = keeper;
    this.#alarms = alarms;
    this.#nights = new NightKeeper({ ...tools, report });
    this.#pauses = new PauseKeeper(tools);
    this.#bypass = new BypassKeeper({ ...tools, plc, spec: unit.plc });
    this.#dispatcher = new SequenceDispatcher(tools);
    this.#parkKeeper = new ParkKeeper({ ...tools, roof: unit.dome.parkFirst });
    this.#calibrations = new CalibrationKeeper(tools);
    this.#observerWatch = new ObserverWatch(tools);
    this.#nextDark = new NextDark(unit);
    this.#rowWatch = new FreshWatch(clock);
    this.#frameWatch = new FreshWatch(clock);
    const state = () => this.#buttonState();
    const wake = () => this.wake();
    const isStuck = () => this.#isStuckFor(LATE_SECONDS);
    const ways = { bypass: this.#bypass, effects, state, wake, isStuck };
    this.#orders = new PersonOrders({ ...tools, ...ways });
  }

  protected override async prepare(): Promise<void> {
    const { name, clock, database } = this;
    this.#doneMs = this.clock.monotonic();
    await this.#keeper.reload();
    const facts = await latestFacts(database, RECALLED_FACTS);
    const statuses = await readDeviceStatuses(database);
    const byHand = readPauses(this.#keeper.row.pauses).find(
      ({ kind, key }) => kind === 'person' && key === 'dome',
    );
    this.#dome = new DomeKeeper({
      dome: this.#parts.dome,
      spec: this.#parts.unit.dome,
      clock,
      name,
      lastShutter: String(statuses.get('dome')?.status.shutter ?? ''),
      byHandUntilMs: byHand?.earliestEnd ? parseIso(byHand.earliestEnd) : null,
      transact: (work) => this.transact(work),
      alarms: this.#alarms,
    });
    this.#dome.recall(facts);
    this.#alarms.recall(facts, name);
    this.#bypass.recall(facts);
    this.#exitAsked = false;
    const begin = 'the Majordome starts';
    if (this.#keeper.row.mode === 'SHUTDOWN') await this.#changeMode('STARTING', begin);
  }

  /** Asked to exit: nothing is left running or open behind it. */
  protected override async end(): Promise<void> {
    this.#exitAsked = true;
    await this.#step();
  }

  protected override async onFacts(facts: readonly Fact[]): Promise<void> {
    for (const { type, agent } of facts) if (type === 'DomeClosing') this.#dome?.closedBy(agent);
    await this.#step();
  }

  protected override async routine(): Promise<void> {
    await this.#step();
  }

  /** An order of a person that a death interrupted is carried out, once, by the next life. */
  protected override resumes(command: Command): boolean {
    return command.name in ORDERS;
  }

  protected override async execute(command: Command, run: Run): Promise<string> {
    if (command.name !== 'lock') await this.#looked.promise;
    return await this.#orders.execute(command, run);
  }

  /** Who comes to no end of a step closes nothing: the guardian must not take it for alive, and closes. */
  override async updateSurvey(): Promise<void> {
    if (!this.#isStuckFor(STUCK_SECONDS)) await super.updateSurvey();
  }

  #isStuckFor(seconds: number): boolean {
    return this.clock.monotonic() - this.#doneMs > this.clock.allow(seconds) * 1000;
  }

  /** Looks at everything once, takes the mode as far as it goes, and acts accordingly. */
  async #step(): Promise<void> {
    const dome = this.#dome;
    if (!dome) return;
    const look = await dome.look();
    this.#site = await this.#lookAtSite();
    this.#looked.resolve();
    const { nightAck } = this.#site;
    if (await this.#nights.begin(this.clock.now(), nightAck)) this.#pauses.tellAgain();
    await this.#bypass.step(this.#site);
    const inputs = await this.#inputs(dome);
    await this.#followMode(inputs);
    await this.#act(dome, look, inputs);
    await dome.warn(look);
    await this.#pauses.step(await this.#standing(dome, look, inputs));
    this.#doneMs = this.clock.monotonic();
  }

  async #lookAtSite(): Promise<SiteLook> {
    const row = await readSafety(this.database);
    const maxAge = this.clock.allow(this.#parts.unit.plc.maxAgeSeconds);
    // Both watches look each time: what one has not seen it cannot know to be new.
    const isRowFresh = this.#rowWatch.isFresh(row?.updated ?? '', maxAge);
    const isFrameFresh = this.#frameWatch.isFresh(row?.frame_at ?? '', maxAge);
    const { bypass, bypass_until } = this.#keeper.row;
    const wished =
      bypass === 1 && bypass_until !== null && this.clock.now() < parseIso(bypass_until);
    return siteLook(row, { isFresh: isRowFresh && isFrameFresh, wished });
  }

  #buttonState(): ButtonState {
    const { row } = this.#keeper;
    const { never } = this.#parts.unit.plc.bypass;
    return {
      mode: row.mode,
      locked: row.locked === 1,
      safe: this.#site.safe,
      bypassed: row.bypass === 1 || this.#bypass.isShown,
      plcAlive: this.#site.plcAlive,
      neverCovered: this.#site.causes.map(({ key }) => key).filter((key) => never.includes(key)),
    };
  }

  async #inputs(dome: DomeKeeper): Promise<ModeInputs> {
    const { sunAltDeg, limitDeg } = sunRule(this.#parts.unit, this.clock.now());
    const { row } = this.#keeper;
    const { plcAlive, plcMode, safe, causes } = this.#site;
    return {
      plcAlive,
      plcMode,
      safe,
      unsafeReason: causes.map(({ sentence }) => sentence).join('; ') || 'safety is unknown',
      acknowledged: acknowledgement.isGiven(row.night_ack),
      locked: row.locked === 1,
      dark: sunAltDeg <= limitDeg,
      domeClosed: dome.isClosed,
      domeObeys: dome.obeys,
      remoteAsked: row.remote === 1,
      passiveAsked: (await readVariable(this.database, FORCE_PASSIVE)) === '1',
      exitAsked: this.#exitAsked,
    };
  }

  async #followMode(inputs: ModeInputs): Promise<void> {
    // Each mode leads to another at most once a step: the number of modes bounds the chain.
    for (const _ of OBSERVATORY_MODES) {
      const step = nextMode(this.#keeper.row.mode, inputs);
      if (!step) return;
      await this.#changeMode(step.mode, step.reason);
    }
  }

  async #changeMode(to: ObservatoryMode, reason: string): Promise<void> {
    const since = new Date(this.clock.now()).toISOString();
    await this.#keeper.change(async (work, { mode: from }) => {
      await work.fact('ModeChanged', { from, to, reason });
      return { mode: to, reason, since };
    });
  }

  async #act(dome: DomeKeeper, look: DomeLook, inputs: ModeInputs): Promise<void> {
    const { mode, reason } = this.#keeper.row;
    if (mode === 'SCHED_READY') {
      await this.#parkKeeper.warn(true);
      return await this.#observe(dome, look);
    }
    await this.#stopObserving(reason);
    if (mode === 'REMOTE' || mode === 'PASSIVE' || !dome.isClosed) {
      await this.#calibrations.stop(reason);
    }
    // A person has the devices; the guardian watches over the dome.
    const isTheirs = mode === 'PASSIVE' && inputs.plcAlive && inputs.safe && !inputs.locked;
    if (mode === 'REMOTE' || isTheirs) return;
    const { isFrozen } = this.#site;
    const isParked = await this.#parkKeeper.isParked();
    const waits = await dome.close(look, { reason, isParked, isFrozen });
    const mustPark = (waits || mode !== 'PASSIVE') && !isFrozen;
    await this.#parkKeeper.warn(isParked || !mustPark);
    if (!isParked && mustPark) await this.#park();
    if (mode === 'STANDBY') await this.#rest(dome, inputs, isParked);
  }

  /** Idle, it begins nothing: what runs goes on, and is stopped where it must be. */
  async #observe(dome: DomeKeeper, look: DomeLook): Promise<void> {
    const { unit } = this.#parts;
    const sunAltDeg = sunPosition(unit.site, this.clock.now()).altDeg;
    const mayBegin = this.mode === 'ACTIVE';
    if (look?.shutter !== 'open') {
      if (mayBegin) await dome.open(look, sunAltDeg);
      // Shut under us, by the guardian or by hand: what runs cannot go on.
      if (look && look.shutter !== 'opening') {
        await this.#stopObserving('the dome is closing');
        await this.#calibrations.stop('the dome is closing');
      }
      return;
    }
    if (sunAltDeg > unit.night.scienceSunAltDeg) {
      await this.#stopObserving('twilight');
      if (mayBegin) {
        await this.#calibrations.step({ domeOpen: true, domeClosed: false, nightOver: false });
      }
      return;
    }
    const change = await this.#dispatcher.step(this.#keeper.row, mayBegin);
    if (!change) return;
    await this.#calibrations.stop('science begins');
    await this.#keeper.change(change);
  }

  async #stopObserving(reason: string): Promise<void> {
    const change = await this.#dispatcher.stop(this.#keeper.row, reason);
    if (change) await this.#keeper.change(change);
  }

  async #park(): Promise<void> {
    if (this.#keeper.row.running_sequence_id !== 0) return;
    const order = await this.#parkKeeper.step();
    if (order) await this.transact(order);
  }

  /** Closed: after dawn what needs darkness only is calibrated, and the night is reported. */
  async #rest(dome: DomeKeeper, inputs: ModeInputs, isParked: boolean): Promise<void> {
    const isOver = this.#nights.isOver(this.clock.now()) && whyNotReady(inputs) !== null;
    // The order to park has its end, and is told, before the night has.
    if (!isOver || !isParked || (await this.#parkKeeper.isBeingTold())) return;
    if (this.mode === 'ACTIVE') {
      await this.#calibrations.step({
        domeOpen: false,
        domeClosed: dome.isClosed,
        nightOver: true,
      });
    }
    if (!(await this.#calibrations.isUnderWay())) await this.#nights.reportNight();
  }

  /** Why nothing is observed now; empty while something is, or could be. */
  async #standing(
    dome: DomeKeeper,
    look: DomeLook,
    inputs: ModeInputs,
  ): Promise<readonly Standing[]> {
    const { row } = this.#keeper;
    return standingPauses({
      ...inputs,
      mode: row.mode,
      causes: this.#site.causes,
      lock: { by: row.locked_by, reason: row.locked_reason },
      remoteBy: row.remote_by,
      nextDarkMs: inputs.dark ? null : this.#nextDark.at(this.clock.now()),
      trouble: row.mode === 'SCHED_READY' ? await this.#trouble(dome, look) : [],
    });
  }

  async #trouble(dome: DomeKeeper, look: DomeLook): Promise<readonly Standing[]> {
    const idle: Standing = { kind: 'person', key: 'idle', sentence: 'the Majordome is idle' };
    const sentence = 'calibrations are under way';
    const calibrating: Standing = { kind: 'calibration', key: 'calibration', sentence };
    return [
      ...dome.trouble(look),
      ...(await this.#observerWatch.trouble(this.#keeper.row.running_command_id)),
      ...(this.mode === 'ACTIVE' ? [] : [idle]),
      ...((await this.#calibrations.isUnderWay()) ? [calibrating] : []),
    ];
  }
}
