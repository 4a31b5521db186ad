import { COMMAND_STATES } from '#agent';
import { sequenceStatuses } from '#request';
import type { ModelSpec } from './model-spec.ts';

type Values = Readonly<Record<string, unknown>>;

/** What stands for "nothing": the guide's word. */
const shown = (value: unknown) =>
  value === undefined || value === null || value === '' ? 'None' : String(value);

/** Forms that the guide gives; any other object shows the first of its names. */
const FORMS: Readonly<Record<string, (of: Values) => string>> = {
  AgentsSurvey: ({ name, created, mode, status }) =>
    `Agent ${shown(name)} at ${shown(created)} in mode ${shown(mode)} and status ${shown(status)}`,
  Command: ({ name, state, sender, recipient, depositTime }) =>
    `Command '${name}' (CMD_${state}) sent by agent ${sender} to agent ${recipient} at ${depositTime}`,
  Fact: ({ type, agent, at }) => `${type} by ${agent} at ${at}`,
  Log: ({ level, agent, at, message }) => `${at} ${level} ${agent}: ${message}`,
  ScheduleHasSequences: ({ sequence, status }) => `sequence ${shown(sequence)} ${shown(status)}`,
  Schedule: ({ created }) => shown(created),
};

const NAMES = ['username', 'name', 'alias', 'ivorn', 'exposureId', 'effectKey', 'device', 'agent'];

/** An object in one line: `<Country: mexico>`. */
export function printedForm(model: ModelSpec, values: Values): string {
  const form = FORMS[model.name];
  if (form) return `<${model.name}: ${form(values)}>`;
  const name = NAMES.find((one) => model.fields.some((field) => field.name === one));
  const named = name === undefined ? undefined : values[name];
  const key = shown(values[model.key.name]);
  return `<${model.name}: ${named ? String(named) : `${model.name} object (${key})`}>`;
}

/** Words that a model has beside its objects: `Sequence.TOBEPLANNED`. */
export const CONSTANTS: Readonly<Record<string, readonly string[]>> = {
  Sequence: sequenceStatuses,
  Command: COMMAND_STATES,
};
