import { describe, expect, it } from 'vitest';
import type { Unit } from '#unit';
import { simulatedUnit } from '../../testing/tonight-sources.ts';
import { chooseAgents } from './choose-agents.ts';

const alone = simulatedUnit();
/** The same unit with its scheduler on a computer of its own. */
const split: Unit = {
  ...alone,
  computers: [...alone.computers, { alias: 'Computer2', host: 'planning-pc', description: '' }],
  agents: alone.agents.map((agent) =>
    agent.alias === 'Scheduler' ? { ...agent, computer: 'Computer2' } : agent,
  ),
};

const chosen = (unit: Unit, words: string[], computer?: string) =>
  chooseAgents(unit, { words, computer, hostNames: ['dome-pc'] }).map((agent) => agent.alias);

describe('start all', () => {
  it('starts what lives with the unit', () => {
    expect(chosen(alone, ['all'])).toContain('Majordome');
    expect(chosen(alone, ['ALL'])).not.toContain('AgentA');
  });

  it('leaves out what lives on other computers', () => {
    expect(chosen(split, ['all'])).not.toContain('Scheduler');
    expect(chosen(split, ['all'])).toContain('Guardian');
  });

  it('starts the agents of the computer that is given', () => {
    expect(chosen(split, ['all'], 'computer2')).toEqual(['Scheduler']);
  });

  it('says which computers there are when none of its agents is here', () => {
    const elsewhere = {
      ...alone,
      computers: [{ alias: 'Computer1', host: 'far-away', description: '' }],
    };
    expect(() => chosen(elsewhere, ['all'])).toThrow(/none of these agents on this computer/);
  });
});

describe('start NAME', () => {
  it('starts the agent here, wherever the unit file puts it', () => {
    expect(chosen(split, ['scheduler'])).toEqual(['Scheduler']);
  });

  it('starts only what the unit file puts on the computer that is given', () => {
    expect(chosen(split, ['scheduler,majordome'], 'Computer1')).toEqual(['Majordome']);
  });
});
