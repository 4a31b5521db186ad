import { describe, expect, it } from 'vitest';
import { selectTests } from './test-selection.ts';

describe('the choice of tests', () => {
  it.each([
    ['src/agent/command.test.ts', 'src/agent/command.test.ts', undefined],
    ['tests/kill.test.ts', 'tests/kill.test.ts', undefined],
    ['planning', 'src/planning/', undefined],
    ['planning.planner', 'src/planning/planner', undefined],
    ['majordome.tests', 'src/execution/', undefined],
    ['user_manager.tests.UserManagerTests', 'src/users/', undefined],
    ['user_manager.tests.UserManagerTests.test_login', 'src/users/', 'login'],
    ['monitoring.safety.test_rain_closes', 'src/environment/safety', 'rain closes'],
  ])('%s runs %s', (path, filter, name) => {
    expect(selectTests(path, undefined)).toEqual({ filters: [filter], name });
  });

  it('may be by name alone', () => {
    expect(selectTests(undefined, 'killed')).toEqual({ filters: [], name: 'killed' });
  });

  it('takes the name that is given over the method', () => {
    expect(selectTests('users.test_login', 'logout').name).toBe('logout');
  });
});
