import {
  type Address,
  type Link,
  MemoryNetwork,
  openDome,
  openPlc,
  openTelescope,
  type Reply,
  type Telescope,
} from '#devices';
import {
  type AgentWord,
  Guardian,
  type GuardianReporter,
  type MemoryKeeper,
  SafetyMonitor,
} from '#environment';
import { type Clock, PyrosError, VirtualClock } from '#platform';
import type { Unit } from '#unit';
import { DomeSimulator } from '../devices/dome/dome-simulator.ts';
import { NIGHT_MS, passOn, smallUnit } from '../devices/virtual-simulators.ts';
import { fairFrame } from './plc-frames.ts';
import { keepingLogger } from './told.ts';

/** What a wire does: `half`, only the first of several connections says nothing. */
export type WireMode = 'ok' | 'silent' | 'cut' | 'garbage' | 'half';

/** What the PLC of the stage shows. */
export interface StagedSite {
  rain: boolean;
  damp: boolean;
  bypass: boolean;
  emergencyStop: boolean;
}

/** One thing that the guardian told. */
export interface StagedFact {
  readonly atMs: number;
  readonly type: string;
  readonly payload: object;
}

/** One order that reached the dome. */
export interface StagedOrder {
  readonly atMs: number;
  readonly text: string;
}

export interface GuardianStageWish {
  readonly unit?: (unit: Unit) => Unit;
  readonly reporter?: GuardianReporter;
  readonly telescope?: Telescope;
  readonly links?: number;
}

/** A link gives up a device that does not answer after this, seconds. */
const LINK_SECONDS = 2;
const WORD_SECONDS = 5;

/** Lets a process through, or keeps it where it is. */
class Gate {
  #open: PromiseWithResolvers<void> | null = null;

  shut(): void {
    this.#open ??= Promise.withResolvers<void>();
  }

  lift(): void {
    this.#open?.resolve();
    this.#open = null;
  }

  async pass(): Promise<void> {
    while (this.#open) await this.#open.promise;
  }
}

/** The real guardian before a real simulated dome on virtual time, and everything that can go wrong. */
export class GuardianStage {
  readonly clock = new VirtualClock(NIGHT_MS);
  readonly unit: Unit;
  readonly dome: DomeSimulator;
  readonly network = new MemoryNetwork();
  readonly told: StagedFact[] = [];
  readonly orders: StagedOrder[] = [];
  readonly beats: number[] = [];
  readonly log = keepingLogger();
  readonly site: StagedSite = { rain: false, damp: false, bypass: false, emergencyStop: false };
  plcWire: WireMode = 'ok';
  domeWire: WireMode = 'ok';
  /** The PLC gives the same frame again and again. */
  isFrozen = false;
  isDay = false;
  isMajordomeAlive = true;
  /** `hangs`: it never answers again; `refuses`: it does, with an error. */
  database: 'ok' | 'hangs' | 'refuses' = 'ok';
  lock: string | null = null;
  /** The wall clock of the guardian's computer is wrong by so much. */
  clockOffsetMs = 0;
  guardian: Guardian | null = null;
  life: Promise<void> = Promise.resolve();
  readonly #wish: GuardianStageWish;
  #gate = new Gate();
  #frozenFrame = '';
  #lastWordMs = NIGHT_MS;
  #kept: Awaited<ReturnType<MemoryKeeper['load']>> = null;

  constructor(wish: GuardianStageWish = {}) {
    this.#wish = wish;
    this.unit = this.#staged((wish.unit ?? ((same) => same))(smallUnit()));
    this.dome = new DomeSimulator(this.unit.dome, { clock: this.clock, log: () => undefined });
    this.network.serve(this.unit.dome.address, { handle: (text) => this.#domeReply(text) });
    this.network.serve(this.unit.plc.address, { handle: () => this.#plcReply() });
    void this.#majordomeSpeaks();
  }

  /** Weather counts as good at once; the Sun is where the stage wants it. */
  #staged(unit: Unit): Unit {
    const limits = unit.plc.limits.map((limit) => ({ ...limit, goodDelaySeconds: 0 }));
    const { site: night } = unit;
    const day = { ...night, lonDeg: night.lonDeg - 180, latDeg: -night.latDeg };
    const isDay = () => this.isDay;
    return {
      ...unit,
      plc: { ...unit.plc, limits },
      get site() {
        return isDay() ? day : night;
      },
    };
  }

  /** Begins a new life of the guardian. */
  start(): void {
    this.#gate = new Gate();
    this.guardian = this.#makeGuardian(this.#gate);
    this.life = this.guardian.run();
  }

  /** SIGKILL: nothing of it is ever done again. */
  kill(): void {
    this.#gate.shut();
    this.guardian = null;
  }

  /** SIGSTOP. */
  suspend(): void {
    this.#gate.shut();
  }

  /** SIGCONT. */
  resume(): void {
    if (this.guardian) this.#gate.lift();
  }

  async pass(seconds: number): Promise<void> {
    await passOn(this.clock, seconds);
  }

  /** A hand of one's own on the dome's buttons: nothing of the wire is in its way. */
  async press(request: 'DO OPEN' | 'DO CLOSE'): Promise<void> {
    await this.dome.handle(request);
  }

  async permitSeconds(): Promise<number> {
    const { text } = await this.dome.handle('GET STATUS');
    const found = /"permitSeconds":([\d.]+)/.exec(text);
    return Number(found?.[1] ?? 0);
  }

  async shutter(): Promise<string> {
    const { text } = await this.dome.handle('GET STATUS');
    return /"shutter":"(\w+)"/.exec(text)?.[1] ?? 'silent';
  }

  /** Opens under the guardian's permit; a minute later it is open. */
  async openWide(): Promise<void> {
    await this.pass(15);
    await this.press('DO OPEN');
    await this.pass(45);
    if (this.dome.truth().openFraction !== 1) throw new Error('the dome did not open');
  }

  factsOf(type: string): StagedFact[] {
    return this.told.filter((fact) => fact.type === type);
  }

  alarms(): StagedFact[] {
    return this.factsOf('AlarmRaised').filter(
      ({ payload }) => (payload as { key: string }).key === 'dome-not-closed',
    );
  }

  #makeGuardian(gate: Gate): Guardian {
    const { unit, log } = this;
    const clock = this.#gatedClock(gate);
    const device = { clock, links: (address: Address) => this.#gatedLink(gate, address) };
    const link = (index: number) => ({
      clock,
      links: (address: Address) => this.#gatedLink(gate, address, index),
    });
    const keeper = {
      load: async () => this.#kept,
      save: async (memory: unknown, savedMs: number) => {
        this.#kept = { memory, savedMs };
      },
    };
    return new Guardian({
      unit,
      name: 'Guardian',
      clock,
      log,
      domes: [link(0), link(1)]
        .slice(0, this.#wish.links ?? 2)
        .map((one) => openDome(unit.dome, one)),
      telescope:
        this.#wish.telescope ?? (unit.mounts[0] ? openTelescope(unit.mounts[0], device) : null),
      monitor: new SafetyMonitor({ plc: openPlc(unit.plc, device), spec: unit.plc, clock, keeper }),
      reporter: this.#wish.reporter ?? this.#reporter(),
      words: () => this.#words(gate),
      lock: async () => {
        await gate.pass();
        return this.lock;
      },
    });
  }

  #reporter(): GuardianReporter {
    return {
      tell: (type, payload) => void this.told.push({ atMs: this.clock.now(), type, payload }),
      heartbeat: () => void this.beats.push(this.clock.now()),
      stopped: async () =>
        void this.told.push({ atMs: this.clock.now(), type: 'stopped', payload: {} }),
    };
  }

  #gatedClock(gate: Gate): Clock {
    const { clock } = this;
    return {
      now: () => clock.now() + this.clockOffsetMs,
      monotonic: () => clock.monotonic(),
      rate: () => clock.rate(),
      allow: (seconds) => clock.allow(seconds),
      period: (seconds) => clock.period(seconds),
      sleep: async (seconds, signal) => {
        try {
          await clock.sleep(seconds, signal);
        } finally {
          await gate.pass();
        }
      },
    };
  }

  #gatedLink(gate: Gate, address: Address, index = 0): Link {
    const link = this.network.link(address, 'lines');
    const isDome = address.port === this.unit.dome.address.port;
    return {
      close: () => link.close(),
      request: async (text) => {
        try {
          if (isDome && index === 0 && this.domeWire === 'half') return await this.#silence();
          return await link.request(text);
        } finally {
          await gate.pass();
        }
      },
    };
  }

  async #words(gate: Gate): Promise<readonly AgentWord[]> {
    if (this.database === 'hangs') await new Promise(() => undefined);
    if (this.database === 'refuses') throw new Error('the database is gone');
    const said = { word: String(this.#lastWordMs), isOver: false };
    const ageSeconds = (this.clock.now() + this.clockOffsetMs - this.#lastWordMs) / 1000;
    await gate.pass();
    return ['Majordome', 'Monitoring'].map((name) => ({ name, ageSeconds, ...said }));
  }

  async #majordomeSpeaks(): Promise<void> {
    for (;;) {
      if (this.isMajordomeAlive) this.#lastWordMs = this.clock.now();
      await this.clock.sleep(WORD_SECONDS);
    }
  }

  async #plcReply(): Promise<Reply> {
    const { rain, damp, bypass, emergencyStop } = this.site;
    const other = {
      wxt520: { ...(rain ? { RainRate: 12 } : {}), ...(damp ? { OutsideHumidity: 93 } : {}) },
      site: { Bypass: bypass ? 1 : 0, EmergencyStop: emergencyStop ? 1 : 0 },
    };
    const frame = JSON.stringify([fairFrame(this.clock.now(), other)]);
    if (!this.isFrozen) this.#frozenFrame = frame;
    return await this.#wired(this.plcWire, async () => ({ text: this.#frozenFrame || frame }));
  }

  async #domeReply(text: string): Promise<Reply> {
    if (this.domeWire === 'ok' || this.domeWire === 'half') {
      this.orders.push({ atMs: this.clock.now(), text });
    }
    const reply = await this.#wired(this.domeWire, () => this.dome.handle(text));
    return reply.fault ? await this.#silence() : reply;
  }

  async #wired(mode: WireMode, handle: () => Promise<Reply>): Promise<Reply> {
    if (mode === 'silent') return await this.#silence();
    if (mode === 'cut') throw new PyrosError('DEVICE_UNREACHABLE', 'The connection was cut.');
    if (mode === 'garbage') return { text: '\u0000%%{{' };
    return await handle();
  }

  async #silence(): Promise<never> {
    await this.clock.sleep(LINK_SECONDS);
    throw new PyrosError('DEVICE_UNREACHABLE', 'The device gave no answer.');
  }
}
