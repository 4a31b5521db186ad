/** What the shell says when it opens. */
export function banner(about: { version: string; database: string; unit: string }): string {
  return [
    `PyROS ${about.version}: the shell of ${about.unit}, on ${about.database}`,
    'Every table is a class (models lists them), every agent of the guide too. help() says how.',
    'Write await before whatever asks the database or an agent. Leave with .exit or Ctrl-D.',
    'What you save or delete here by hand is told by no fact: agents at work may not notice it.',
  ].join('\n');
}

/** How the shell is used. */
export const HELP = `Objects
  country = new Country({name: 'mexico', quota: 1})      not in the database yet: country.id is undefined
  await country.save()                                   adds it, or writes what was changed
  await Country.objects.create({name: 'france'})         both at once
  await Country.objects.all()                            .count() .first() .get({id: 1}) .delete()
  await Country.objects.filter({name__icontains: 'fran'})
      after "__": exact iexact contains icontains startswith endswith gt gte lt lte in range isnull year
      month day date, or a field of what is referred to: request__name
  Q({name: 'a'}).or(Q({name: 'b'}))                      .and .not; also for .exclude
  .orderBy('-created').slice(0, 5).with('request')       .query shows the SQL
  await req.sequences.all()                              the children of an object, by their plural
  seq.name = 'new name'; await seq.save()                seq.refresh() seq.copy() seq.delete()
  Sequence.TOBEPLANNED                                   the words of the guide
Agents
  agent = new AgentA('agent_toto')                       also Agent, AgentB, AgentX
  await agent.loadConfig()                               .init() .run(2) .routineProcess() …
  cmd = await agent.sendCommand('AgentB', 'eval 2+2')    then await cmd.refresh(), cmd.result
  await send('AgentB', 'eval 2+2')                       sends it in your name, waits for its end
  await agents()                                         who lives, in which mode and status
  await facts(20)                                        what happened
Planning
  scheduler = new Scheduler(); await scheduler.makeSchedule()`;
