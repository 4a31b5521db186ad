import type { Unit } from './unit.ts';

/** What the unit file says, line by line, for people (R-139). */
export function describeUnit(unit: Unit, file: string, host: string): readonly string[] {
  return [
    '----- Components of the unit -----',
    `Configuration file is ${file}`,
    `Unit alias is ${unit.unit.alias}. Description is ${said(unit.unit.description)}:`,
    ...components(unit).map(
      ([kind, { alias, description }]) =>
        `- ${kind} alias is ${alias}. Description is ${said(description)}`,
    ),
    '----- Assembly of the unit -----',
    `Assembled mount aliases: ${list(unit.assembly.mounts)}`,
    `Assembled channel aliases: ${list(unit.assembly.channels)}`,
    '-----',
    `hostname = ${host}`,
    '-----',
  ];
}

type Component = { readonly alias: string; readonly description?: string | undefined };

function components(unit: Unit): readonly (readonly [string, Component])[] {
  const of = (kind: string, all: readonly Component[]) => all.map((one) => [kind, one] as const);
  return [
    ...of('database', [unit.database]),
    ...of('mount', unit.mounts),
    ...of('channel', unit.channels),
    ...of('dome', [unit.dome]),
    ...of('plc', [unit.plc]),
    ...of('computer', unit.computers),
    ...of('agent', unit.agents),
  ];
}

const said = (description: string | undefined) => description || 'None';
const list = (aliases: readonly string[]) => `[${aliases.map((alias) => `'${alias}'`).join(', ')}]`;
