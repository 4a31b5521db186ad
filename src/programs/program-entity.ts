import { defineEntity } from '@mikro-orm/core';
import { id, integer, longText, real, text } from '#db/columns';

/** A scientific program: what it may observe in the period, and how urgent it is. */
export const ScientificProgramEntity = defineEntity({
  name: 'ScientificProgram',
  tableName: 'scientific_program',
  properties: {
    id: id(),
    /** Requests name it. */
    name: text(100).unique().default(''),
    description: longText().default(''),
    /** Seconds of telescope time in the period; null: no limit. */
    quota: real().nullable(),
    /** Small = urgent. */
    priority: integer().default(50),
  },
});
