import { describe, expect, it } from 'vitest';
import { PyrosError } from '#platform';
import {
  asTrouble,
  asUnsure,
  isDatabaseTrouble,
  isDuplicate,
  isUnsure,
} from './database-trouble.ts';

const coded = (code: string, message = 'no') => Object.assign(new Error(message), { code });

describe('the error of a driver', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', '57P01', '57P03', '08006', 'PROTOCOL_CONNECTION_LOST'])(
    '%s means that the database is gone',
    (code) => {
      const cause = coded(code);
      expect(asTrouble(cause)).toMatchObject({ code: 'DATABASE_GONE', cause });
    },
  );

  it.each([
    'Connection terminated unexpectedly',
    'Client has encountered a connection error and is not queryable',
    'timeout exceeded when trying to connect',
    "Can't add new command when connection is in closed state",
  ])('"%s" means so without a code', (message) => {
    expect(asTrouble(new Error(message))).toMatchObject({
      code: 'DATABASE_GONE',
      message: expect.stringContaining(message),
    });
  });

  it('of each address of a name means so, and is told by its code', () => {
    const cause = new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]);
    expect(asTrouble(cause)).toMatchObject({
      code: 'DATABASE_GONE',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it.each(['40001', '40P01', 'ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT'])(
    '%s means that another transaction was in the way',
    (code) => {
      expect(asTrouble(coded(code))).toMatchObject({ code: 'DATABASE_BUSY' });
    },
  );

  it.each([
    coded('53100'),
    coded('ER_DISK_FULL'),
    Object.assign(new Error('database or disk is full'), { errcode: 13 }),
  ])('%s means that the disk is full, which may pass', (error) => {
    expect(asTrouble(error)).toMatchObject({ code: 'DATABASE_FULL', cause: error });
    expect(isDatabaseTrouble(asTrouble(error))).toBe(true);
  });

  it.each([
    coded('23505'),
    coded('ER_DUP_ENTRY'),
    Object.assign(new Error('UNIQUE constraint failed'), { errcode: 2067 }),
  ])('%s means that the value is taken', (error) => {
    expect(isDuplicate(error)).toBe(true);
    expect(isDuplicate(coded('23503'))).toBe(false);
  });

  it.each([coded('23505'), coded('ER_DUP_ENTRY'), new Error('any other'), 'no error at all'])(
    '%s stays as it is',
    (error) => {
      expect(asTrouble(error)).toBe(error);
      expect(asUnsure(error)).toBe(error);
    },
  );

  it('leaves open whether the change was kept, when the connection broke at that moment', () => {
    expect(asUnsure(coded('ECONNRESET'))).toMatchObject({ code: 'DATABASE_UNSURE' });
  });

  it('keeps nothing when another transaction was in the way even then', () => {
    expect(asUnsure(coded('40001'))).toMatchObject({ code: 'DATABASE_BUSY' });
  });
});

describe('to repeat or to look', () => {
  it.each([
    ['DATABASE_BUSY', true, false],
    ['DATABASE_GONE', true, false],
    ['DATABASE_UNSURE', false, true],
    ['AGENT_UNKNOWN', false, false],
  ])('%s: repeat %s, look %s', (code, repeat, look) => {
    const error = new PyrosError(code, 'sentence');
    expect([isDatabaseTrouble(error), isUnsure(error)]).toEqual([repeat, look]);
  });

  it('is not asked of what was not raised on purpose', () => {
    const error = coded('DATABASE_GONE');
    expect([isDatabaseTrouble(error), isUnsure(error)]).toEqual([false, false]);
  });
});
