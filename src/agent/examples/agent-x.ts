import type { ScenarioStep } from '../scenario.ts';
import { ExampleAgent } from './example-agent.ts';

/** The guide's AgentX: it sends nothing by itself and does what it is told. */
export class AgentX extends ExampleAgent {
  protected readonly scenario: readonly ScenarioStep[] = [];
}
