import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import type { Json } from '../../../sandbox/teams/contract.ts';
import type { TeamsSandbox } from '../../../sandbox/teams/index.ts';
import { activitiesOf, ana, type App, bob, cardOf, connectorOf, startAcme, startApp, until } from './acme.ts';

const specPath = path.join(process.env.FIRSTLINE_SPECS ?? '../shared/specs', 'teams/botframework.schema.json');
const describeWithSpec = existsSync(specPath) ? describe : describe.skip;

describeWithSpec("compared with the Bot Framework's schema (skipped without FIRSTLINE_SPECS)", () => {
  const spec: object = existsSync(specPath) ? JSON.parse(readFileSync(specPath, 'utf8')) : {};
  const ajv = new Ajv({ strict: false, logger: false, validateFormats: false }).addSchema(spec, 'spec');

  let app: App;
  let teams: TeamsSandbox;
  beforeAll(async () => {
    app = await startApp();
    teams = await startAcme();
    teams.connectApp(app.url);
  });
  afterAll(async () => {
    await teams.close();
    await app.close();
  });

  function faultsOf(name: string, value: unknown): unknown {
    const validate = ajv.getSchema(`spec#/definitions/${name}`);
    if (validate === undefined) throw new Error(`no ${name} in the schema`);
    return validate(value) === true ? [] : validate.errors;
  }

  const kinds = [
    ['message', 4],
    ['messageUpdate', 1],
    ['messageDelete', 1],
    ['messageReaction', 1],
    ['invoke', 2],
    ['installationUpdate', 5],
    ['conversationUpdate', 1],
  ] as const;

  // the schema wants an object; Teams' HTML attachments hold text, as the activity's specification allows
  function withoutHtml({ attachments = [], ...activity }: Json): Json {
    return {
      ...activity,
      attachments: (attachments as Json[]).filter(({ contentType }) => contentType !== 'text/html'),
    };
  }

  test('every activity is one', async () => {
    const [personal, help] = [teams.personal(ana), teams.chatOf('C0HELP')];
    const { id: file } = teams.upload({ as: ana, name: 'a.log', mimetype: 'text/plain', bytes: Buffer.from('x') });
    const id = await teams.say({ as: ana, chat: personal, text: '@Firstline hi', files: [file] });
    await teams.say({ as: ana, chat: teams.chatOf('leeds'), text: 'hi' });
    await teams.edit({ as: ana, chat: personal, id, text: 'ho' });
    await teams.remove({ as: ana, chat: personal, id });
    const call = await connectorOf(teams);
    const root = await teams.say({ as: ana, chat: help, text: 'hi' });
    const { json } = await call('POST', activitiesOf(`${help};messageid=${root}`), cardOf());
    const pressed = { as: bob, chat: help, id: String(json['id']) };
    await teams.react({ ...pressed, name: 'like', on: true });
    await teams.press({ ...pressed, action: { type: 'Action.Execute', verb: 'x' } });
    await teams.press({ ...pressed, action: { type: 'Action.Submit', data: { verb: 'x' } } });
    await teams.messageAction({ ...pressed, commandId: 'createTicket' });
    await teams.uninstall({ as: ana, chat: teams.chatOf('leeds') });
    await until(() => kinds.every(([type, count]) => app.of(type).length === count));
    const faults = app.received.map(({ activity }) => [activity['type'], faultsOf('Activity', withoutHtml(activity))]);
    expect(faults.filter(([, found]) => Array.isArray(found) && found.length > 0)).toEqual([]);
    expect(faultsOf('Activity', { type: 'message' })).not.toEqual([]);
  });

  test('every answer of the connector is as described', async () => {
    const call = await connectorOf(teams);
    const help = teams.chatOf('C0HELP');
    const base = `conversations/${encodeURIComponent(help)}`;
    const post = { isGroup: true, channelData: { channel: { id: help } }, activity: { type: 'message', text: 'x' } };
    const answers: [string, Json][] = [
      ['ResourceResponse', (await call('POST', activitiesOf(help), { type: 'message', text: 'x' })).json],
      ['ChannelAccount', (await call('GET', `${base}/members/${teams.aadIdOf(ana)}`)).json],
      // the schema wants a token on the last page as well
      ['PagedMembersResult', { continuationToken: '', ...(await call('GET', `${base}/pagedmembers`)).json }],
    ];
    const { json } = await call('POST', 'conversations', post);
    // the schema also wants a serviceUrl, which Teams leaves out
    answers.push(['ConversationResourceResponse', { serviceUrl: teams.serviceUrl, ...json }]);
    for (const [name, value] of answers) expect([name, faultsOf(name, value)]).toEqual([name, []]);
  });
});
