import { z } from 'zod';

/** Null is as good as ''. */
const text = z.string().catch('');
/** Null: it was not counted. */
const tokens = z.int().nonnegative().nullable().catch(null);

/**
 * The fields we use of a chat completion. What compatible servers leave out, or say otherwise, is as if it was not there.
 * https://developers.openai.com/api/reference/resources/chat/subresources/completions/methods/create
 */
export const ChatCompletion = z.object({
  model: z.string().catch(''),
  choices: z.array(
    z.object({
      finish_reason: z.string().catch(''),
      message: z.object({ content: text, refusal: text }).catch({ content: '', refusal: '' }),
    }),
  ),
  usage: z
    .object({
      prompt_tokens: tokens,
      completion_tokens: tokens,
      prompt_tokens_details: z.object({ cached_tokens: tokens }).catch({ cached_tokens: null }),
    })
    .catch({ prompt_tokens: null, completion_tokens: null, prompt_tokens_details: { cached_tokens: null } }),
});
export type ChatCompletion = z.output<typeof ChatCompletion>;

/**
 * The fields we use of embeddings. The numbers are looked at one by one, as there are many.
 * https://developers.openai.com/api/reference/resources/embeddings/methods/create
 */
export const Embeddings = z.object({
  data: z.array(z.object({ index: z.int().nonnegative(), embedding: z.array(z.unknown()) })),
  usage: z.object({ prompt_tokens: tokens }).catch({ prompt_tokens: null }),
});
export type Embeddings = z.output<typeof Embeddings>;
