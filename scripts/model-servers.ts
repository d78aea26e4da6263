import { SetupError } from '#errors.ts';
import type { Embedder } from '#model-ports.ts';
import { createEmbedder } from '../adapters/openai/embedder.ts';
import { type ModelsConfig, modelsConfigOf, ModelVariables } from '../src/model-settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** For a whole batch of documents. */
const PATIENCE_MS = 120_000;

/**
 * The models of an evaluation, by the variables of `.env.example` (OPENAI_API_KEY, OPENAI_BASE_URL, MODEL_PRICES …).
 *
 * @param given what the command line says instead.
 * @throws SetupError naming the variable to mend, or that none names a server.
 */
export function modelsFrom(environment: Environment, given: Environment = {}): ModelsConfig {
  const set = Object.fromEntries(Object.entries({ ...environment, ...given }).filter(([, value]) => value !== ''));
  const parsed = ModelVariables.safeParse(set);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw new SetupError(problems.join('\n'));
  }
  if (parsed.data.OPENAI_API_KEY === undefined && parsed.data.OPENAI_BASE_URL === undefined)
    throw new SetupError('A model needs a server: set OPENAI_API_KEY, OPENAI_BASE_URL, or both.');
  const models = modelsConfigOf(parsed.data);
  if (models === null) throw new SetupError('No model is named.');
  return models;
}

/** The model that `--embeddings` asks for. @throws SetupError naming the setting that is missing. */
export function openEmbedder(environment: Environment): Embedder {
  if ((environment['OPENAI_EMBEDDING_MODEL'] ?? '') === '')
    throw new SetupError('--embeddings needs OPENAI_EMBEDDING_MODEL to be set.');
  const { server, embeddings } = modelsFrom(environment);
  if (embeddings === null) throw new SetupError('--embeddings needs OPENAI_EMBEDDING_MODEL to be set.');
  return createEmbedder({ ...server, ...embeddings, timeoutMs: PATIENCE_MS }, { clock: () => new Date() });
}
