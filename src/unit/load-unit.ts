import { type Document, isMap, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { PyrosError, sentenceOf } from '#platform';
import { type Unit, unitSchema } from './unit.ts';
import { contradictions } from './unit-contradictions.ts';

/** One thing wrong in a unit file. */
export interface UnitProblem {
  /** `channels.0.detector.width` */
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  readonly expected: string;
}

export type UnitReading =
  | { readonly ok: true; readonly unit: Unit }
  | { readonly ok: false; readonly problems: readonly UnitProblem[] };

/** Reads a unit file: all that is wrong is told at once, each with its path, line and what was expected. */
export function readUnit(text: string): UnitReading {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => {
      return {
        path: '',
        line: lines.linePos(error.pos[0]).line,
        expected: `YAML: ${error.message}`,
      };
    });
    return { ok: false, problems };
  }
  const lineOf = (path: readonly PropertyKey[]) => lineAt(document.contents, path, lines);
  const plain = plainOf(document);
  if ('problem' in plain) return { ok: false, problems: [plain.problem] };
  const parsed = unitSchema.safeParse(plain.value);
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, lineOf));
    return { ok: false, problems };
  }
  const problems = contradictions(parsed.data).map(({ path, expected }) => {
    return { path: path.join('.'), line: lineOf(path), expected };
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, unit: parsed.data };
}

/** An alias (`*name`) that leads nowhere, or to too much, shows only here, without its place. */
function plainOf(document: Document.Parsed): { value: unknown } | { problem: UnitProblem } {
  try {
    return { value: document.toJS() };
  } catch (error) {
    return { problem: { path: '', line: 1, expected: `YAML: ${sentenceOf(error)}` } };
  }
}

/** The unit of a file's text; `name` is how to call it in the error. Throws `UNIT_INVALID`. */
export function unitOf(text: string, name: string): Unit {
  const reading = readUnit(text);
  if (reading.ok) return reading.unit;
  const lines = reading.problems.map(({ path, line, expected }) => {
    return `  ${name}:${line}  ${path || '(file)'}: ${expected}`;
  });
  const count = lines.length === 1 ? 'one error' : `${lines.length} errors`;
  throw new PyrosError('UNIT_INVALID', `The unit file has ${count}:\n${lines.join('\n')}\n`, {
    remedy: 'Correct them and start again: nothing was started.',
  });
}

type Issue = z.core.$ZodIssue;

function problemsOf(issue: Issue, lineOf: (path: readonly PropertyKey[]) => number): UnitProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const path = [...issue.path, key];
      return {
        path: path.map(String).join('.'),
        line: lineOf(path),
        expected: 'no such key exists',
      };
    });
  }
  const path = issue.path.map(String).join('.');
  return [{ path, line: lineOf(issue.path), expected: lowerFirst(issue.message) }];
}

function lowerFirst(text: string): string {
  return text.replace(/^Invalid input: /, '').replace(/^[A-Z](?![A-Z])/, (c) => c.toLowerCase());
}

/** The line of a value, or of the nearest thing around it when it is missing. */
function lineAt(root: Node | null, path: readonly PropertyKey[], lines: LineCounter): number {
  let node: Node | null = root;
  let offset = root?.range?.[0] ?? 0;
  for (const key of path) {
    const pair = isMap(node)
      ? node.items.find((item) => String(item.key) === String(key))
      : undefined;
    const next = (pair?.value ?? childAt(node, key)) as Node | null | undefined;
    const keyNode = pair?.key as Node | undefined;
    if (!pair && !next) break;
    offset = keyNode?.range?.[0] ?? next?.range?.[0] ?? offset;
    node = next ?? null;
  }
  return lines.linePos(offset).line;
}

function childAt(node: Node | null, key: PropertyKey): Node | undefined {
  if (!node || isMap(node) || !('items' in node) || typeof key !== 'number') return undefined;
  return (node.items as Node[])[key];
}
