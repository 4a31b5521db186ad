import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { endOfChild, forkModule, nextMessage } from './child.ts';

/** What one sender does in a round; it ends with the commands or the time, whichever is first. */
export interface Round {
  readonly text: string;
  /** What each command must give. */
  readonly result: string;
  /** How many commands are under way at one time. */
  readonly inFlight: number;
  readonly commands: number;
  readonly seconds: number;
}

/** What one sender saw of it. Instants are UTC milliseconds. */
export interface RoundReport {
  readonly latenciesMs: readonly number[];
  readonly beganMs: number;
  readonly endedMs: number;
}

export interface CrewReport {
  readonly latenciesMs: readonly number[];
  readonly perSecond: number;
}

const START_MS = 30_000;
/** A command in flight at the end of a round may take so long. */
const GRACE_MS = 30_000;

/** Senders, each in a process of its own. */
export class SenderCrew {
  readonly #senders: readonly ChildProcess[];

  private constructor(senders: readonly ChildProcess[]) {
    this.#senders = senders;
  }

  /** `address` as for `courierTo`. */
  static async start(address: string, size: number): Promise<SenderCrew> {
    const module = join(import.meta.dirname, 'command-sender-process.ts');
    const names = Array.from({ length: size }, (_, i) => `Sender${i + 1}`);
    const crew = new SenderCrew(names.map((name) => forkModule(module, [address, name])));
    try {
      await Promise.all(crew.#senders.map((sender) => nextMessage(sender, START_MS)));
      return crew;
    } catch (error) {
      await crew.stop();
      throw error;
    }
  }

  /** Lets so many of them send at the same time. */
  async run(senders: number, round: Round): Promise<CrewReport> {
    const busy = this.#senders.slice(0, senders);
    const patienceMs = round.seconds * 1000 + GRACE_MS;
    const answers = busy.map((sender) => nextMessage<Answer>(sender, patienceMs));
    for (const sender of busy) sender.send(round);
    const reports = (await Promise.all(answers)).map(reportOf);
    const latenciesMs = reports.flatMap((report) => report.latenciesMs);
    const beganMs = Math.min(...reports.map((report) => report.beganMs));
    const endedMs = Math.max(...reports.map((report) => report.endedMs));
    return { latenciesMs, perSecond: (latenciesMs.length / (endedMs - beganMs)) * 1000 };
  }

  async stop(): Promise<void> {
    await Promise.all(this.#senders.map(endOfChild));
  }
}

type Answer = RoundReport | { readonly fault: string };

function reportOf(answer: Answer): RoundReport {
  if ('fault' in answer) throw new Error(answer.fault);
  return answer;
}
