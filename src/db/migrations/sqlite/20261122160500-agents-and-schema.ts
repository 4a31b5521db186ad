import { Migration } from '@mikro-orm/migrations';

/**
 * Every table of the guide; requests refer to their user and program. One transaction: it is done whole
 * or not at all.
 */
export class Migration20261122160500_agents_and_schema extends Migration {
  override name = 'Migration20261122160500_agents_and_schema';

  override up(): void | Promise<void> {
    // SQLite cannot change a column: such tables are kept aside, made anew and filled again.
    this.addSql(`create temp table \`old_country\` as select * from \`country\`;`);
    this.addSql(`create temp table \`old_user_level\` as select * from \`user_level\`;`);
    this.addSql(`create temp table \`old_pyros_user\` as select * from \`pyros_user\`;`);
    this.addSql(
      `create temp table \`old_scientific_program\` as select * from \`scientific_program\`;`,
    );
    this.addSql(`create temp table \`old_request\` as select * from \`request\`;`);
    this.addSql(`create temp table \`old_sequence\` as select * from \`sequence\`;`);
    this.addSql(`create temp table \`old_album\` as select * from \`album\`;`);
    this.addSql(`create temp table \`old_plan\` as select * from \`plan\`;`);
    this.addSql(
      `create temp table \`old_schedule_has_sequences\` as select * from \`schedule_has_sequences\`;`,
    );
    this.addSql(`create temp table \`old_image\` as select * from \`image\`;`);
    this.addSql(`create temp table \`old_command\` as select * from \`command\`;`);
    this.addSql(`create temp table \`old_agents_survey\` as select * from \`agents_survey\`;`);

    this.addSql(`drop table \`agents_survey\`;`);
    this.addSql(`drop table \`command\`;`);
    this.addSql(`drop table \`image\`;`);
    this.addSql(`drop table \`schedule_has_sequences\`;`);
    this.addSql(`drop table \`plan\`;`);
    this.addSql(`drop table \`album\`;`);
    this.addSql(`drop table \`sequence\`;`);
    this.addSql(`drop table \`request\`;`);
    this.addSql(`drop table \`scientific_program\`;`);
    this.addSql(`drop table \`pyros_user\`;`);
    this.addSql(`drop table \`user_level\`;`);
    this.addSql(`drop table \`country\`;`);

    this.addSql(
      `create table \`country\` (\`id\` integer not null primary key autoincrement, \`name\` text not null default '', \`description\` text not null default '', \`quota\` double null);`,
    );
    this.addSql(
      `insert into \`country\` (\`id\`, \`name\`, \`description\`, \`quota\`) select \`id\`, \`name\`, \`description\`, \`quota\` from \`old_country\`;`,
    );

    this.addSql(
      `create table \`user_level\` (\`id\` integer not null primary key autoincrement, \`level\` integer not null default 0, \`name\` text not null default '', \`description\` text not null default '');`,
    );
    this.addSql(
      `insert into \`user_level\` (\`id\`, \`level\`, \`name\`, \`description\`) select \`id\`, \`level\`, \`name\`, \`description\` from \`old_user_level\`;`,
    );

    this.addSql(
      `create table \`pyros_user\` (\`id\` integer not null primary key autoincrement, \`username\` text not null, \`country_id\` integer null, \`user_level_id\` integer null, \`quota\` double null, \`email\` text not null default '', \`other_email\` text not null default '', \`password\` text not null default '', \`is_active\` integer not null default 1, \`is_staff\` integer not null default 0, \`date_joined\` text null, \`motive\` text not null default '', constraint \`pyros_user_country_id_foreign\` foreign key (\`country_id\`) references \`country\` (\`id\`) on delete restrict, constraint \`pyros_user_user_level_id_foreign\` foreign key (\`user_level_id\`) references \`user_level\` (\`id\`) on delete restrict);`,
    );
    this.addSql(
      `create unique index \`pyros_user_username_unique\` on \`pyros_user\` (\`username\`);`,
    );
    this.addSql(`create index \`pyros_user_country_id_index\` on \`pyros_user\` (\`country_id\`);`);
    this.addSql(
      `create index \`pyros_user_user_level_id_index\` on \`pyros_user\` (\`user_level_id\`);`,
    );
    this.addSql(
      `insert into \`pyros_user\` (\`id\`, \`username\`, \`email\`, \`is_active\`, \`country_id\`, \`user_level_id\`) select \`id\`, \`username\`, \`email\`, \`is_active\`, \`country_id\`, \`user_level_id\` from \`old_pyros_user\`;`,
    );

    this.addSql(
      `create table \`scientific_program\` (\`id\` integer not null primary key autoincrement, \`name\` text not null default '', \`description\` text not null default '', \`quota\` double null, \`priority\` integer not null default 50);`,
    );
    this.addSql(
      `create unique index \`scientific_program_name_unique\` on \`scientific_program\` (\`name\`);`,
    );
    this.addSql(
      `insert into \`scientific_program\` (\`id\`, \`name\`, \`description\`, \`quota\`, \`priority\`) select \`id\`, \`name\`, \`description\`, \`quota\`, \`priority\` from \`old_scientific_program\`;`,
    );

    // Names become references; who or what has no row yet gets one.
    this.addSql(
      `insert into \`pyros_user\` (\`username\`, \`is_active\`, \`motive\`) select distinct \`username\`, 0, 'An agent of the observatory: submits requests by itself.' from \`old_request\` where \`username\` not in (select \`username\` from \`pyros_user\`);`,
    );
    this.addSql(
      `insert into \`scientific_program\` (\`name\`) select distinct \`program\` from \`old_request\` where \`program\` not in (select \`name\` from \`scientific_program\`);`,
    );
    this.addSql(
      `create table \`request\` (\`id\` integer not null primary key autoincrement, \`name\` text not null default '', \`pyros_user_id\` integer not null, \`scientific_program_id\` integer not null, \`is_alert\` integer not null default 0, \`target_type\` text not null default '', \`submitted\` text null, constraint \`request_pyros_user_id_foreign\` foreign key (\`pyros_user_id\`) references \`pyros_user\` (\`id\`), constraint \`request_scientific_program_id_foreign\` foreign key (\`scientific_program_id\`) references \`scientific_program\` (\`id\`));`,
    );
    this.addSql(`create index \`request_pyros_user_id_index\` on \`request\` (\`pyros_user_id\`);`);
    this.addSql(
      `create index \`request_scientific_program_id_index\` on \`request\` (\`scientific_program_id\`);`,
    );
    this.addSql(
      `insert into \`request\` (\`id\`, \`name\`, \`pyros_user_id\`, \`scientific_program_id\`, \`is_alert\`, \`target_type\`, \`submitted\`) select r.\`id\`, r.\`name\`, u.\`id\`, p.\`id\`, r.\`is_alert\`, r.\`target_type\`, r.\`submitted\` from \`old_request\` r join \`pyros_user\` u on u.\`username\` = r.\`username\` join \`scientific_program\` p on p.\`name\` = r.\`program\`;`,
    );

    this.addSql(
      `create table \`sequence\` (\`id\` integer not null primary key autoincrement, \`request_id\` integer not null, \`name\` text not null default '', \`status\` text not null default 'INCOMPLETE', \`reason\` text not null default '', \`target\` text not null default '', \`ra_deg\` double null, \`dec_deg\` double null, \`jd1\` double not null default 0, \`jd2\` double not null default 0, \`priority\` integer not null default 50, \`start_mode\` text not null default 'IMMEDIATE', \`t_prefered\` double not null default -1, \`duration\` double not null default 0, constraint \`sequence_request_id_foreign\` foreign key (\`request_id\`) references \`request\` (\`id\`) on delete cascade);`,
    );
    this.addSql(`create index \`sequence_request_id_index\` on \`sequence\` (\`request_id\`);`);
    this.addSql(`create index \`sequence_status_index\` on \`sequence\` (\`status\`);`);
    this.addSql(
      `insert into \`sequence\` (\`id\`, \`request_id\`, \`name\`, \`status\`, \`reason\`, \`target\`, \`ra_deg\`, \`dec_deg\`, \`jd1\`, \`jd2\`, \`priority\`, \`start_mode\`, \`t_prefered\`, \`duration\`) select \`id\`, \`request_id\`, \`name\`, \`status\`, \`reason\`, \`target\`, \`ra_deg\`, \`dec_deg\`, \`jd1\`, \`jd2\`, \`priority\`, \`start_mode\`, \`t_prefered\`, \`duration\` from \`old_sequence\`;`,
    );

    this.addSql(
      `create table \`album\` (\`id\` integer not null primary key autoincrement, \`sequence_id\` integer not null, \`name\` text not null default '', \`detector\` text not null default '', constraint \`album_sequence_id_foreign\` foreign key (\`sequence_id\`) references \`sequence\` (\`id\`) on delete cascade);`,
    );
    this.addSql(`create index \`album_sequence_id_index\` on \`album\` (\`sequence_id\`);`);
    this.addSql(
      `insert into \`album\` (\`id\`, \`sequence_id\`, \`name\`, \`detector\`) select \`id\`, \`sequence_id\`, \`name\`, \`detector\` from \`old_album\`;`,
    );

    this.addSql(
      `create table \`plan\` (\`id\` integer not null primary key autoincrement, \`album_id\` integer not null, \`name\` text not null default '', \`filter\` text not null default '', \`duration\` double not null default 0, \`nb_images\` integer not null default 1, constraint \`plan_album_id_foreign\` foreign key (\`album_id\`) references \`album\` (\`id\`) on delete cascade);`,
    );
    this.addSql(`create index \`plan_album_id_index\` on \`plan\` (\`album_id\`);`);
    this.addSql(
      `insert into \`plan\` (\`id\`, \`album_id\`, \`name\`, \`filter\`, \`duration\`, \`nb_images\`) select \`id\`, \`album_id\`, \`name\`, \`filter\`, \`duration\`, \`nb_images\` from \`old_plan\`;`,
    );

    this.addSql(
      `create table \`schedule_has_sequences\` (\`id\` integer not null primary key autoincrement, \`schedule_id\` integer not null, \`sequence_id\` integer not null, \`status\` text not null, \`tsp\` double not null, \`tep\` double not null, \`delta_tl\` double not null, \`delta_tr\` double not null, \`alt_deg\` double not null, \`overhead_seconds\` double not null, \`reason\` text not null, constraint \`schedule_has_sequences_schedule_id_foreign\` foreign key (\`schedule_id\`) references \`schedule\` (\`id\`) on delete cascade, constraint \`schedule_has_sequences_sequence_id_foreign\` foreign key (\`sequence_id\`) references \`sequence\` (\`id\`) on delete cascade);`,
    );
    this.addSql(
      `create index \`schedule_has_sequences_schedule_id_index\` on \`schedule_has_sequences\` (\`schedule_id\`);`,
    );
    this.addSql(
      `create index \`schedule_has_sequences_sequence_id_index\` on \`schedule_has_sequences\` (\`sequence_id\`);`,
    );
    this.addSql(
      `insert into \`schedule_has_sequences\` (\`id\`, \`schedule_id\`, \`sequence_id\`, \`status\`, \`tsp\`, \`tep\`, \`delta_tl\`, \`delta_tr\`, \`alt_deg\`, \`overhead_seconds\`, \`reason\`) select \`id\`, \`schedule_id\`, \`sequence_id\`, \`status\`, \`tsp\`, \`tep\`, \`delta_tl\`, \`delta_tr\`, \`alt_deg\`, \`overhead_seconds\`, \`reason\` from \`old_schedule_has_sequences\`;`,
    );

    this.addSql(
      `create table \`image\` (\`id\` integer not null primary key autoincrement, \`exposure_id\` text not null, \`state\` text not null, \`reason\` text not null, \`sequence_id\` integer not null, \`plan_id\` integer not null, \`number\` integer not null, \`channel\` text not null, \`filter\` text not null, \`seconds\` double not null, \`start_at\` text not null, \`night\` text not null, \`path\` text not null, \`sha256\` text not null, \`bytes\` integer not null, constraint \`image_sequence_id_foreign\` foreign key (\`sequence_id\`) references \`sequence\` (\`id\`), constraint \`image_plan_id_foreign\` foreign key (\`plan_id\`) references \`plan\` (\`id\`));`,
    );
    this.addSql(`create unique index \`image_exposure_id_unique\` on \`image\` (\`exposure_id\`);`);
    this.addSql(`create index \`image_state_index\` on \`image\` (\`state\`);`);
    this.addSql(`create index \`image_sequence_id_index\` on \`image\` (\`sequence_id\`);`);
    this.addSql(`create index \`image_plan_id_index\` on \`image\` (\`plan_id\`);`);
    this.addSql(
      `insert into \`image\` (\`id\`, \`exposure_id\`, \`state\`, \`reason\`, \`sequence_id\`, \`plan_id\`, \`number\`, \`channel\`, \`filter\`, \`seconds\`, \`start_at\`, \`night\`, \`path\`, \`sha256\`, \`bytes\`) select \`id\`, \`exposure_id\`, \`state\`, \`reason\`, \`sequence_id\`, \`plan_id\`, \`number\`, \`channel\`, \`filter\`, \`seconds\`, \`start_at\`, \`night\`, \`path\`, \`sha256\`, \`bytes\` from \`old_image\`;`,
    );

    this.addSql(
      `create table \`command\` (\`id\` integer not null primary key autoincrement, \`sender\` text not null, \`recipient\` text not null, \`command_key\` text null, \`name\` text not null, \`payload\` text not null, \`deposit_time\` text not null, \`validity_seconds\` double not null, \`timeout_seconds\` double not null, \`r_read_time\` text null, \`r_start_time\` text null, \`progress_time\` text null, \`r_end_time\` text null, \`state\` text not null, \`progress\` text not null, \`result\` text not null, \`error_code\` text not null, \`error_text\` text not null);`,
    );
    this.addSql(
      `create unique index \`command_command_key_unique\` on \`command\` (\`command_key\`);`,
    );
    this.addSql(
      `create index \`command_recipient_state_index\` on \`command\` (\`recipient\`, \`state\`);`,
    );
    this.addSql(
      `insert into \`command\` (\`id\`, \`sender\`, \`recipient\`, \`name\`, \`payload\`, \`deposit_time\`, \`validity_seconds\`, \`r_read_time\`, \`r_start_time\`, \`r_end_time\`, \`state\`, \`progress\`, \`result\`, \`error_code\`, \`timeout_seconds\`, \`error_text\`) select \`id\`, \`sender\`, \`recipient\`, \`name\`, \`payload\`, \`deposit_time\`, \`validity_seconds\`, \`r_read_time\`, \`r_start_time\`, \`r_end_time\`, \`state\`, \`progress\`, \`result\`, \`error_code\`, 0, '' from \`old_command\`;`,
    );

    this.addSql(
      `create table \`agents_survey\` (\`name\` text not null primary key, \`created\` text not null, \`updated\` text not null, \`validity_duration_sec\` integer not null, \`mode\` text not null, \`status\` text not null, \`pid\` integer not null, \`host\` text not null, \`incarnation\` integer not null, \`iteration\` integer not null);`,
    );
    this.addSql(
      `insert into \`agents_survey\` (\`name\`, \`created\`, \`updated\`, \`validity_duration_sec\`, \`mode\`, \`status\`, \`pid\`, \`host\`, \`incarnation\`, \`iteration\`) select \`name\`, \`created\`, \`updated\`, \`validity_duration_sec\`, \`mode\`, \`status\`, \`pid\`, '', 0, 0 from \`old_agents_survey\`;`,
    );

    this.addSql(`drop table \`old_country\`;`);
    this.addSql(`drop table \`old_user_level\`;`);
    this.addSql(`drop table \`old_pyros_user\`;`);
    this.addSql(`drop table \`old_scientific_program\`;`);
    this.addSql(`drop table \`old_request\`;`);
    this.addSql(`drop table \`old_sequence\`;`);
    this.addSql(`drop table \`old_album\`;`);
    this.addSql(`drop table \`old_plan\`;`);
    this.addSql(`drop table \`old_schedule_has_sequences\`;`);
    this.addSql(`drop table \`old_image\`;`);
    this.addSql(`drop table \`old_command\`;`);
    this.addSql(`drop table \`old_agents_survey\`;`);

    this.addSql(
      `create table \`agent_telescope\` (\`agent\` text not null primary key, \`host\` text not null default '', \`tel_create\` integer not null default 0, \`tel_init\` integer not null default 0, \`tel_init_done\` integer not null default 0, \`tel_park\` integer not null default 0, \`tel_motion\` text not null default 'unknown', \`tel_flatscreen\` integer not null default 0, \`ra_deg\` double null, \`dec_deg\` double null, \`updated\` text null);`,
    );

    this.addSql(
      `create table \`config\` (\`id\` integer not null primary key autoincrement, \`name\` text not null, \`value\` text not null default '', \`description\` text not null default '', \`updated\` text null);`,
    );
    this.addSql(`create unique index \`config_name_unique\` on \`config\` (\`name\`);`);

    this.addSql(
      `create table \`device\` (\`id\` integer not null primary key autoincrement, \`name\` text not null, \`kind\` text not null, \`description\` text not null default '', \`control\` text not null, \`host\` text not null, \`port\` integer not null);`,
    );
    this.addSql(`create unique index \`device_name_unique\` on \`device\` (\`name\`);`);

    this.addSql(
      `create table \`detector\` (\`id\` integer not null primary key autoincrement, \`device_id\` integer not null, \`instrument\` text not null, \`width\` integer not null, \`height\` integer not null, \`pixel_arcsec\` double not null, \`gain\` double not null, \`read_noise\` double not null, \`temperature\` double not null, \`readout\` double not null, constraint \`detector_device_id_foreign\` foreign key (\`device_id\`) references \`device\` (\`id\`) on delete cascade);`,
    );
    this.addSql(
      `create unique index \`detector_device_id_unique\` on \`detector\` (\`device_id\`);`,
    );

    this.addSql(
      `create table \`dome\` (\`id\` integer not null primary key autoincrement, \`device_id\` integer not null, \`opening\` double not null, \`closing\` double not null, \`permit\` double not null, constraint \`dome_device_id_foreign\` foreign key (\`device_id\`) references \`device\` (\`id\`) on delete cascade);`,
    );
    this.addSql(`create unique index \`dome_device_id_unique\` on \`dome\` (\`device_id\`);`);

    this.addSql(
      `create table \`effect\` (\`id\` integer not null primary key autoincrement, \`effect_key\` text not null, \`agent\` text not null, \`state\` text not null, \`intended\` text not null, \`ended\` text null, \`result\` text not null, \`error_code\` text not null);`,
    );
    this.addSql(`create unique index \`effect_effect_key_unique\` on \`effect\` (\`effect_key\`);`);

    this.addSql(
      `create table \`filter_wheel\` (\`id\` integer not null primary key autoincrement, \`detector_id\` integer not null, \`change\` double not null, constraint \`filter_wheel_detector_id_foreign\` foreign key (\`detector_id\`) references \`detector\` (\`id\`) on delete cascade);`,
    );
    this.addSql(
      `create unique index \`filter_wheel_detector_id_unique\` on \`filter_wheel\` (\`detector_id\`);`,
    );

    this.addSql(
      `create table \`filter\` (\`id\` integer not null primary key autoincrement, \`filter_wheel_id\` integer not null, \`name\` text not null, \`position\` integer not null, \`wavelength\` double not null, \`aliases\` text not null, constraint \`filter_filter_wheel_id_foreign\` foreign key (\`filter_wheel_id\`) references \`filter_wheel\` (\`id\`) on delete cascade);`,
    );
    this.addSql(
      `create index \`filter_filter_wheel_id_index\` on \`filter\` (\`filter_wheel_id\`);`,
    );
    this.addSql(
      `create unique index \`filter_filter_wheel_id_name_unique\` on \`filter\` (\`filter_wheel_id\`, \`name\`);`,
    );

    this.addSql(
      `create table \`plc\` (\`id\` integer not null primary key autoincrement, \`device_id\` integer not null, \`poll\` double not null, \`max_age\` double not null, constraint \`plc_device_id_foreign\` foreign key (\`device_id\`) references \`device\` (\`id\`) on delete cascade);`,
    );
    this.addSql(`create unique index \`plc_device_id_unique\` on \`plc\` (\`device_id\`);`);

    this.addSql(
      `create table \`plc_device\` (\`id\` integer not null primary key autoincrement, \`plc_id\` integer not null, \`name\` text not null, \`watched\` text not null, constraint \`plc_device_plc_id_foreign\` foreign key (\`plc_id\`) references \`plc\` (\`id\`) on delete cascade);`,
    );
    this.addSql(`create index \`plc_device_plc_id_index\` on \`plc_device\` (\`plc_id\`);`);
    this.addSql(
      `create unique index \`plc_device_plc_id_name_unique\` on \`plc_device\` (\`plc_id\`, \`name\`);`,
    );

    this.addSql(
      `create table \`telescope\` (\`id\` integer not null primary key autoincrement, \`device_id\` integer not null, \`name\` text not null, \`aperture\` double not null, \`focal_length\` double not null, \`min_alt_deg\` double not null, constraint \`telescope_device_id_foreign\` foreign key (\`device_id\`) references \`device\` (\`id\`) on delete cascade);`,
    );
    this.addSql(
      `create unique index \`telescope_device_id_unique\` on \`telescope\` (\`device_id\`);`,
    );

    this.addSql(
      `create table \`telescope_command\` (\`id\` integer not null primary key autoincrement, \`agent\` text not null, \`request\` text not null, \`answer\` text not null default '', \`requested\` text not null, \`answered\` text null);`,
    );

    this.addSql(
      `create table \`nrt_analysis\` (\`id\` integer not null primary key autoincrement, \`image_id\` integer not null, \`name\` text not null, \`created\` text not null, \`analysis\` text not null, constraint \`nrt_analysis_image_id_foreign\` foreign key (\`image_id\`) references \`image\` (\`id\`) on delete cascade);`,
    );
    this.addSql(`create index \`nrt_analysis_image_id_index\` on \`nrt_analysis\` (\`image_id\`);`);

    this.addSql(`create index \`fact_type_id_index\` on \`fact\` (\`type\`, \`id\`);`);
  }
}
