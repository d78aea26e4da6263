import { parseArgs } from 'node:util';
import { readConfig } from '../src/config.ts';
import { SetupError } from '../src/errors.ts';
import { createOperatorClient, programUrl } from './operator-client.ts';
import { type ToldTrail, trailWords } from './trail-words.ts';

const usage = `Usage: npm run why -- LINK [--json]
LINK is that of a message, as the chat gives it ("Copy link").`;

/** `npm run why -- LINK`: asks the running program why it did what it did about a message. */
async function main(): Promise<void> {
  const { link, asJson } = readArguments();
  const config = readConfig();
  const operator = createOperatorClient({ url: programUrl(config), token: config.operatorToken });
  const trail = (await operator.get(`/operator/why?${new URLSearchParams({ message: link }).toString()}`)) as ToldTrail;
  console.log(asJson ? JSON.stringify(trail, null, 2) : trailWords(trail));
}

function readArguments(): { link: string; asJson: boolean } {
  try {
    const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true });
    const [link] = positionals;
    if (link !== undefined && positionals.length === 1) return { link, asJson: values.json === true };
  } catch (cause) {
    throw new SetupError(usage, { cause });
  }
  throw new SetupError(usage);
}

main().catch((error: unknown) => {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
});
