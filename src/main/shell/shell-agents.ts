import {
  Agent,
  AgentA,
  AgentB,
  type AgentContext,
  AgentX,
  latestFacts,
  readSurveys,
  Sender,
  type SendOptions,
  type SentCommand,
} from '#agent';
import type { Database } from '#db';
import { type Clock, type Logger, sentenceOf } from '#platform';
import type { Unit } from '#unit';
import { textTable } from '../database/text-table.ts';

/** What the agents of a session are made with. */
export interface SessionParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly unit: Unit;
  /** Where the unit was read from, for people. */
  readonly unitFile: string;
  /** Told what the agents do. */
  readonly say: (line: string) => void;
}

/** Text that the shell shows as it is. */
export class ShownText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.text;
  }
}

/** The guide's example agents and a plain one, made by their names alone: `new AgentA('agent_toto')`. */
export function agentClasses(parts: SessionParts) {
  return {
    Agent: class extends Agent {
      protected readonly listensTo = [];
      protected readonly routineSeconds = 10;
      constructor(name = 'Agent') {
        super(contextOf(parts, name));
      }
    },
    AgentA: class extends AgentA {
      constructor(name = 'AgentA') {
        super(contextOf(parts, name));
      }
    },
    AgentB: class extends AgentB {
      constructor(name = 'AgentB') {
        super(contextOf(parts, name));
      }
    },
    AgentX: class extends AgentX {
      constructor(name = 'AgentX') {
        super(contextOf(parts, name));
      }
    },
  };
}

function contextOf(parts: SessionParts, name: string): AgentContext {
  const { database, clock, unit, unitFile, say } = parts;
  const config = { unit, file: unitFile };
  return { name, database, clock, config, log: tellingLogger(say), pid: process.pid, narrate: say };
}

/** In a session its errors are told to the person who sits there. */
function tellingLogger(say: (line: string) => void): Logger {
  return { info: () => {}, warn: say, error: say };
}

/** What is asked of the unit without being an agent of it. */
export function unitQuestions({ database, clock }: SessionParts) {
  const sender = new Sender({ name: 'shell', database, clock });
  return {
    /** The agents and what each says of itself. */
    agents: async (): Promise<ShownText> => {
      const nowMs = clock.now();
      const rows = (await readSurveys(database)).map((survey) => ({
        agent: survey.name,
        mode: survey.mode,
        status: survey.status,
        'heard (s ago)': survey.pid === 0 ? '' : Math.round((nowMs - survey.atMs) / 1000),
        computer: survey.host,
        pid: survey.pid || '',
      }));
      return new ShownText(rows.length > 0 ? textTable(rows) : 'No agent was ever started here.');
    },
    /** The latest facts, the newest last. */
    facts: async (count = 20): Promise<ShownText> => {
      const facts = (await latestFacts(database, count)).toReversed();
      const lines = facts.map(
        ({ at, agent, type, payload }) => `${at} ${agent} ${type} ${JSON.stringify(payload)}`,
      );
      return new ShownText(lines.length > 0 ? lines.join('\n') : 'Nothing has happened yet.');
    },
    /** Sends a command and waits for its end. */
    send: async (to: string, text: string, options: SendOptions = {}): Promise<SentCommand> => {
      const command = await sender.send(to, text, options);
      await command.ended();
      return command;
    },
  };
}

/** One line for what went wrong. */
export function errorLine(error: unknown): string {
  const { name, message } = error as { name?: string; message?: string };
  // Errors of what is typed belong to another realm: they are known by their looks.
  if (name === 'PyrosError' || typeof message !== 'string') return sentenceOf(error);
  return name && name !== 'Error' ? `${name}: ${message}` : message;
}
