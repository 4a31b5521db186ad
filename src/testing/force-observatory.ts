import type { EnvironmentTables } from '#environment';
import type { ExecutionTables } from '#execution';
import type { World } from './execution-world.ts';

/** What a test forces upon the Majordome through the database, as the guide's majordome_test did. */
export interface Forced {
  /** Variables of the unit, by name. */
  readonly config?: Readonly<Record<string, string>>;
  readonly plc?: Readonly<
    Partial<{ mode: string; safe: number; raw_safe: number; night_ack: number }>
  >;
}

/** Forces states for as long as `work` runs; afterwards all is as it was, also when it fails. */
export async function forced<T>(world: World, to: Forced, work: () => Promise<T>): Promise<T> {
  const names = Object.keys(to.config ?? {});
  const tables = () => world.database.tables<ExecutionTables & EnvironmentTables>();
  const rows = await tables().selectFrom('config').selectAll().execute();
  const before = rows.filter(({ name }) => names.includes(name));
  const plc = await tables().selectFrom('plc_device_status').selectAll().executeTakeFirst();
  await setConfig(world, names, Object.entries(to.config ?? {}));
  if (to.plc) await setPlc(world, to.plc);
  try {
    return await work();
  } finally {
    await setConfig(
      world,
      names,
      before.map(({ name, value }) => [name, value]),
    );
    if (to.plc && plc) {
      const { mode, safe, raw_safe, night_ack } = plc;
      await setPlc(world, { mode, safe, raw_safe, night_ack });
    }
  }
}

async function setConfig(
  world: World,
  names: readonly string[],
  values: readonly (readonly [string, string])[],
): Promise<void> {
  await world.database.transaction(async (transaction) => {
    const tables = transaction.tables<ExecutionTables>();
    for (const name of names) await tables.deleteFrom('config').where('name', '=', name).execute();
    for (const [name, value] of values) {
      await tables.insertInto('config').values({ name, value, description: '' }).execute();
    }
  });
}

async function setPlc(world: World, values: NonNullable<Forced['plc']>): Promise<void> {
  await world.database.transaction(async (transaction) => {
    const tables = transaction.tables<EnvironmentTables>();
    await tables.updateTable('plc_device_status').set(values).where('id', '=', 1).execute();
  });
}
