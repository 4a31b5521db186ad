/** A process of its own that adds 1 to a counter many times: `node count-up.ts FILE TIMES`. */
import { openDatabase } from '#db';

const [file = '', times = '0'] = process.argv.slice(2);
const database = await openDatabase(`sqlite:${file}`, { alone: true });
type Tables = { fact_cursor: { agent: string; last_fact_id: number } };
for (let i = 0; i < Number(times); i++) {
  await database.transaction(async (work) => {
    const tables = work.tables<Tables>();
    const { last_fact_id: count } = await tables
      .selectFrom('fact_cursor')
      .select('last_fact_id')
      .where('agent', '=', 'counter')
      .executeTakeFirstOrThrow();
    await tables
      .updateTable('fact_cursor')
      .set({ last_fact_id: count + 1 })
      .where('agent', '=', 'counter')
      .execute();
  });
}
await database.close();
