import { codeOf, sentenceOf } from '#platform';
import { Agent, type CommandTable } from './agent.ts';
import type { Run } from './command-inbox.ts';
import type { Command } from './command-store.ts';
import { DEVICE_COMMAND, type DeviceOrder, deviceOrder } from './device-grammar.ts';

/**
 * An agent that holds the conversation with one device: its routine reads the device
 * and writes what it says to the database, and typed commands (`MOUNT START goto 83.63 22.01`) make it
 * do something.
 */
export abstract class AgentDevice extends Agent {
  protected readonly listensTo = [] as const;
  protected override readonly knows: CommandTable = { [DEVICE_COMMAND]: deviceOrder };
  /** The trouble that was told last; empty while the device answers. */
  #trouble = '';

  /** The device's name in facts and logs. */
  protected abstract readonly device: string;
  /** Reads the device and writes what it says; rejects when it does not answer. */
  protected abstract readDevice(): Promise<void>;
  /** The device did not answer: what is written of it must not look alive. */
  protected abstract loseDevice(): Promise<void>;
  /** Does what a command asks. `key` names the effect: the same command never brings it about twice. */
  protected abstract perform(order: DeviceOrder, key: string, run: Run): Promise<string>;

  /** What moves was written in the journal: the next life asks the device how it went. */
  protected override resumes(command: Command): boolean {
    return command.name === DEVICE_COMMAND;
  }

  protected override async execute(command: Command, run: Run): Promise<string> {
    const order = deviceOrder.parse(command.payload);
    return await this.perform(order, `${this.name} command ${command.id}`, run);
  }

  protected override async routine(): Promise<void> {
    try {
      await this.readDevice();
      this.#trouble = '';
    } catch (error) {
      await this.loseDevice();
      await this.#tellOnce(codeOf(error), sentenceOf(error));
    }
  }

  async #tellOnce(code: string, reason: string): Promise<void> {
    if (this.#trouble === code) return;
    const payload = { device: this.device, code, reason };
    await this.transact((work) => work.fact('DeviceFailed', payload));
    this.#trouble = code;
  }
}
