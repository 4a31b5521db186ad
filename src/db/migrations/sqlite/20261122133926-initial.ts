import { Migration } from '@mikro-orm/migrations';

export class Migration20261122133926_initial extends Migration {
  override name = 'Migration20261122133926_initial';

  override up(): void | Promise<void> {
    this.addSql(
      `create table \`agents_survey\` (\`name\` text not null primary key, \`created\` text not null, \`updated\` text not null, \`validity_duration_sec\` integer not null, \`mode\` text not null, \`status\` text not null, \`pid\` integer not null);`,
    );

    this.addSql(
      `create table \`alert\` (\`id\` integer not null primary key autoincrement, \`ivorn\` text not null, \`role\` text not null, \`mission\` text not null, \`trigger\` text not null, \`kind\` text not null, \`ra_deg\` double null, \`dec_deg\` double null, \`error_deg\` double null, \`event_at\` text null, \`notice_at\` text null, \`received_at\` text not null, \`outcome\` text not null, \`packet\` text not null, \`burst\` text not null, \`sequence_ids\` text not null);`,
    );
    this.addSql(`create unique index \`alert_ivorn_unique\` on \`alert\` (\`ivorn\`);`);
    this.addSql(`create index \`alert_trigger_index\` on \`alert\` (\`trigger\`);`);

    this.addSql(
      `create table \`command\` (\`id\` integer not null primary key autoincrement, \`sender\` text not null, \`recipient\` text not null, \`name\` text not null, \`payload\` text not null, \`deposit_time\` text not null, \`validity_seconds\` double not null, \`r_read_time\` text null, \`r_start_time\` text null, \`r_end_time\` text null, \`state\` text not null, \`progress\` text not null, \`result\` text not null, \`error_code\` text not null);`,
    );
    this.addSql(
      `create index \`command_recipient_state_index\` on \`command\` (\`recipient\`, \`state\`);`,
    );

    this.addSql(
      `create table \`country\` (\`id\` integer not null primary key autoincrement, \`name\` text not null, \`description\` text not null, \`quota\` double not null);`,
    );
    this.addSql(`create unique index \`country_name_unique\` on \`country\` (\`name\`);`);

    this.addSql(
      `create table \`device_status\` (\`device\` text not null primary key, \`updated\` text not null, \`status\` text not null);`,
    );

    this.addSql(
      `create table \`fact\` (\`id\` integer not null primary key autoincrement, \`at\` text not null, \`agent\` text not null, \`type\` text not null, \`payload\` text not null);`,
    );

    this.addSql(
      `create table \`fact_cursor\` (\`agent\` text not null primary key, \`last_fact_id\` integer not null);`,
    );

    this.addSql(
      `create table \`image\` (\`id\` integer not null primary key autoincrement, \`exposure_id\` text not null, \`state\` text not null, \`reason\` text not null, \`sequence_id\` integer not null, \`plan_id\` integer not null, \`number\` integer not null, \`channel\` text not null, \`filter\` text not null, \`seconds\` double not null, \`start_at\` text not null, \`night\` text not null, \`path\` text not null, \`sha256\` text not null, \`bytes\` integer not null);`,
    );
    this.addSql(`create unique index \`image_exposure_id_unique\` on \`image\` (\`exposure_id\`);`);
    this.addSql(`create index \`image_state_index\` on \`image\` (\`state\`);`);

    this.addSql(
      `create table \`log\` (\`id\` integer not null primary key autoincrement, \`at\` text not null, \`agent\` text not null, \`level\` text not null, \`message\` text not null);`,
    );

    this.addSql(
      `create table \`observatory\` (\`id\` integer not null primary key autoincrement, \`mode\` text not null, \`since\` text not null, \`reason\` text not null, \`locked\` integer not null, \`night\` text not null, \`night_ack\` integer not null, \`running_sequence_id\` integer not null, \`running_command_id\` integer not null);`,
    );

    this.addSql(
      `create table \`plc_device_status\` (\`id\` integer not null primary key autoincrement, \`updated\` text not null, \`frame_at\` text not null, \`mode\` text not null, \`night_ack\` integer not null, \`bypass\` integer not null, \`safe\` integer not null, \`reasons\` text not null, \`refused_frames\` integer not null);`,
    );

    this.addSql(
      `create table \`request\` (\`id\` integer not null primary key autoincrement, \`name\` text not null, \`username\` text not null, \`program\` text not null, \`target_type\` text not null, \`is_alert\` integer not null, \`submitted\` text not null);`,
    );

    this.addSql(
      `create table \`schedule\` (\`id\` integer not null primary key autoincrement, \`created\` text not null, \`plan_start\` double not null, \`plan_end\` double not null, \`night\` text not null, \`reason\` text not null);`,
    );
    this.addSql(`create index \`schedule_night_index\` on \`schedule\` (\`night\`);`);

    this.addSql(
      `create table \`schedule_has_sequences\` (\`id\` integer not null primary key autoincrement, \`schedule_id\` integer not null, \`sequence_id\` integer not null, \`status\` text not null, \`tsp\` double not null, \`tep\` double not null, \`delta_tl\` double not null, \`delta_tr\` double not null, \`alt_deg\` double not null, \`overhead_seconds\` double not null, \`reason\` text not null, constraint \`schedule_has_sequences_schedule_id_foreign\` foreign key (\`schedule_id\`) references \`schedule\` (\`id\`));`,
    );
    this.addSql(
      `create index \`schedule_has_sequences_schedule_id_index\` on \`schedule_has_sequences\` (\`schedule_id\`);`,
    );

    this.addSql(
      `create table \`scientific_program\` (\`id\` integer not null primary key autoincrement, \`name\` text not null, \`description\` text not null, \`quota\` double not null, \`priority\` integer not null);`,
    );
    this.addSql(
      `create unique index \`scientific_program_name_unique\` on \`scientific_program\` (\`name\`);`,
    );

    this.addSql(
      `create table \`sequence\` (\`id\` integer not null primary key autoincrement, \`request_id\` integer not null, \`name\` text not null, \`status\` text not null, \`reason\` text not null, \`target\` text not null, \`ra_deg\` double not null, \`dec_deg\` double not null, \`jd1\` double not null, \`jd2\` double not null, \`priority\` integer not null, \`start_mode\` text not null, \`t_prefered\` double not null, \`duration\` double not null, constraint \`sequence_request_id_foreign\` foreign key (\`request_id\`) references \`request\` (\`id\`));`,
    );
    this.addSql(`create index \`sequence_request_id_index\` on \`sequence\` (\`request_id\`);`);
    this.addSql(`create index \`sequence_status_index\` on \`sequence\` (\`status\`);`);

    this.addSql(
      `create table \`album\` (\`id\` integer not null primary key autoincrement, \`sequence_id\` integer not null, \`name\` text not null, \`detector\` text not null, constraint \`album_sequence_id_foreign\` foreign key (\`sequence_id\`) references \`sequence\` (\`id\`));`,
    );
    this.addSql(`create index \`album_sequence_id_index\` on \`album\` (\`sequence_id\`);`);

    this.addSql(
      `create table \`plan\` (\`id\` integer not null primary key autoincrement, \`album_id\` integer not null, \`name\` text not null, \`filter\` text not null, \`duration\` double not null, \`nb_images\` integer not null, constraint \`plan_album_id_foreign\` foreign key (\`album_id\`) references \`album\` (\`id\`));`,
    );
    this.addSql(`create index \`plan_album_id_index\` on \`plan\` (\`album_id\`);`);

    this.addSql(
      `create table \`site_watch\` (\`id\` integer not null primary key autoincrement, \`global_status\` text not null, \`updated\` text not null, \`lights\` text not null, \`dome\` text not null, \`doors\` text not null, \`shutter\` text not null, \`temperature\` double null, \`pressure\` double null, \`humidity\` double null);`,
    );
    this.addSql(`create index \`site_watch_updated_index\` on \`site_watch\` (\`updated\`);`);

    this.addSql(
      `create table \`site_watch_history\` (\`id\` integer not null primary key autoincrement, \`global_status\` text not null, \`updated\` text not null, \`lights\` text not null, \`dome\` text not null, \`doors\` text not null, \`shutter\` text not null, \`temperature\` double null, \`pressure\` double null, \`humidity\` double null);`,
    );
    this.addSql(
      `create index \`site_watch_history_updated_index\` on \`site_watch_history\` (\`updated\`);`,
    );

    this.addSql(
      `create table \`strategy_obs\` (\`id\` integer not null primary key autoincrement, \`name\` text not null, \`content\` text not null);`,
    );
    this.addSql(`create unique index \`strategy_obs_name_unique\` on \`strategy_obs\` (\`name\`);`);

    this.addSql(
      `create table \`user_level\` (\`id\` integer not null primary key autoincrement, \`level\` integer not null, \`name\` text not null, \`description\` text not null);`,
    );
    this.addSql(`create unique index \`user_level_level_unique\` on \`user_level\` (\`level\`);`);

    this.addSql(
      `create table \`pyros_user\` (\`id\` integer not null primary key autoincrement, \`username\` text not null, \`email\` text not null, \`is_active\` integer not null, \`country_id\` integer not null, \`user_level_id\` integer not null, constraint \`pyros_user_country_id_foreign\` foreign key (\`country_id\`) references \`country\` (\`id\`), constraint \`pyros_user_user_level_id_foreign\` foreign key (\`user_level_id\`) references \`user_level\` (\`id\`));`,
    );
    this.addSql(
      `create unique index \`pyros_user_username_unique\` on \`pyros_user\` (\`username\`);`,
    );
    this.addSql(`create index \`pyros_user_country_id_index\` on \`pyros_user\` (\`country_id\`);`);
    this.addSql(
      `create index \`pyros_user_user_level_id_index\` on \`pyros_user\` (\`user_level_id\`);`,
    );

    this.addSql(
      `create table \`weather_watch\` (\`id\` integer not null primary key autoincrement, \`global_status\` text not null, \`updated\` text not null, \`humidity\` double null, \`wind\` double null, \`wind_dir\` double null, \`temperature\` double null, \`pressure\` double null, \`rain\` double null, \`cloud\` double null);`,
    );
    this.addSql(`create index \`weather_watch_updated_index\` on \`weather_watch\` (\`updated\`);`);

    this.addSql(
      `create table \`weather_watch_history\` (\`id\` integer not null primary key autoincrement, \`global_status\` text not null, \`updated\` text not null, \`humidity\` double null, \`wind\` double null, \`wind_dir\` double null, \`temperature\` double null, \`pressure\` double null, \`rain\` double null, \`cloud\` double null);`,
    );
    this.addSql(
      `create index \`weather_watch_history_updated_index\` on \`weather_watch_history\` (\`updated\`);`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists \`agents_survey\`;`);
    this.addSql(`drop table if exists \`alert\`;`);
    this.addSql(`drop table if exists \`command\`;`);
    this.addSql(`drop table if exists \`country\`;`);
    this.addSql(`drop table if exists \`device_status\`;`);
    this.addSql(`drop table if exists \`fact\`;`);
    this.addSql(`drop table if exists \`fact_cursor\`;`);
    this.addSql(`drop table if exists \`image\`;`);
    this.addSql(`drop table if exists \`log\`;`);
    this.addSql(`drop table if exists \`observatory\`;`);
    this.addSql(`drop table if exists \`plc_device_status\`;`);
    this.addSql(`drop table if exists \`request\`;`);
    this.addSql(`drop table if exists \`schedule\`;`);
    this.addSql(`drop table if exists \`schedule_has_sequences\`;`);
    this.addSql(`drop table if exists \`scientific_program\`;`);
    this.addSql(`drop table if exists \`sequence\`;`);
    this.addSql(`drop table if exists \`album\`;`);
    this.addSql(`drop table if exists \`plan\`;`);
    this.addSql(`drop table if exists \`site_watch\`;`);
    this.addSql(`drop table if exists \`site_watch_history\`;`);
    this.addSql(`drop table if exists \`strategy_obs\`;`);
    this.addSql(`drop table if exists \`user_level\`;`);
    this.addSql(`drop table if exists \`pyros_user\`;`);
    this.addSql(`drop table if exists \`weather_watch\`;`);
    this.addSql(`drop table if exists \`weather_watch_history\`;`);
  }
}
