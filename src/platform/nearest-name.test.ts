import { describe, expect, it } from 'vitest';
import { editSteps, nearestName } from './nearest-name.ts';

describe('the nearest name', () => {
  it('counts letters put in, left out, changed and swapped', () => {
    expect(editSteps('start', 'start')).toBe(0);
    expect(editSteps('strat', 'start')).toBe(1);
    expect(editSteps('stat', 'start')).toBe(1);
    expect(editSteps('', 'stop')).toBe(4);
    expect(editSteps('kitten', 'sitting')).toBe(3);
  });

  it('is the one that was probably meant, whatever the case', () => {
    expect(nearestName('majordme', ['Guardian', 'Majordome', 'Monitoring'])).toBe('Majordome');
    expect(nearestName('AGENTC', ['Observer', 'AgentA'])).toBe('AgentA');
  });

  it.each([
    ['nmae', 'name'],
    ['start_mod', 'startMode'],
    ['tPreferred', 'tPrefered'],
  ])('finds %s among fields', (wish, name) => {
    expect(nearestName(wish, ['id', 'name', 'startMode', 'tPrefered', 'nbImages'])).toBe(name);
  });

  it('is none when nothing is near', () => {
    expect(nearestName('spectrograph', ['Guardian', 'Majordome'])).toBe(null);
    expect(nearestName('a', ['b'])).toBe(null);
  });
});
