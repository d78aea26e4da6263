import { createEmbedder } from '../adapters/openai/embedder.ts';
import { createLanguageModel } from '../adapters/openai/language-model.ts';
import type { Config } from './config.ts';
import { createEmbed } from './flows/embed.ts';
import { createModelFaults } from './flows/model-faults.ts';
import type { ModelDeps } from './flows/model-session.ts';
import type { Flows } from './jobs.ts';
import type { Clock, Log, Store } from './ports.ts';
import { loadPrompts } from './prompts.ts';

/** A sync embeds hundreds of texts at a time, and nobody waits. */
const documentsTimeoutMs = 60_000;

export interface Models {
  /** Null: no model is asked about a question. */
  readonly deps: ModelDeps | null;
  /** Makes the vectors that are missing; nothing to do where no model makes any. */
  readonly embed: Flows['embed'];
  /** Whether vectors are made. */
  readonly embeds: boolean;
}

/** The models that are set up. Part of the composition root. */
export async function buildModels(
  { models, admins }: Config,
  { store, log, clock }: { store: Store; log: Log; clock: Clock },
): Promise<Models> {
  if (models === null) return { deps: null, embed: async () => {}, embeds: false };
  const { server, writer, embeddings, prices, caps, patienceMs } = models;
  const made = { log, clock };
  const asked = { ...server, timeoutMs: patienceMs };
  // a third of the time is enough to find what means the same; without it the rest is still there to write in
  const timeoutMs = Math.round(patienceMs / 3);
  const embedder = embeddings === null ? null : createEmbedder({ ...server, ...embeddings, timeoutMs }, made);
  if (embedder !== null) await store.vectors.useModel(embedder.name);
  const language = (model: string) =>
    writer === null ? null : createLanguageModel({ ...asked, model, seesImages: writer.seesImages }, made);
  const money = { prices, caps, admins };
  const faults = createModelFaults({ store, admins, clock });
  const main = writer === null ? null : language(writer.model);
  // one model is one server to be left alone when it fails, and to be learned from
  const check = writer === null || writer.checkModel === writer.model ? main : language(writer.checkModel);
  return {
    deps: {
      writer: main,
      checker: check,
      embedder,
      prompts: loadPrompts(),
      patienceMs,
      faults,
      store,
      clock,
      log,
      ...money,
    },
    embed:
      embeddings === null
        ? async () => {}
        : createEmbed({
            embedder: createEmbedder({ ...server, ...embeddings, timeoutMs: documentsTimeoutMs }, made),
            store,
            faults,
            clock,
            log,
            ...money,
          }),
    embeds: embedder !== null,
  };
}
