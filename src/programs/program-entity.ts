import { defineEntity } from '@mikro-orm/core';
import { id, integer, longText, real, text } from '#db/columns';

/** A scientific program: what it may observe in the period, and how urgent it is. */
export const ScientificProgramEntity = defineEntity({
  name: 'ScientificProgram',
  tableName: 'scientific_program',
  properties: {
    id: id(),
    name: text(100).unique(),
    description: longText(),
    /** Seconds of telescope time in the period. */
    quota: real(),
    /** Small = urgent. */
    priority: integer(),
  },
});
