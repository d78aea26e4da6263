import type { Bot } from './bot.ts';
import type { OpenAiSandbox } from './openai/contract.ts';

/** Whether the bot may ask a language model. Off, it answers with the documents' own words alone. */
export interface Ai {
  isOn(): boolean;
  /** The visitor's own settings name a model: it is always on, and turning does nothing. */
  readonly isOwn: boolean;
  /** Starts the bot anew with or without a model. @throws SandboxFault when it does not come up so; it is as before then. */
  turn(on: boolean): Promise<void>;
}

type Settings = Readonly<Record<string, string>>;

/** A bot whose settings can be changed. */
export interface AiBot {
  readonly bot: Pick<Bot, 'restartWith'>;
  readonly settingsWith: (isOn: boolean) => Settings;
}

/** Off at first, unless SANDBOX_AI says `on`. */
export function createAi(own: Settings, { bot, settingsWith }: AiBot): Ai {
  const isOwn = namesModel(own);
  let wanted = startsWithAi(own);
  /** As the bot was last started. */
  let current = wanted;
  let last: Promise<void> = Promise.resolve();

  async function settle(): Promise<void> {
    if (wanted === current) return;
    const before = current;
    current = wanted;
    try {
      await bot.restartWith(settingsWith(current));
    } catch (error) {
      // better the answers of before than none
      wanted = before;
      current = before;
      await bot.restartWith(settingsWith(before));
      throw error;
    }
  }

  return {
    isOn: () => isOwn || wanted,
    isOwn,
    turn(on) {
      if (isOwn) return Promise.resolve();
      wanted = on;
      // one after the other: who has had second thoughts is not told of what became of the first
      last = last.catch(() => {}).then(settle);
      return last;
    },
  };
}

export function startsWithAi(own: Settings): boolean {
  return own['SANDBOX_AI'] === 'on';
}

function namesModel(own: Settings): boolean {
  return own['OPENAI_API_KEY'] !== undefined || own['OPENAI_BASE_URL'] !== undefined;
}

/** Money for a million tokens, as smaller models cost: input, input that was read before, output. */
const chatPrice = '0.40 / 0.10 / 1.60';
const embeddingPrice = '0.02 / 0.02 / 0';

/** The settings that connect a program to this model; none when the visitor has set up a model themselves. */
export function openAiSettingsFor(
  { apiKey, url, models }: Pick<OpenAiSandbox, 'apiKey' | 'url' | 'models'>,
  own: Settings = {},
): Record<string, string> {
  if (namesModel(own)) return {};
  return {
    OPENAI_API_KEY: apiKey,
    OPENAI_BASE_URL: url,
    OPENAI_MODEL: models.vision,
    OPENAI_VISION: 'yes',
    OPENAI_EMBEDDING_MODEL: models.embedding,
    MODEL_PRICES: `${models.vision}: ${chatPrice}; ${models.chat}: ${chatPrice}; ${models.embedding}: ${embeddingPrice}`,
  };
}
