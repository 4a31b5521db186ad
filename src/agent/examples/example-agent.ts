import { z } from 'zod';
import { PyrosError, runInWorker, sentenceOf, Wake } from '#platform';
import { Agent, type CommandTable } from '../agent.ts';
import type { Run } from '../command-inbox.ts';
import type { Command } from '../command-store.ts';
import type { Fact } from '../fact-vocabulary.ts';
import { nothing } from '../payload-check.ts';
import { type ScenarioStep, verdictLine } from '../scenario.ts';
import { ScenarioPlayer } from '../scenario-player.ts';
import type { SendOptions } from '../sender.ts';
import type { SentCommand } from '../sent-command.ts';

/** `specific1` takes so many steps, so long each. */
const STEPS = 5;
const STEP_SECONDS = 1;
/** A partner that never ends its part is not waited for longer than this, seconds. */
const PARTNER_SECONDS = 90;

/** The word after `compute`. */
const countBelow = z.coerce.number().int().min(0).max(100_000_000);

/**
 * What the guide's example agents share: `specific0` is done at once, `specific1` in five steps that it
 * tells, `compute` takes a processor and so runs in a thread of its own. In test mode (`-t`) an agent
 * plays its scenario, prints whether all commands ended as they must, waits for its partner to have
 * done so, and ends.
 */
export abstract class ExampleAgent extends Agent {
  protected readonly listensTo = ['SelfTestEnded'] as const;
  protected readonly routineSeconds = 10;
  protected override readonly knows: CommandTable = {
    specific0: nothing,
    specific1: nothing,
    compute: countBelow,
  };
  /** What it sends in test mode. */
  protected abstract readonly scenario: readonly ScenarioStep[];
  readonly #changed = new Wake();
  readonly #partnersDone = new Set<string>();
  #part: Promise<void> | null = null;
  #faults: readonly string[] = [];

  protected override async prepare(): Promise<void> {
    if (this.context.test && this.scenario.length > 0) this.#part ??= this.#play();
  }

  protected override async onFacts(facts: readonly Fact[]): Promise<void> {
    for (const fact of facts) {
      if (fact.type === 'SelfTestEnded') this.#partnersDone.add(fact.payload.agent);
    }
    this.#changed.ring();
  }

  protected override async routine(): Promise<void> {
    this.#changed.ring();
  }

  protected override async execute(command: Command, run: Run): Promise<string> {
    if (command.name === 'specific1') return await this.#inSteps(run);
    if (command.name === 'compute') {
      const module = new URL('./count-primes-worker.ts', import.meta.url);
      const below = countBelow.parse(command.payload);
      return `${await runInWorker<number>(module, below, run.signal)} primes below ${below}`;
    }
    return 'done';
  }

  /** What only computes may be computed again by the next life. */
  protected override resumes(command: Command): boolean {
    return command.name === 'compute' || command.name === 'specific0';
  }

  async #inSteps({ signal, progress }: Run): Promise<string> {
    for (let step = 1; step <= STEPS; step++) {
      await progress(`in step #${step}/${STEPS}`);
      await this.clock.sleep(STEP_SECONDS, signal);
    }
    return `done in ${STEPS} steps`;
  }

  /** Ends with an error when its part of the test did. */
  override async run(iterations?: number): Promise<void> {
    await super.run(iterations);
    if (this.#faults.length === 0) return;
    const share = `${this.#faults.length} of ${this.scenario.length}`;
    const sentence = `${share} assertions of ${this.name} failed; the first: ${this.#faults[0]}.`;
    throw new PyrosError('SELF_TEST_FAILED', sentence);
  }

  async #play(): Promise<void> {
    const say = this.context.narrate ?? (() => undefined);
    const player = new ScenarioPlayer({
      clock: this.clock,
      signal: this.stopSignal,
      send: (to, command, options) => this.#sendWhenActive(to, command, options),
      tell: (line) => say(`(${this.name}): ${line}`),
    });
    try {
      this.#faults = await player.play(this.scenario);
      const assertions = this.scenario.length;
      for (const fault of this.#faults) say(`(${this.name}): ${fault}`);
      say(`(${this.name}): ${verdictLine(assertions, this.#faults)}`);
      const payload = { agent: this.name, assertions, faults: [...this.#faults] };
      await this.transact((work) => work.fact('SelfTestEnded', payload));
      await this.#untilPartnersAreDone();
    } catch (error) {
      if (!this.stopSignal.aborted) this.#faults = [...this.#faults, sentenceOf(error)];
    }
    this.stop();
  }

  /** An idle agent sends nothing: it waits until it may. */
  async #sendWhenActive(to: string, command: string, options: SendOptions): Promise<SentCommand> {
    while (this.mode === 'IDLE') await this.clock.sleep(0.1, this.stopSignal);
    return await this.sendCommand(to, command, options);
  }

  async #untilPartnersAreDone(): Promise<void> {
    const partners = new Set(this.scenario.map((step) => step.to));
    const endMs = this.clock.monotonic() + this.clock.allow(PARTNER_SECONDS) * 1000;
    while ([...partners].some((name) => !this.#partnersDone.has(name))) {
      const isAlone = this.#faults.some((fault) => fault.includes('RECIPIENT_SILENT'));
      if (isAlone || this.clock.monotonic() > endMs) return;
      await this.#changed.wait();
    }
  }
}
