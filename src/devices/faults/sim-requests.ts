import { codeOf, PyrosError, sentenceOf } from '#platform';
import type { FaultPlane } from '../fault-plane.ts';
import { errorReply, okReply } from '../link/device-reply.ts';
import type { Reply, WireKind } from '../link/link.ts';
import { STATUS_REQUEST } from '../plc/plc-frame.ts';
import { parsePlcRequest } from '../plc/plc-model.ts';

/** What a hand can do to a simulator, over its wire or in memory. */
export interface SimulatorControls {
  readonly faults: FaultPlane;
  /** How it really is, where it may lie. */
  truth?(): object;
  /** Throws `VALUE_UNKNOWN`. */
  setValue?(device: string, name: string, value: number | string): void;
}

/** How a kind of wire says the words of the simulators' control, and answers an order without doing it. */
export interface SimDialect {
  /** What follows `SIM`, where the request is for the simulator and not for the device. */
  wordsOf(request: string): string | undefined;
  isStatus(request: string): boolean;
  answer(json: object): Reply;
  refuse(code: string, sentence: string): Reply;
  /** Yes to an order. */
  yes(request: string): Reply;
}

const lines: SimDialect = {
  wordsOf: (request) => /^SIM (.*)$/.exec(request)?.[1],
  isStatus: (request) => request === 'GET STATUS',
  answer: okReply,
  refuse: errorReply,
  yes: () => okReply(),
};

const json: SimDialect = {
  wordsOf: (request) => {
    // By far the most are this one.
    if (request === STATUS_REQUEST) return undefined;
    const [command] = commandsOf(request);
    return command?.name === 'SIM' ? String(command.value) : undefined;
  },
  isStatus: (request) =>
    request === STATUS_REQUEST || commandsOf(request).some(({ name }) => name === 'STATUS'),
  answer: (value) => ({ text: JSON.stringify([{ name: 'SIM', value }]) }),
  refuse: (code, sentence) => {
    return { text: JSON.stringify([{ name: 'ERROR', comment: `${code} ${sentence}` }]) };
  },
  yes: (request) => ({ text: JSON.stringify(commandsOf(request)) }),
};

/** Both wires of docs/wire-protocol.md. */
export const simDialects: Readonly<Record<WireKind, SimDialect>> = { lines, json };

/** Does what the words after `SIM` ask of a simulator. */
export function answerSim(controls: SimulatorControls, words: string, dialect: SimDialect): Reply {
  try {
    return dialect.answer(perform(controls, words));
  } catch (error) {
    return dialect.refuse(codeOf(error), sentenceOf(error));
  }
}

const USAGE =
  'SIM knows LIST, SET name [amount], CLEAR [name], VALUE device name value, and TRUTH.';

function perform(controls: SimulatorControls, words: string): object {
  const { faults } = controls;
  const [verb = '', ...rest] = words.trim().split(/ +/);
  const [name, amount] = rest;
  if (verb === 'SET' && name && rest.length <= 2) {
    faults.set(name, amount === undefined ? undefined : Number(amount));
  } else if (verb === 'CLEAR' && rest.length <= 1) faults.clear(name);
  else if (verb === 'VALUE' && rest.length >= 3) setValue(controls, rest);
  else if (verb === 'TRUTH' && rest.length === 0) return truthOf(controls);
  else if (verb !== 'LIST' || rest.length > 0) throw new PyrosError('SIM_UNKNOWN', USAGE);
  const active = faults.active();
  return verb === 'LIST' ? { known: faults.known, active } : { active };
}

/** The name of a device may have spaces; those of values and the value itself have none. */
function setValue(controls: SimulatorControls, words: readonly string[]): void {
  if (!controls.setValue) throw new PyrosError('SIM_UNKNOWN', 'It measures nothing to be set.');
  const [name = '', text = ''] = words.slice(-2);
  const value = text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
  controls.setValue(words.slice(0, -2).join(' '), name, value);
}

function truthOf(controls: SimulatorControls): object {
  if (controls.truth) return controls.truth();
  throw new PyrosError('SIM_UNKNOWN', 'It has no truth beside what it says.');
}

function commandsOf(
  request: string,
): readonly { readonly name: string; readonly value?: unknown }[] {
  const parsed = parsePlcRequest(request);
  return parsed.ok ? parsed.commands : [];
}
