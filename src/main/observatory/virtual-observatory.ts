import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Fact, type FactType, factsAfter, latestFacts } from '#agent';
import { runAlertSimulator } from '#alert';
import type { Database } from '#db';
import { MemoryNetwork, makeSimulators } from '#devices';
import { makeFolder, PyrosError, silentLogger, VirtualClock } from '#platform';
import { type AgentSpec, agentsWithUnit, type Unit } from '#unit';
import { makeAgent } from '../compose.ts';
import { prepareDatabase } from '../prepare-run.ts';
import { type RunSettings, versionOfCode } from '../run-settings.ts';
import { scenarioAlerts, scenarioOf } from '../scenario-alerts.ts';
import type { Runnable, Workshop } from '../workshop.ts';
import { ProcessGate } from './process-gate.ts';

/** What a virtual observatory is made of. Instants are UTC ms. */
export interface ObservatoryWish {
  readonly unit: Unit;
  readonly seed: number;
  /** Emptied at the start. */
  readonly dataFolder: string;
  readonly startMs: number;
  /** The programmes of the fixture are given targets that are high at this instant. */
  readonly targetsAtMs: number;
  /** The guide's scenario JSON. */
  readonly scenario: unknown;
}

interface LivingAgent {
  readonly spec: AgentSpec;
  readonly gate: ProcessGate;
  readonly agent: Runnable;
  readonly life: Promise<void>;
}

/** What ends of itself is waited for this long, milliseconds. */
const GRACE_MS = 2 * 3_600_000;

/**
 * The whole observatory in this process on virtual time: the same agents, drivers and simulators, their
 * wires in memory. Agents can be killed, suspended and started again as processes are.
 */
export class VirtualObservatory {
  readonly unit: Unit;
  readonly clock: VirtualClock;
  readonly database: Database;
  readonly network: MemoryNetwork;
  readonly simulators: ReturnType<typeof makeSimulators>;
  readonly settings: RunSettings;
  readonly #agents = new Map<string, LivingAgent>();
  #stopAlerts: () => void = () => undefined;

  private constructor(settings: RunSettings, clock: VirtualClock, database: Database) {
    this.settings = settings;
    this.unit = settings.unit;
    this.clock = clock;
    this.database = database;
    this.network = new MemoryNetwork(clock);
    const { seed } = settings;
    const scenario = scenarioOf(settings.scenario);
    this.simulators = makeSimulators(this.unit, { clock, seed, scenario }, this.network.link);
    for (const { address, endpoint } of Object.values(this.simulators)) {
      this.network.serve(address, endpoint);
    }
  }

  /** Prepares the database and the devices; nothing lives before `start`. */
  static async open(wish: ObservatoryWish): Promise<VirtualObservatory> {
    const { unit, seed, dataFolder, scenario, startMs, targetsAtMs } = wish;
    rmSync(dataFolder, { recursive: true, force: true });
    makeFolder(dataFolder);
    const databaseUrl = `sqlite:${join(dataFolder, 'pyros.sqlite')}`;
    const version = versionOfCode();
    const settings = { unit, databaseUrl, dataFolder, time: null, seed, scenario, version };
    const database = await prepareDatabase(databaseUrl, {
      unit,
      startMs,
      targetsAtMs,
      alone: true,
    });
    return new VirtualObservatory(settings, new VirtualClock(startMs), database);
  }

  /** Begins the life of every agent that lives with the unit and needs no socket. */
  async start(): Promise<void> {
    const socketless = agentsWithUnit(this.unit).filter(({ kind }) => !SOCKETS.includes(kind));
    for (const spec of socketless) await this.#begin(spec);
    this.#stopAlerts = this.#sendAlerts();
  }

  /** Ends an agent as SIGKILL does: without a last word. */
  kill(alias: string): void {
    this.#agent(alias).gate.kill();
  }

  /** Begins another life of a killed agent, as the supervisor does. */
  async revive(alias: string): Promise<void> {
    await this.#begin(this.#agent(alias).spec);
  }

  /** Stops it as SIGSTOP does; gives what lets this very life go on, also after another has begun. */
  suspend(alias: string): ProcessGate {
    const { gate } = this.#agent(alias);
    gate.suspend();
    return gate;
  }

  resume(alias: string): void {
    this.#agent(alias).gate.resume();
  }

  /** Sets the wall clock of the computer of all agents wrong; 0 sets it right again. Devices keep theirs. */
  shiftClocks(seconds: number): void {
    for (const { gate } of this.#agents.values()) gate.shiftClock(seconds);
  }

  isRunning(alias: string): boolean {
    return this.#agent(alias).gate.isRunning;
  }

  /** Lets the time go by until an instant, or until `done` says so; whether it did. */
  async runUntil(untilMs: number, done: () => boolean = () => false): Promise<boolean> {
    // A timer at the very end: time then stands there, whatever else is asleep.
    const end = new AbortController();
    const over = this.clock
      .sleep((untilMs - this.clock.now()) / 1000, end.signal)
      .catch(() => undefined);
    const isDone = await this.clock.run(untilMs, done);
    end.abort();
    await over;
    return isDone;
  }

  /** Lets so many seconds go by. */
  async pass(seconds: number): Promise<void> {
    await this.runUntil(this.clock.now() + seconds * 1000);
  }

  /** Every fact so far, oldest first. */
  async facts(afterId = 0): Promise<Fact[]> {
    const all: Fact[] = [];
    for (let last = afterId; ; ) {
      const some = await factsAfter(this.database, last, 1000);
      if (some.length === 0) return all;
      all.push(...some);
      last = some.at(-1)?.id ?? last;
    }
  }

  /** How often a fact of that type was told. */
  async countTold(type: FactType): Promise<number> {
    return (await this.facts()).filter((fact) => fact.type === type).length;
  }

  /** Whether the newest fact is of that type. */
  async hasTold(type: FactType): Promise<boolean> {
    const [last] = await latestFacts(this.database, 1);
    return last?.type === type;
  }

  /** Makes the PLC say something else of `DEVICE VALUE`, or with `auto` what it would say by itself. */
  async setPlcValue(name: string, value: number | string): Promise<void> {
    const order = { command: [{ name: 'SIM', value: `VALUE ${name} ${value}` }] };
    await this.simulators.plc?.endpoint.handle(JSON.stringify(order));
  }

  /** Ends every life, and waits for their last words. */
  async stop(): Promise<void> {
    this.#stopAlerts();
    const living = [...this.#agents.values()].filter(({ gate }) => gate.isRunning);
    for (const { agent } of living) agent.stop();
    for (const simulator of Object.values(this.simulators)) simulator.stop();
    const lives = Promise.all(living.map(({ life }) => life));
    await Promise.all([this.clock.run(this.clock.now() + GRACE_MS), lives]);
  }

  async close(): Promise<void> {
    await this.database.close();
  }

  async #begin(spec: AgentSpec): Promise<void> {
    const gate = new ProcessGate();
    const workshop: Workshop = {
      settings: this.settings,
      clock: gate.clock(this.clock),
      database: gate.database(this.database),
      links: gate.links(this.network.link),
      log: silentLogger,
      pid: 0,
      separate: false,
    };
    const agent = await makeAgent(spec, workshop);
    const life = agent.run();
    // Whoever lost its name to another life is told so: that is the end of it, not of the program.
    life.catch(() => undefined);
    this.#agents.set(spec.alias, { spec, gate, agent, life });
  }

  #agent(alias: string): LivingAgent {
    const found = this.#agents.get(alias);
    if (found) return found;
    const names = [...this.#agents.keys()].join(', ');
    throw new PyrosError('AGENT_UNKNOWN', `No agent ${alias} lives here: there are ${names}.`);
  }

  /** The alert sender hands its packets straight to the alert agent. */
  #sendAlerts(): () => void {
    const stop = new AbortController();
    const { clock } = this;
    runAlertSimulator({
      events: scenarioAlerts(this.settings.scenario),
      clock,
      signal: stop.signal,
      send: async (packet) => {
        const receiver = this.#alertReceiver();
        if (!receiver) return { outcome: 'nak', reason: 'nobody listens' };
        const answer = await receiver.receive(packet, clock.now());
        return answer.ack ? { outcome: 'ack' } : { outcome: 'nak', reason: answer.reason };
      },
    }).catch(() => undefined);
    return () => stop.abort();
  }

  #alertReceiver(): AlertReceiver | undefined {
    const living = [...this.#agents.values()].filter(({ gate }) => gate.isRunning);
    const agents = living.map(({ agent }) => agent);
    return agents.find((agent): agent is AlertReceiver => 'receive' in agent);
  }
}

/** Kinds of agents that only speak to the outside: virtual time has none. */
const SOCKETS: readonly AgentSpec['kind'][] = ['web', 'gic'];

type AlertReceiver = Runnable & {
  receive(
    packet: Uint8Array,
    receivedMs: number,
  ): Promise<{ ack: true } | { ack: false; reason: string }>;
};
