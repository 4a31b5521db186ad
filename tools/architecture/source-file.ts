import { type ESTree, parseSync, Visitor } from 'vite';

/** One `import`, `export … from`, `import()` or `import type`. */
export interface ImportLine {
  readonly specifier: string;
  readonly line: number;
  /** Gone when the program runs. An `import { type A }` stays, as an import for its effect. */
  readonly typeOnly: boolean;
}

/** A function with a body. */
export interface FunctionSpan {
  readonly name: string;
  readonly line: number;
  /** From its first line to its last. */
  readonly lines: number;
  readonly parameters: number;
}

/** A question put to the machine's clock, timers or randomness. */
export interface MachineCall {
  readonly text: string;
  readonly line: number;
}

/** What the rules of the house look at in one file. */
export interface SourceFile {
  /** From the root of the checkout, with `/`. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly ImportLine[];
  readonly functions: readonly FunctionSpan[];
  readonly machineCalls: readonly MachineCall[];
  /** Why the file could not be read as TypeScript. */
  readonly syntaxError?: string;
}

/** Reads a TypeScript file's text. A file with a syntax error has no imports, functions or calls. */
export function readSourceFile(path: string, text: string): SourceFile {
  const lineOf = lineFinder(text);
  const lines = lineOf(Math.max(0, text.length - 1));
  const { program, errors } = parseSync(path, text, { sourceType: 'module' });
  const [error] = errors;
  if (error) {
    const empty = { imports: [], functions: [], machineCalls: [] };
    return { path, lines, ...empty, syntaxError: error.message };
  }
  return {
    path,
    lines,
    imports: importsOf(program, lineOf),
    functions: functionsOf(program, lineOf),
    machineCalls: machineCallsOf(program, lineOf),
  };
}

type LineOf = (offset: number) => number;

/** Line numbers from 1 of offsets into the text. */
function lineFinder(text: string): LineOf {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

function importsOf(program: ESTree.Program, lineOf: LineOf): ImportLine[] {
  const found: ImportLine[] = [];
  const add = (source: ESTree.Expression | null, typeOnly: boolean): void => {
    if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
    found.push({ specifier: source.value, line: lineOf(source.start), typeOnly });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source, node.importKind === 'type'),
    ExportNamedDeclaration: (node) => add(node.source, node.exportKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind === 'type'),
    ImportExpression: (node) => add(node.source, false),
    TSImportType: (node) => add(node.source, true),
  }).visit(program);
  return found;
}

type FunctionNode = ESTree.Function | ESTree.ArrowFunctionExpression;

function functionsOf(program: ESTree.Program, lineOf: LineOf): FunctionSpan[] {
  const names = new Map<unknown, string>();
  const found: FunctionSpan[] = [];
  const name = (key: ESTree.Node | null, value: unknown): void => {
    if (key && 'name' in key && typeof key.name === 'string') names.set(value, key.name);
  };
  const add = (node: FunctionNode): void => {
    if (!node.body) return;
    const line = lineOf(node.start);
    found.push({
      name: names.get(node) ?? node.id?.name ?? 'a function',
      line,
      lines: lineOf(node.end - 1) - line + 1,
      parameters: node.params.filter((param) => !isThis(param)).length,
    });
  };
  new Visitor({
    VariableDeclarator: (node) => name(node.id, node.init),
    MethodDefinition: (node) => name(node.key, node.value),
    PropertyDefinition: (node) => name(node.key, node.value),
    Property: (node) => name(node.key, node.value),
    FunctionDeclaration: add,
    FunctionExpression: add,
    ArrowFunctionExpression: add,
  }).visit(program);
  return found;
}

/** TypeScript's `this` parameter, which is a type and no argument. */
function isThis(param: ESTree.ParamPattern): boolean {
  return param.type === 'Identifier' && param.name === 'this';
}

const TIMERS = new Set(['setTimeout', 'setInterval', 'setImmediate', 'randomUUID']);
const MEMBERS = new Set([
  'Date.now',
  'performance.now',
  'process.hrtime',
  'Math.random',
  'crypto.randomUUID',
  'crypto.getRandomValues',
]);

function machineCallsOf(program: ESTree.Program, lineOf: LineOf): MachineCall[] {
  const found: MachineCall[] = [];
  const add = (text: string, node: ESTree.Node): void => {
    found.push({ text, line: lineOf(node.start) });
  };
  new Visitor({
    MemberExpression: (node) => {
      const text = memberText(node);
      if (MEMBERS.has(text)) add(text, node);
    },
    CallExpression: (node) => {
      const callee = calleeName(node.callee);
      if (TIMERS.has(callee)) add(callee, node);
      if (callee === 'Date') add('Date()', node);
    },
    NewExpression: (node) => {
      if (calleeName(node.callee) === 'Date' && node.arguments.length === 0)
        add('new Date()', node);
    },
  }).visit(program);
  return found;
}

/** `Date.now` of `Date.now` and of `globalThis.Date.now`. */
function memberText(node: ESTree.MemberExpression): string {
  const owner = calleeName(node.object);
  return node.property.type === 'Identifier' && !node.computed
    ? `${owner}.${node.property.name}`
    : owner;
}

/** `setTimeout` of `setTimeout` and of `globalThis.setTimeout`; empty for anything less plain. */
function calleeName(node: ESTree.Node): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'MemberExpression' || node.computed) return '';
  const isGlobal = node.object.type === 'Identifier' && node.object.name === 'globalThis';
  return isGlobal && node.property.type === 'Identifier' ? node.property.name : '';
}
