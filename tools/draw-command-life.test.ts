import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMAND_EVENTS, COMMAND_STATES, transition } from '../src/agent/command.ts';
import { COMMAND_LIFE, commandLife } from './draw-command-life.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const life = commandLife();

describe('docs/command-life.md', () => {
  it('is what the machine says: else run node tools/draw-command-life.ts', () => {
    expect(readFileSync(COMMAND_LIFE, 'utf8')).toBe(life);
  });

  it('draws each transition once, and none that cannot happen', () => {
    const drawn = [...life.matchAll(/^ {2}([A-Z]+) --> ([A-Z]+): (\w+) \(/gm)].map(
      ([, from, to, event]) => `${from} ${event} ${to}`,
    );
    const real = COMMAND_STATES.flatMap((from) =>
      COMMAND_EVENTS.map((event) => `${from} ${event} ${transition(from, event)}`),
    ).filter((move) => !move.endsWith('null'));
    expect(real.length).toBeGreaterThan(8);
    expect(drawn.toSorted()).toEqual(real.toSorted());
  });

  it('has a cell for each state and event', () => {
    const header = `|  | ${COMMAND_EVENTS.join(' | ')} |`;
    const [, rows = ''] = life.split(header);
    const cells = rows.split('\n\n')[0]?.match(/[A-Z]+|—/g) ?? [];
    expect(cells).toHaveLength(COMMAND_STATES.length * (COMMAND_EVENTS.length + 1));
  });

  it('names no error code that the agents do not use', () => {
    const sources = globSync('src/agent/*.ts', { cwd: ROOT })
      .filter((path) => !path.endsWith('.test.ts'))
      .map((path) => readFileSync(`${ROOT}${path}`, 'utf8'))
      .join('\n');
    const named = [...life.matchAll(/`([A-Z]+_[A-Z]+)`/g)].map(([, code = '']) => code);
    const codes = named.filter((code) => code !== 'CMD_EXECUTED');
    expect(codes.length).toBeGreaterThan(8);
    expect(codes.filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
  });
});
