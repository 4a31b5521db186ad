import { describe, expect, it } from 'vitest';
import { simulatedUnit } from '../../testing/tonight-sources.ts';
import { agentsNamed, computerNamed, namesIn } from './agent-names.ts';

const unit = simulatedUnit();
const named = (...names: string[]) => agentsNamed(unit, names).map((agent) => agent.alias);

describe('names of agents', () => {
  it('come with commas, with blanks, or with both', () => {
    expect(namesIn(['agentA,agentB'])).toEqual(['agentA', 'agentB']);
    expect(namesIn(['agentA,', 'agentB'])).toEqual(['agentA', 'agentB']);
    expect(namesIn([' agentA , agentB,'])).toEqual(['agentA', 'agentB']);
  });

  it('are the aliases of the unit file, in any case', () => {
    expect(named('agentA', 'GUARDIAN')).toEqual(['Guardian', 'AgentA']);
  });

  it.each([
    ['webserver', 'Webserver'],
    ['monitoring', 'Monitoring'],
    ['envmonitor', 'Monitoring'],
    ['env-monitoring', 'Monitoring'],
    ['AgentM', 'Monitoring'],
    ['majordome', 'Majordome'],
    ['agent_majordome', 'Majordome'],
    ['start_agent_alert_manager.py', 'AlertListener'],
    ['alert_manager', 'AlertListener'],
    ['scheduler', 'Scheduler'],
    ['telescope', 'TelescopeAgent'],
    ['AgentTelescope', 'TelescopeAgent'],
  ])('may be those of the guide: %s is %s', (name, alias) => {
    expect(named(name)).toEqual([alias]);
  });

  it('count once each', () => {
    expect(named('majordome', 'Majordome')).toEqual(['Majordome']);
  });

  it('that are unknown are told with the nearest one and the list', () => {
    expect(() => named('agentZ')).toThrow(/no agent "agentZ"/);
    try {
      named('majordme');
    } catch (error) {
      expect(error).toMatchObject({ code: 'AGENT_UNKNOWN' });
      expect((error as { remedy: string }).remedy).toMatch(/^Did you mean Majordome\? .*AgentX\.$/);
    }
  });
});

describe('a computer', () => {
  it('is found by its alias in any case', () => {
    expect(computerNamed(unit, 'computer1').host).toBe('localhost');
  });

  it('that is unknown is told with the list', () => {
    expect(() => computerNamed(unit, 'dome-pc')).toThrow('The unit has no computer "dome-pc".');
  });
});
