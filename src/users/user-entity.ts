import { defineEntity, p } from '@mikro-orm/core';
import { id, integer, longText, real, text } from '#db/columns';

/** A country that shares the telescope. `quota` is seconds per period. */
export const CountryEntity = defineEntity({
  name: 'Country',
  tableName: 'country',
  properties: { id: id(), name: text(100).unique(), description: longText(), quota: real() },
});

/** The profiles 0 to 7 of the rights matrix. */
export const UserLevelEntity = defineEntity({
  name: 'UserLevel',
  tableName: 'user_level',
  properties: { id: id(), level: integer().unique(), name: text(50), description: longText() },
});

/** Someone who may use the observatory. */
export const PyrosUserEntity = defineEntity({
  name: 'PyrosUser',
  tableName: 'pyros_user',
  properties: {
    id: id(),
    username: text(100).unique(),
    email: text(200),
    isActive: integer(),
    country: () => p.manyToOne(CountryEntity),
    userLevel: () => p.manyToOne(UserLevelEntity),
  },
});
