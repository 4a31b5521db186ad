import { describe, expect, it } from 'vitest';
import { Listeners, nameKey } from './listeners.ts';

/** Listeners of everything, of A and of B, and who of them was called. */
function three(): { listeners: Listeners; called: string[] } {
  const called: string[] = [];
  const listeners = new Listeners();
  listeners.add(() => called.push('all'));
  listeners.add(() => called.push('A'), 'AgentA');
  listeners.add(() => called.push('B'), 'AgentB');
  return { listeners, called };
}

const to = (...names: string[]) => ({ everybody: false, names: new Set(names.map(nameKey)) });

describe('an announcement', () => {
  it('to everybody reaches everybody', () => {
    const { listeners, called } = three();
    listeners.tell({ everybody: true, names: new Set() });
    expect(called).toEqual(['all', 'A', 'B']);
  });

  it('to a name reaches that name and who listens to everything', () => {
    const { listeners, called } = three();
    listeners.tell(to('AgentB'));
    expect(called).toEqual(['all', 'B']);
  });

  it('to a name reaches it whatever the case', () => {
    const { listeners, called } = three();
    listeners.tell(to('AGENTA'));
    expect(called).toEqual(['all', 'A']);
  });

  it('to several names reaches each of them, and the others once', () => {
    const { listeners, called } = three();
    listeners.tell(to('AgentA', 'agentB'));
    expect(called).toEqual(['all', 'A', 'B']);
  });

  it('to a name nobody listens to reaches who listens to everything', () => {
    const { listeners, called } = three();
    listeners.tell(to('Nobody'));
    expect(called).toEqual(['all']);
  });

  it('to nobody reaches nobody', () => {
    const { listeners, called } = three();
    listeners.tell(to());
    expect(called).toEqual([]);
  });
});

describe('who stops listening', () => {
  it('is not called any more', () => {
    const listeners = new Listeners();
    let called = 0;
    listeners.add(() => called++, 'A')();
    listeners.tellEverybody();
    expect(called).toBe(0);
  });

  it('does not stop another who listens with the same function', () => {
    const listeners = new Listeners();
    let called = 0;
    const listener = () => called++;
    listeners.add(listener);
    listeners.add(listener)();
    listeners.tellEverybody();
    expect(called).toBe(1);
  });
});
