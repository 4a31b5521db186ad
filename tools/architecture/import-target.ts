import { posix } from 'node:path';

/** The `imports` of package.json: `#planning` to `./src/planning/index.ts`. */
export type Aliases = Readonly<Record<string, string>>;

/** What an import leads to. */
export type ImportTarget =
  | { readonly kind: 'file'; readonly path: string; readonly byAlias: boolean }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'unknown alias' };

/** Resolves a specifier without looking at the disk; `from` is a path from the root. */
export function importTarget(from: string, specifier: string, aliases: Aliases): ImportTarget {
  if (specifier.startsWith('.')) {
    const path = posix.join(posix.dirname(from), withoutQuery(specifier));
    return { kind: 'file', path, byAlias: false };
  }
  if (specifier.startsWith('#')) return aliasTarget(specifier, aliases);
  if (specifier.startsWith('node:')) return { kind: 'node', name: specifier };
  return { kind: 'package', name: packageName(specifier) };
}

/** Bundlers read what follows `?` as an instruction: `page.html?raw`. */
function withoutQuery(specifier: string): string {
  return specifier.replace(/\?.*$/, '');
}

function aliasTarget(specifier: string, aliases: Aliases): ImportTarget {
  for (const [alias, target] of Object.entries(aliases)) {
    const [before = '', after] = alias.split('*');
    const isMatch = after === undefined ? specifier === alias : specifier.startsWith(before);
    if (!isMatch) continue;
    const path = posix.normalize(target.replace('*', specifier.slice(before.length)));
    return { kind: 'file', path, byAlias: true };
  }
  return { kind: 'unknown alias' };
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
