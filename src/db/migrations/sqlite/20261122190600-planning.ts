import { Migration } from '@mikro-orm/migrations';

/** What a sequence asks of the sky and where it moves; what a plan is worth, and its reasons. */
export class Migration20261122190600_planning extends Migration {
  override name = 'Migration20261122190600_planning';

  override up(): void | Promise<void> {
    this.addSql(`alter table \`schedule\` add column \`value\` double not null default 0;`);
    this.addSql(`alter table \`schedule\` add column \`bound\` double not null default 0;`);
    this.addSql(`alter table \`schedule\` add column \`gap\` double not null default 0;`);
    this.addSql(`alter table \`schedule\` add column \`kind\` text not null default 'FULL';`);
    this.addSql(`alter table \`schedule\` add column \`preempts\` integer null;`);

    this.addSql(
      `alter table \`sequence\` add column \`target_form\` text not null default 'FIXED';`,
    );
    this.addSql(`alter table \`sequence\` add column \`pm_ra\` double not null default 0;`);
    this.addSql(`alter table \`sequence\` add column \`pm_dec\` double not null default 0;`);
    this.addSql(`alter table \`sequence\` add column \`epoch\` double not null default 2000;`);
    this.addSql(`alter table \`sequence\` add column \`ephemeris\` text null;`);
    this.addSql(`alter table \`sequence\` add column \`min_useful_seconds\` double null;`);
    this.addSql(`alter table \`sequence\` add column \`min_alt_deg\` double null;`);
    this.addSql(`alter table \`sequence\` add column \`moon_distance_deg\` double null;`);
    this.addSql(`alter table \`sequence\` add column \`sun_distance_deg\` double null;`);
    this.addSql(`alter table \`sequence\` add column \`sky_brightness\` double null;`);
    this.addSql(`alter table \`sequence\` add column \`max_seeing\` double null;`);

    this.addSql(
      `alter table \`schedule_has_sequences\` add column \`code\` text not null default '';`,
    );
    this.addSql(
      `alter table \`schedule_has_sequences\` add column \`remedy\` text not null default '';`,
    );
    this.addSql(
      `alter table \`schedule_has_sequences\` add column \`is_shortened\` integer not null default 0;`,
    );
  }
}
