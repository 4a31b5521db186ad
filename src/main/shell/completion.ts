import { namesOf } from './model-class.ts';

/** What a question to a table understands. */
const QUESTION = [
  ...['all', 'count', 'create', 'delete', 'exclude', 'exists', 'filter', 'first', 'get', 'last'],
  ...['orderBy', 'query', 'slice', 'with'],
];

/** How a line may go on, and the end of the line that this takes the place of. */
export type Completion = [goOn: string[], typed: string];

/**
 * Node does not look into what guards its properties, as objects and tables here do: their names are
 * found here. Null for anything else.
 */
export function completionOf(
  context: Readonly<Record<string, unknown>>,
  line: string,
): Completion | null {
  const [, name = '', objects = '', begun = ''] = /(\w+)(\.objects)?\.(\w*)$/.exec(line) ?? [];
  const own = namesOf(context[name]);
  const names = objects && own.includes('objects') ? QUESTION : own;
  const path = `${name}${objects}`;
  const fitting = names.filter((one) => one.startsWith(begun)).map((one) => `${path}.${one}`);
  return fitting.length > 0 ? [fitting, `${path}.${begun}`] : null;
}
