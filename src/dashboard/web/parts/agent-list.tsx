import type { Tonight } from '../../tonight.ts';
import { words } from '../format/quantity.ts';
import { Section } from './section.tsx';
import { Shape } from './shape.tsx';

type Agent = Tonight['agents'][number];

/** Health of the programs that run the observatory. */
export function AgentList({ agents }: { agents: readonly Agent[] }) {
  const silent = agents.filter((agent) => !agent.alive).length;
  const summary = silent === 0 ? `${agents.length} alive` : `${silent} not answering`;
  return (
    <Section
      title="Agents"
      className="area-agents"
      aside={agents.length > 0 && <span className="section-note">{summary}</span>}
    >
      {agents.length === 0 ? (
        <p className="empty">No agent has reported. Start them with “pyros start”.</p>
      ) : (
        <ul className="agents">
          {agents.map((agent) => (
            <li key={agent.name} data-tone={agent.alive ? 'good' : 'bad'}>
              <Shape tone={agent.alive ? 'good' : 'bad'} size={12} />
              <span className="agent-name">{agent.name}</span>
              <span className="agent-status">
                {agent.alive ? words(agent.status) : 'Not answering'}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
