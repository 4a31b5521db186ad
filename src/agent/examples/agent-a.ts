import type { ScenarioStep } from '../scenario.ts';
import { ExampleAgent } from './example-agent.ts';

const to = 'AgentB';

/** The guide's AgentA: in test mode it sends nine commands to AgentB (§10.3, R-166, R-167). */
export class AgentA extends ExampleAgent {
  protected readonly scenario: readonly ScenarioStep[] = [
    { to, command: 'eval 2+2', state: 'EXECUTED', result: '4' },
    { to, command: 'specific0', state: 'EXECUTED', result: 'done' },
    { to, command: 'set status idle', state: 'EXECUTED', result: 'IDLE' },
    { to, command: 'specific0', state: 'SKIPPED', errorCode: 'AGENT_IDLE' },
    { to, command: 'set status active', state: 'EXECUTED', result: 'ACTIVE' },
    { to, command: 'fly', state: 'REFUSED', errorCode: 'COMMAND_UNKNOWN' },
    { to, command: 'specific1', state: 'KILLED', result: 'in step #4/5', leaves: true },
    {
      to,
      command: 'do abort',
      state: 'EXECUTED',
      after: { step: 7, progress: 'in step #4/5' },
    },
    { to, command: 'get mode', state: 'EXECUTED', result: 'ACTIVE' },
  ];
}
