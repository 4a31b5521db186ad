import type { Breach } from './breach.ts';
import {
  COMPOSITION_ROOT,
  DEVICE_IMPLEMENTATION,
  DEVICE_REGISTRIES,
  isProduct,
  isTest,
  LADDER,
  PACKAGES_OF_THE_WEB,
  roomOf,
  TESTING,
  TYPES_OF_THE_WEB,
  WEB,
} from './house.ts';
import { type Aliases, importTarget } from './import-target.ts';
import type { ImportLine, SourceFile } from './source-file.ts';

/** An import from one file of the checkout to another. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly byAlias: boolean;
  readonly typeOnly: boolean;
}

type Problem = Pick<Breach, 'rule' | 'what' | 'remedy'>;

/** Who may import whom. */
export function importBreaches(file: SourceFile, aliases: Aliases): Breach[] {
  return file.imports.flatMap((line) =>
    problemsOf(file.path, line, aliases).map((problem) => ({
      path: file.path,
      line: line.line,
      ...problem,
    })),
  );
}

function problemsOf(from: string, line: ImportLine, aliases: Aliases): Problem[] {
  const target = importTarget(from, line.specifier, aliases);
  switch (target.kind) {
    case 'unknown alias':
      return [aliasProblem(line.specifier)];
    case 'package':
      return present([webPackage(from, target.name)]);
    case 'node':
      return present([webPackage(from, target.name)]);
    case 'file': {
      const edge = { from, to: target.path, byAlias: target.byAlias, typeOnly: line.typeOnly };
      return present([extension(edge, line.specifier), ...RULES.map((rule) => rule(edge))]);
    }
  }
}

function present(problems: readonly (Problem | undefined)[]): Problem[] {
  return problems.filter((problem) => problem !== undefined);
}

const RULES: readonly ((edge: Edge) => Problem | undefined)[] = [
  testing,
  outside,
  web,
  layers,
  door,
  implementations,
  agents,
];

function aliasProblem(specifier: string): Problem {
  return {
    rule: 'alias',
    what: `${specifier} is no room`,
    remedy: 'name it under "imports" in package.json',
  };
}

function extension(edge: Edge, specifier: string): Problem | undefined {
  if (edge.byAlias || /\.[a-z]+$/.test(edge.to)) return undefined;
  return {
    rule: 'extension',
    what: `${specifier} has no extension`,
    remedy: `write ${specifier}.ts`,
  };
}

function testing({ from, to }: Edge): Problem | undefined {
  if (!isProduct(from) || !to.startsWith(TESTING)) return undefined;
  return { rule: 'testing', what: `${TESTING} is for tests alone`, remedy: 'move what is needed' };
}

function outside({ from, to }: Edge): Problem | undefined {
  const stays = !isProduct(from) || from.startsWith(COMPOSITION_ROOT) || to.startsWith('src/');
  if (stays) return undefined;
  return {
    rule: 'layers',
    what: `${to} is not part of src`,
    remedy: `move it there, or import it from ${COMPOSITION_ROOT}`,
  };
}

function web({ from, to, typeOnly }: Edge): Problem | undefined {
  const isFromWeb = from.startsWith(WEB);
  if (isFromWeb === to.startsWith(WEB)) return undefined;
  if (!isFromWeb) {
    if (!isProduct(from)) return undefined;
    return { rule: 'web', what: `${to} runs in a browser`, remedy: 'serve it as a built page' };
  }
  if (typeOnly && TYPES_OF_THE_WEB.includes(to)) return undefined;
  return {
    rule: 'web',
    what: `a page may not import ${to}`,
    remedy: `ask the server over HTTP, or "import type" from ${TYPES_OF_THE_WEB.join(', ')}`,
  };
}

function webPackage(from: string, name: string): Problem | undefined {
  if (!from.startsWith(WEB) || isTest(from) || PACKAGES_OF_THE_WEB.includes(name)) return undefined;
  return {
    rule: 'web',
    what: `a page may not import ${name}`,
    remedy: `use ${PACKAGES_OF_THE_WEB.join(', ')} or write it`,
  };
}

function layers({ from, to }: Edge): Problem | undefined {
  const [own, other] = [roomOf(from), roomOf(to)];
  if (!own || !other || own === other || from.startsWith(TESTING) || to.startsWith(TESTING)) {
    return undefined;
  }
  const [ownStep, otherStep] = [stepOf(own), stepOf(other)];
  const unknown = ownStep === -1 ? own : other;
  if (ownStep === -1 || otherStep === -1) {
    return {
      rule: 'layers',
      what: `src/${unknown}/ has no place in the house`,
      remedy: 'give it one in tools/architecture/house.ts',
    };
  }
  if (otherStep < ownStep) return undefined;
  const where = otherStep > ownStep ? 'above' : 'beside';
  return {
    rule: 'layers',
    what: `${other} stands ${where} ${own}`,
    remedy:
      'import downwards only: pass it in, send a fact or a command, or move what both need down',
  };
}

function stepOf(room: string): number {
  return LADDER.findIndex((step) => step.includes(room));
}

function door({ from, to, byAlias }: Edge): Problem | undefined {
  const [own, other] = [roomOf(from), roomOf(to)];
  const isFree = !own || !other || from.startsWith(COMPOSITION_ROOT) || from.startsWith(TESTING);
  if (isFree || from.startsWith(WEB)) return undefined;
  if (own === other) {
    if (!byAlias) return undefined;
    return { rule: 'door', what: `#${own} from within ${own}`, remedy: 'import the file itself' };
  }
  if (byAlias || to === `src/${other}/index.ts` || DEVICE_IMPLEMENTATION.test(to)) return undefined;
  return {
    rule: 'door',
    what: `${to} is inside another room`,
    remedy: `import #${other}, and export it there if others may know it`,
  };
}

function implementations({ from, to }: Edge): Problem | undefined {
  const mayKnow = !isProduct(from) || DEVICE_REGISTRIES.includes(from);
  if (mayKnow || !DEVICE_IMPLEMENTATION.test(to)) return undefined;
  return {
    rule: 'devices',
    what: `${to} implements a device`,
    remedy: `know its contract, and let ${DEVICE_REGISTRIES.join(' or ')} choose it`,
  };
}

const AGENT = /-agent\.ts$/;

function agents({ from, to }: Edge): Problem | undefined {
  if (!AGENT.test(from) || !AGENT.test(to)) return undefined;
  return {
    rule: 'agents',
    what: `an agent does not know ${to}`,
    remedy: 'send it a command by its name, or wait for its fact',
  };
}
