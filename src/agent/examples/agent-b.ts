import type { ScenarioStep } from '../scenario.ts';
import { ExampleAgent } from './example-agent.ts';

const to = 'AgentA';

/** The guide's AgentB: in test mode it sends six commands to AgentA (§10.3, R-166, R-167). */
export class AgentB extends ExampleAgent {
  protected readonly scenario: readonly ScenarioStep[] = [
    { to, command: 'eval 3+4', state: 'EXECUTED', result: '7' },
    { to, command: 'specific0', state: 'EXECUTED', result: 'done' },
    { to, command: 'specific1', state: 'EXECUTED', result: 'done in 5 steps', leaves: true },
    { to, command: 'specific0', state: 'KILLED', errorCode: 'ABORTED', leaves: true },
    {
      to,
      command: 'do flush_commands',
      state: 'EXECUTED',
      after: { step: 3, progress: 'in step #2/5' },
    },
    { to, command: 'do eval 2*(3+4)', state: 'EXECUTED', result: '14' },
  ];
}
