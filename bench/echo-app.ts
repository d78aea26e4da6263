import { App, HTTPReceiver } from '@slack/bolt';

/** The baseline of bench/messages.ts: the least a Bolt app can do, an echo in the thread. Nothing is stored. */
const [port = '0', apiUrl = '', token = '', signingSecret = ''] = process.argv.slice(2);
const receiver = new HTTPReceiver({ signingSecret });
const app = new App({ token, receiver, clientOptions: { slackApiUrl: apiUrl } });
app.message(async ({ message, say }) => {
  if (message.subtype !== undefined) return;
  await say({ text: message.text ?? '', thread_ts: message.ts });
});
await app.start({ port: Number(port), host: '127.0.0.1' });
process.send?.('up');
