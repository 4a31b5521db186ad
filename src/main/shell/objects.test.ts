import { describe, expect, it } from 'vitest';
import { VirtualClock } from '#platform';
import { tempDatabase } from '#testing';
import { completionOf } from './completion.ts';
import { Q } from './condition.ts';
import { readModelSpecs } from './model-spec.ts';
import { ObjectStore } from './object-store.ts';

const NOW_MS = Date.UTC(2014, 3, 23, 20);

/** The classes that a person sees, over a new database. */
async function classes() {
  const database = await tempDatabase();
  const clock = new VirtualClock(NOW_MS);
  const store = new ObjectStore({ database, clock, specs: await readModelSpecs() });
  const of = (name: string) => {
    const found = store.models.get(name);
    if (!found) throw new RangeError(name);
    return found;
  };
  return {
    Country: of('Country'),
    Log: of('Log'),
    PyrosUser: of('PyrosUser'),
    Sequence: of('Sequence'),
  };
}

/** Three countries, by name. */
async function countries() {
  const { Country, ...rest } = await classes();
  for (const name of ['France', 'Mexico', '50%_off']) await Country.objects.create({ name });
  const names = async (question: PromiseLike<Iterable<unknown>>) =>
    [...(await question)].map(String);
  return { Country, names, ...rest };
}

describe('an object', () => {
  it('has no number before it is saved', async () => {
    const { Country } = await classes();
    const country = new Country({ name: 'France' });
    expect(country.pk).toBeUndefined();
    expect((await country.save()).pk).toBe(1);
  });

  it('is changed, not added, when it is saved again', async () => {
    const { Country } = await classes();
    const country = await Country.objects.create({ name: 'France' });
    Reflect.set(country, 'name', 'Mexico');
    await country.save();
    expect(String(await Country.objects.all())).toBe('<Country: Mexico>');
  });

  it('is gone once deleted, and can be saved as a new one', async () => {
    const { Country } = await classes();
    const country = await Country.objects.create({ name: 'France' });
    await country.delete();
    expect(await Country.objects.count()).toBe(0);
    expect((await country.save()).pk).toBe(2);
  });

  it('is read again as others left it', async () => {
    const { Country } = await classes();
    const mine = await Country.objects.create({ name: 'France' });
    const theirs = await Country.objects.get({ id: mine.pk });
    Reflect.set(theirs, 'name', 'Mexico');
    await theirs.save();
    expect(String(await mine.refresh())).toBe('<Country: Mexico>');
  });

  it('refuses a property that is no field', async () => {
    const { Country } = await classes();
    const country = new Country();
    expect(() => Reflect.set(country, 'nmae', 'x')).toThrowError(
      expect.objectContaining({ code: 'FIELD_UNKNOWN' }),
    );
  });

  it('refers to saved objects of the right kind only', async () => {
    const { Country, PyrosUser, Log } = await classes();
    expect(() => new PyrosUser({ country: new Country() })).toThrow(/save it first/);
    const log = await Log.objects.create();
    expect(() => new PyrosUser({ country: log })).toThrow(/takes a Country, not a Log/);
  });

  it('has the words of the guide beside it', async () => {
    const { Sequence } = await classes();
    expect(Reflect.get(Sequence, 'TOBEPLANNED')).toBe('TOBEPLANNED');
  });
});

describe('a question', () => {
  it.each([
    [{ name: 'France' }, ['<Country: France>']],
    [{ name__icontains: 'FRAN' }, ['<Country: France>']],
    [{ name__contains: 'FRAN' }, []],
    [{ name__startswith: 'me' }, []],
    [{ name__istartswith: 'me' }, ['<Country: Mexico>']],
    [{ name__endswith: 'ico' }, ['<Country: Mexico>']],
    [{ name__icontains: '%_' }, ['<Country: 50%_off>']],
    [{ id__gt: 1, id__lte: 2 }, ['<Country: Mexico>']],
    [{ id__in: [1, 3] }, ['<Country: France>', '<Country: 50%_off>']],
    [{ id__in: [] }, []],
    [{ id__range: [2, 3] }, ['<Country: Mexico>', '<Country: 50%_off>']],
    [{ quota__isnull: false }, []],
  ])('%j finds %j', async (where, expected) => {
    const { Country, names } = await countries();
    expect(await names(Country.objects.filter(where))).toEqual(expected);
  });

  it('may join conditions', async () => {
    const { Country, names } = await countries();
    const either = Q({ name: 'France' }).or(Q({ name: 'Mexico' }));
    expect(await names(Country.objects.filter(either))).toHaveLength(2);
    expect(await names(Country.objects.exclude(either))).toEqual(['<Country: 50%_off>']);
  });

  it('orders, and takes a slice', async () => {
    const { Country, names } = await countries();
    const found = Country.objects.orderBy('-id').slice(1, 2);
    expect(await names(found)).toEqual(['<Country: Mexico>']);
  });

  it('asks about what an object refers to, and reads it along', async () => {
    const { Country, PyrosUser } = await countries();
    const country = await Country.objects.get({ name: 'Mexico' });
    await PyrosUser.objects.create({ username: 'toto', country });
    const found = await PyrosUser.objects
      .filter({ country__name__startswith: 'Mex' })
      .with('country')
      .first();
    expect(String(Reflect.get(found ?? {}, 'country'))).toBe('<Country: Mexico>');
  });

  it('of instants goes by their parts', async () => {
    const { Log } = await classes();
    await Log.objects.create({ message: 'now' });
    expect(await Log.objects.filter({ at__year: 2014, at__month: 4, at__day: 23 }).count()).toBe(1);
    expect(await Log.objects.filter({ at__year: 2015 }).count()).toBe(0);
  });

  it('shows its SQL with the values in their places', async () => {
    const { Country } = await classes();
    expect(Country.objects.filter({ name: "l'île", quota: null }).query).toBe(
      "SELECT country.id, country.name, country.description, country.quota FROM country WHERE (country.name = 'l''île' AND country.quota IS NULL)",
    );
  });

  it.each([
    [{ nmae: 'x' }, 'FIELD_UNKNOWN'],
    [{ name__fran: 'x' }, 'LOOKUP_UNKNOWN'],
    [{ id: 'x' }, 'FIELD_VALUE'],
    [{ id__in: 3 }, 'FIELD_VALUE'],
  ])('that cannot be asked is refused at once: %j', async (where, code) => {
    const { Country } = await classes();
    expect(() => Country.objects.filter(where)).toThrowError(expect.objectContaining({ code }));
  });

  it('for one object finds exactly one', async () => {
    const { Country } = await countries();
    await expect(Country.objects.get({ id: 9 })).rejects.toMatchObject({ code: 'OBJECT_ABSENT' });
    await expect(Country.objects.get()).rejects.toMatchObject({ code: 'OBJECT_AMBIGUOUS' });
    expect(String(await Country.objects.get(1))).toBe('<Country: Mexico>');
  });
});

describe('completion', () => {
  it.each([
    ['await Country.ob', [['Country.objects'], 'Country.ob']],
    [
      'await Country.objects.fi',
      [['Country.objects.filter', 'Country.objects.first'], 'Country.objects.fi'],
    ],
    ['x = country.na', [['country.name'], 'country.na']],
    ['country.xyz', null],
    ['console.lo', null],
  ])('of "%s"', async (line, expected) => {
    const { Country } = await classes();
    expect(completionOf({ Country, country: new Country(), console }, line)).toEqual(expected);
  });
});
