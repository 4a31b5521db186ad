import type { Breach } from './breach.ts';
import {
  isProduct,
  isPure,
  OWNS_TIME,
  PURE_PACKAGES,
  roomOf,
  SHELL_FILE,
  SHELL_ROOMS,
  startsWithAny,
} from './house.ts';
import { type Aliases, type ImportTarget, importTarget } from './import-target.ts';
import type { SourceFile } from './source-file.ts';

/** What a pure file may import, and who may ask the machine for time and randomness. */
export function purityBreaches(file: SourceFile, aliases: Aliases): Breach[] {
  return [...impureImports(file, aliases), ...machineTime(file, aliases)];
}

function impureImports(file: SourceFile, aliases: Aliases): Breach[] {
  if (!isPure(file.path)) return [];
  return file.imports
    .filter((line) => !line.typeOnly)
    .filter((line) => isOutside(file.path, importTarget(file.path, line.specifier, aliases)))
    .map(({ line, specifier }) => ({
      path: file.path,
      line,
      rule: 'purity',
      what: `a pure file imports ${specifier}`,
      remedy:
        'take what it gives as an argument, or name the file for what it touches (CONTRIBUTING)',
    }));
}

function isOutside(from: string, target: ImportTarget): boolean {
  switch (target.kind) {
    case 'node':
      return true;
    case 'package':
      return !PURE_PACKAGES.includes(target.name);
    case 'file':
      return roomOf(from) === roomOf(target.path)
        ? SHELL_FILE.test(target.path) && !target.path.endsWith('/index.ts')
        : SHELL_ROOMS.includes(roomOf(target.path) ?? '');
    case 'unknown alias':
      return false;
  }
}

function machineTime(file: SourceFile, aliases: Aliases): Breach[] {
  if (!isProduct(file.path) || startsWithAny(file.path, OWNS_TIME)) return [];
  const imports = file.imports
    .filter((line) => isTimers(importTarget(file.path, line.specifier, aliases)))
    .map(({ line, specifier }) => ({ text: specifier, line }));
  return [...imports, ...file.machineCalls].map(({ text, line }) => ({
    path: file.path,
    line,
    rule: 'time',
    what: `${text} asks the machine`,
    remedy: 'use the Clock or the Random that is passed in',
  }));
}

function isTimers(target: ImportTarget): boolean {
  return target.kind === 'node' && target.name.startsWith('node:timers');
}
