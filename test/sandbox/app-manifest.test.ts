import { parseManifest } from '../../sandbox/app-manifest.ts';

const least =
  'features: {}\noauth_config: { scopes: { bot: [chat:write] } }\nsettings: { event_subscriptions: { bot_events: [] } }';

test('what a manifest leaves out is not offered', () => {
  expect(parseManifest(least)).toEqual({
    scopes: ['chat:write'],
    subscriptions: [],
    commands: [],
    shortcuts: [],
    homeTab: false,
  });
});

test('commands, shortcuts and the Home tab are read', () => {
  const features = `features:
  app_home: { home_tab_enabled: true }
  slash_commands:
    - { command: /helpdesk, description: Ask IT, usage_hint: "ask <question>", url: https://a.example, should_escape: true }
  shortcuts:
    - { name: Ask IT, type: global, callback_id: ask, description: Ask a question }
    - { name: Create ticket, type: message, callback_id: create, description: From this message }
`;
  expect(parseManifest(least.replace('features: {}\n', features))).toMatchObject({
    commands: [{ command: '/helpdesk', description: 'Ask IT', usageHint: 'ask <question>' }],
    shortcuts: [
      { name: 'Ask IT', type: 'global', callbackId: 'ask', description: 'Ask a question' },
      { name: 'Create ticket', type: 'message', callbackId: 'create', description: 'From this message' },
    ],
    homeTab: true,
  });
});
