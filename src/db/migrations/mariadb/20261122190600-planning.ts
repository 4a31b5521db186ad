import { Migration } from '@mikro-orm/migrations';

/**
 * What a sequence asks of the sky and where it moves; what a plan is worth, and its reasons. MariaDB
 * commits each statement by itself: each passes again after a run that was cut short.
 */
export class Migration20261122190600_planning extends Migration {
  override name = 'Migration20261122190600_planning';

  override up(): void | Promise<void> {
    this.addSql(
      `alter table \`schedule\` add column if not exists \`value\` double not null default 0, add column if not exists \`bound\` double not null default 0, add column if not exists \`gap\` double not null default 0, add column if not exists \`kind\` varchar(20) not null default 'FULL', add column if not exists \`preempts\` int null;`,
    );

    this.addSql(
      `alter table \`sequence\` add column if not exists \`target_form\` varchar(20) not null default 'FIXED', add column if not exists \`pm_ra\` double not null default 0, add column if not exists \`pm_dec\` double not null default 0, add column if not exists \`epoch\` double not null default 2000, add column if not exists \`ephemeris\` longtext null, add column if not exists \`min_useful_seconds\` double null, add column if not exists \`min_alt_deg\` double null, add column if not exists \`moon_distance_deg\` double null, add column if not exists \`sun_distance_deg\` double null, add column if not exists \`sky_brightness\` double null, add column if not exists \`max_seeing\` double null;`,
    );

    this.addSql(
      `alter table \`schedule_has_sequences\` add column if not exists \`code\` varchar(20) not null default '', add column if not exists \`remedy\` longtext not null default '', add column if not exists \`is_shortened\` int not null default 0;`,
    );
  }
}
