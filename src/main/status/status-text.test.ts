import { describe, expect, it } from 'vitest';
import type { Command, Survey } from '#agent';
import { parseIso } from '#platform';
import { ageText, statusText } from './status-text.ts';
import { type StatusSources, unitStatus } from './unit-status.ts';

const nowMs = parseIso('2026-11-22T20:00:00Z');

const survey: Survey = {
  name: 'Observer',
  mode: 'ACTIVE',
  status: 'IN_MAIN_LOOP',
  pid: 4711,
  host: 'dome-pc',
  incarnation: 2,
  iteration: 12,
  atMs: nowMs - 3000,
  validitySeconds: 60,
};

const command: Command = {
  id: 5,
  sender: 'AgentA',
  recipient: 'AgentB',
  name: 'eval',
  payload: '3+4',
  readable: true,
  depositMs: nowMs - 10_000,
  validitySeconds: 60,
  timeoutSeconds: 0,
  startMs: null,
  progressMs: null,
  state: 'PENDING',
  progress: '',
  result: '',
  errorCode: '',
  errorText: '',
};

const statusOf = (other: Partial<StatusSources> = {}) =>
  unitStatus({
    nowMs,
    database: { address: 'sqlite:pyros.sqlite', state: 'current' },
    surveys: [],
    names: ['Guardian', 'Observer'],
    runs: [],
    commands: [],
    facts: [],
    ...other,
  });

describe('the status of a unit', () => {
  it('says that nothing runs when nothing does', () => {
    expect(statusText(statusOf())).toContain(
      'Nothing runs. Start the unit with ./pyros start all.',
    );
  });

  it('names every agent of the unit, and after them who else spoke', () => {
    const surveys = [survey, { ...survey, name: 'SuperAgent' }];
    const { agents } = statusOf({ surveys });
    expect(agents.map((agent) => agent.name)).toEqual(['Guardian', 'Observer', 'SuperAgent']);
  });

  it('tells how old the last word of an agent is, and whether it counts', () => {
    const [, observer] = statusOf({ surveys: [survey] }).agents;
    expect(observer).toMatchObject({ alive: true, ageSeconds: 3, iteration: 12, host: 'dome-pc' });
    const [, late] = statusOf({ surveys: [{ ...survey, atMs: nowMs - 61_000 }] }).agents;
    expect(late).toMatchObject({ alive: false, ageSeconds: 61 });
  });

  it('does not take an agent that never started for alive', () => {
    const unborn = { ...survey, status: 'NOT_STARTED', pid: 0, atMs: nowMs };
    const [, observer] = statusOf({ surveys: [unborn] }).agents;
    expect(observer).toMatchObject({ alive: false, status: 'NOT_STARTED', ageSeconds: null });
  });

  it('shows commands as people write them', () => {
    const text = statusText(statusOf({ commands: [command] }));
    expect(text).toMatch(/5 +PENDING +AgentA to AgentB +eval 3\+4 +10 s ago/);
  });

  it('shows a row for each agent', () => {
    const text = statusText(statusOf({ surveys: [survey] }));
    expect(text).toMatch(/Observer +yes +ACTIVE +IN_MAIN_LOOP +3 s ago +dome-pc +4711 +12/);
    expect(text).toContain('One agent lives.');
  });
});

describe('an age', () => {
  it('is told in the unit that fits', () => {
    expect([5, 119, 600, 7200, 200_000].map(ageText)).toEqual([
      '5 s',
      '119 s',
      '10 min',
      '2 h',
      '2 d',
    ]);
  });
});
