import { createRequire } from 'node:module';
import { type Activity, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { ConnectorClient, ServiceClientCredentialsFactory } from 'botframework-connector';
import { RemoteError } from '#errors.ts';
import type { Clock, Log } from '#ports.ts';
import type { TeamsSettings } from './index.ts';
import { takingRemarks } from './sdk-log.ts';
import { createToken } from './token.ts';

/*
 * The only file that knows the SDK. botbuilder 4.23.3 is the last of its line, so what is wrong with it is mended here.
 * What it needs of its own parts is loaded as it loads them itself, not as we would.
 */

const requireAsSdk = createRequire(createRequire(import.meta.url).resolve('botbuilder'));
const parts = requireAsSdk('botframework-connector') as typeof import('botframework-connector');

/** What the connector wants tokens for, and who signs the ones that come in. */
const botFramework = 'https://api.botframework.com';
const microsoftKeys = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

/** A delivery, read and checked but for its token. */
export interface Delivered {
  readonly authorization: string;
  readonly activity: Readonly<Record<string, unknown>>;
}

export interface Sdk {
  /**
   * Verifies the token of a delivery, and runs the work if it is good. Whatever the work throws is thrown.
   *
   * @returns false when it is not, and then nothing has been done.
   */
  process(delivered: Delivered, work: () => Promise<void>): Promise<boolean>;
  /** A client of the connector at this address: one request each, never repeated. */
  client(serviceUrl: string): Promise<ConnectorClient>;
  /** Our own token; null where nothing is verified. @throws RemoteError */
  bearer(): Promise<string | null>;
}

/** @throws Error when the SDK is another than the one whose faults are mended here. */
export function createSdk(settings: TeamsSettings, { log, clock }: { log: Log; clock: Clock }): Sdk {
  mendEntities();
  const { credentials, bearer } = createCredentials(settings, clock);
  const authentication = new ConfigurationBotFrameworkAuthentication(addresses(settings), credentials);
  const adapter = new CloudAdapter(authentication);
  const claims = new parts.ClaimsIdentity([
    { type: parts.AuthenticationConstants.AudienceClaim, value: settings.appId },
    { type: parts.AuthenticationConstants.AppIdClaim, value: settings.appId },
  ]);
  const connectors = authentication.createConnectorFactory(claims);

  async function process({ authorization, activity: body }: Delivered, work: () => Promise<void>): Promise<boolean> {
    // a copy: the SDK writes into it
    const activity = { ...body } as unknown as Activity;
    const verified = await authentication.authenticateRequest(activity, authorization).catch((error: unknown) => {
      noteFault(log, error);
      return null;
    });
    if (verified === null) return false;
    const outcome: { failure?: { readonly error: unknown } } = {};
    await adapter.processActivityDirect(verified, activity, async () => {
      // the SDK makes another error of it, with its text and stack in one
      await work().catch((error: unknown) => {
        outcome.failure = { error };
      });
    });
    if (outcome.failure !== undefined) throw outcome.failure.error;
    return true;
  }

  return {
    process: (delivered, work) => takingRemarks(log, () => process(delivered, work)),
    async client(serviceUrl) {
      return withoutRetries(await connectors.create(serviceUrl, botFramework));
    },
    bearer,
  };
}

/**
 * 4.23.3 sends of every entity but `type`, `text` and `mentioned` nothing: no citations, no label. Its mapper lacks the
 * permission to pass on what it does not know. https://github.com/microsoft/botbuilder-js/pull/4903
 */
function mendEntities(): void {
  const { Entity } = requireAsSdk('botframework-connector/lib/connectorApi/models/mappers') as {
    readonly Entity?: { readonly type: { readonly className?: string; additionalProperties?: object } };
  };
  if (Entity?.type.className !== 'Entity') throw new Error('botbuilder: the mapper of entities is not where it was');
  Entity.type.additionalProperties = { type: { name: 'Object' } };
}

/** The client repeats what failed, sends included, and none of its options keeps it from that: the queue does it here. */
function withoutRetries(client: ConnectorClient): ConnectorClient {
  const { pipeline } = (client as unknown as { readonly client: { readonly pipeline: Pipeline } }).client;
  if (pipeline.removePolicy({ name: 'defaultRetryPolicy' }).length === 0) {
    throw new Error('botbuilder: its retries are not where they were');
  }
  return client;
}
interface Pipeline {
  removePolicy(policy: { readonly name: string }): readonly unknown[];
}

/**
 * Where the keys are. Any one of these switches the defaults of Microsoft's cloud off, so elsewhere all are given.
 * https://learn.microsoft.com/en-us/javascript/api/botbuilder-core/configurationbotframeworkauthenticationoptions
 */
function addresses({ openIdMetadataUrl, loginUrl, tenantId }: TeamsSettings): Readonly<Record<string, string>> {
  if (openIdMetadataUrl === microsoftKeys) return {};
  return {
    ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadataUrl,
    ToBotFromChannelTokenIssuer: botFramework,
    ToChannelFromBotOAuthScope: botFramework,
    // for its own way to a token, which is not taken
    ToChannelFromBotLoginUrl: `${loginUrl}/${tenantId}`,
    OAuthUrl: botFramework,
    ValidateAuthority: 'false',
    CallerId: 'urn:botframework:azure',
  };
}

type Credentials = Awaited<ReturnType<ServiceClientCredentialsFactory['createCredentials']>>;

function createCredentials(
  settings: TeamsSettings,
  clock: Clock,
): { credentials: ServiceClientCredentialsFactory; bearer: () => Promise<string | null> } {
  const { appId, credentials: kind } = settings;
  if (kind.kind === 'managed-identity') return managedIdentity(appId);
  const bearer = kind.kind === 'secret' ? createToken({ ...settings, secret: kind.secret }, clock) : async () => null;
  return {
    bearer,
    credentials: {
      isValidAppId: async (id) => id.toLowerCase() === appId.toLowerCase(),
      isAuthenticationDisabled: async () => kind.kind === 'none',
      createCredentials: async () => signing(bearer),
    },
  };
}

function signing(bearer: () => Promise<string | null>): Credentials {
  return {
    async signRequest(request) {
      const token = await bearer();
      if (token !== null) request.headers.set('authorization', `Bearer ${token}`);
      return request;
    },
  };
}

/** On Azure the platform itself gives the token out. https://learn.microsoft.com/en-us/entra/identity/managed-identities-azure-resources/overview */
function managedIdentity(appId: string): ReturnType<typeof createCredentials> {
  const credentials = new parts.ManagedIdentityServiceClientCredentialsFactory(
    appId,
    new parts.JwtTokenProviderFactory(),
  );
  const own = new parts.ManagedIdentityAppCredentials(appId, botFramework, new parts.JwtTokenProviderFactory());
  return { credentials, bearer: () => own.getToken().catch(refusedByPlatform) };
}

function refusedByPlatform(error: unknown): never {
  const { name } = Object(error) as { name?: unknown };
  // not on Azure, or without this identity
  const kind = name === 'CredentialUnavailableError' ? 'unauthorized' : 'unavailable';
  throw new RemoteError('teams', kind, { message: 'token: the managed identity gave none', cause: error });
}

/** Without keys nobody can be verified: that is for the operator, not one more stranger at the door. */
function noteFault(log: Log, error: unknown): void {
  const { name, statusCode } = Object(error) as { readonly name?: unknown; readonly statusCode?: unknown };
  if (statusCode !== 500 && name !== 'FetchError') return;
  log.error('teams: the keys that verify deliveries cannot be read', { errorName: String(name).slice(0, 60) });
}
