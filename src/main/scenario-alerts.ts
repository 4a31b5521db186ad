import { alertSpecSchema, type ScenarioAlert } from '#alert';
import { parseScenario, type Scenario } from '#devices';
import { iso, PyrosError } from '#platform';

/** The scenario, or a PyrosError `SCENARIO_INVALID` that lists what is wrong in it. */
export function scenarioOf(json: unknown): Scenario {
  const parsed = parseScenario(json);
  if (parsed.ok) return parsed.scenario;
  throw new PyrosError(
    'SCENARIO_INVALID',
    `The scenario is not valid: ${parsed.problems.join('; ')}.`,
  );
}

/** What the alert sender does in a scenario. Throws like {@link scenarioOf}. */
export function scenarioAlerts(json: unknown): ScenarioAlert[] {
  return scenarioOf(json).alerts.map(({ when, payload }) => {
    const spec = alertSpecSchema.safeParse(payload);
    if (!spec.success || !('atMs' in when)) {
      const problem = spec.error?.issues.map((issue) => issue.message).join('; ') ?? 'needs "at"';
      throw new PyrosError('SCENARIO_INVALID', `An alertSimulator event is not valid: ${problem}.`);
    }
    return { at: iso(when.atMs), alertSimulator: spec.data };
  });
}
