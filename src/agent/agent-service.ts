import { Agent } from './agent.ts';

/**
 * An agent that serves the others and holds no conversation with a single device of its own:
 * Majordome, Monitoring, Scheduler, AlertListener, Observer, Webserver. Its counterpart is
 * {@link AgentDevice}.
 */
export abstract class AgentService extends Agent {}
