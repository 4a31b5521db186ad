import { defineEntity, p } from '@mikro-orm/core';
import { id, instant, integer, longText, real, text } from '#db/columns';

/** A country that shares the telescope. */
export const CountryEntity = defineEntity({
  name: 'Country',
  tableName: 'country',
  properties: {
    id: id(),
    name: text(100).default(''),
    description: longText().default(''),
    /** Seconds of telescope time in the period; null: no limit. */
    quota: real().nullable(),
  },
});

/** The profiles 0 to 7 of the rights matrix. */
export const UserLevelEntity = defineEntity({
  name: 'UserLevel',
  tableName: 'user_level',
  properties: {
    id: id(),
    /** Row of the rights matrix; 0, a visitor, has the fewest rights. */
    level: integer().default(0),
    name: text(50).default(''),
    description: longText().default(''),
  },
});

/** Someone who may use the observatory, or an agent that submits requests itself. */
export const PyrosUserEntity = defineEntity({
  name: 'PyrosUser',
  tableName: 'pyros_user',
  properties: {
    id: id(),
    username: text(100).unique(),
    /** Null for an agent. */
    country: () => p.manyToOne(CountryEntity).nullable().deleteRule('restrict'),
    /** Null for an agent: no profile, hence no right on any page. */
    userLevel: () => p.manyToOne(UserLevelEntity).nullable().deleteRule('restrict'),
    /** Seconds of telescope time in the period; null: no limit. */
    quota: real().nullable(),
    email: text(200).default(''),
    otherEmail: text(200).default(''),
    /** Never the password, only its salted hash; empty: nobody can log in with it. */
    password: text(250).default(''),
    /** 0 once the account is closed. */
    isActive: integer().default(1),
    /** 1 for the observatory's own staff. */
    isStaff: integer().default(0),
    dateJoined: instant().nullable(),
    /** What the person means to do here, as said at registration. */
    motive: longText().default(''),
  },
});
