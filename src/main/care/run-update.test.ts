import { describe, expect, it } from 'vitest';
import { findObstacle } from './run-update.ts';

const healthy: Readonly<Record<string, string | null>> = {
  '--version': 'git version 2.47.0',
  'rev-parse --is-inside-work-tree': 'true',
  'rev-parse --abbrev-ref @{upstream}': 'origin/main',
  'status --porcelain --untracked-files=no': '',
};

const obstacle = (other: Readonly<Record<string, string | null>>) =>
  findObstacle((_program, args) => ({ ...healthy, ...other })[args.join(' ')] ?? null);

describe('an update', () => {
  it('goes on where nothing is in its way', () => {
    expect(obstacle({})).toBe(null);
  });

  it.each([
    ['without git', { '--version': null }, 'git is missing.'],
    ['outside a checkout', { 'rev-parse --is-inside-work-tree': null }, 'no git checkout'],
    ['without a remote', { 'rev-parse --abbrev-ref @{upstream}': null }, 'no remote branch'],
    [
      'over changed files',
      { 'status --porcelain --untracked-files=no': 'M config/simulated.yaml' },
      'config/simulated.yaml',
    ],
  ])('is refused %s', (_where, other, sentence) => {
    expect(obstacle(other)?.sentence).toContain(sentence);
    expect(obstacle(other)?.remedy).not.toBe('');
  });
});
