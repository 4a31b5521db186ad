import type { Breach } from './breach.ts';
import { type Aliases, importTarget } from './import-target.ts';
import type { SourceFile } from './source-file.ts';

/** Which files import which, by path; imports from outside `files` are left out. */
type Graph = ReadonlyMap<string, readonly string[]>;

/** Circles of imports, types included: every file in one is told of in one breach. */
export function cycleBreaches(files: readonly SourceFile[], aliases: Aliases): Breach[] {
  const graph = graphOf(files, aliases);
  const told = new Set<string>();
  const breaches: Breach[] = [];
  for (const file of [...graph.keys()].sort()) {
    if (told.has(file)) continue;
    const circle = shortestCircle(graph, file);
    if (!circle) continue;
    for (const member of circle) told.add(member);
    breaches.push(breachOf(circle));
  }
  return breaches;
}

function graphOf(files: readonly SourceFile[], aliases: Aliases): Graph {
  const paths = new Set(files.map((file) => file.path));
  const targets = (file: SourceFile): string[] =>
    file.imports.flatMap(({ specifier }) => {
      const target = importTarget(file.path, specifier, aliases);
      return target.kind === 'file' && paths.has(target.path) ? [target.path] : [];
    });
  return new Map(files.map((file) => [file.path, targets(file)]));
}

/** The shortest way from a file back to itself, breadth first. */
function shortestCircle(graph: Graph, start: string): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const at of queue) {
    for (const next of graph.get(at) ?? []) {
      if (next === start) return wayTo(at, cameFrom);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, at);
      queue.push(next);
    }
  }
  return undefined;
}

function wayTo(end: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const way = [end];
  for (let at = cameFrom.get(end); at !== undefined; at = cameFrom.get(at)) way.unshift(at);
  return way;
}

function breachOf(circle: readonly string[]): Breach {
  const [first = ''] = circle;
  return {
    path: first,
    line: 1,
    rule: 'cycle',
    what: `${[...circle, first].join(' → ')}`,
    remedy: 'move what both need into a file of its own',
  };
}
