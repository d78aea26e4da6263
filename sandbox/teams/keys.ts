import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  randomUUID,
  sign,
  verify,
} from 'node:crypto';
import type { Json } from './contract.ts';

/** A key as it is kept: of the private part everything else is made. */
export interface StoredKey {
  readonly kid: string;
  readonly endorsements: readonly string[];
  readonly privateKey: JsonWebKey;
}

/** The keys with which Teams signs what it sends, and Entra the app's tokens. RS256 only. */
export interface Keys {
  /** As the key document shows them. */
  readonly published: () => readonly Json[];
  sign(claims: Json, wish?: { readonly endorsements?: readonly string[]; readonly forged?: true }): string;
  /** The claims of a token that one of these keys has signed, or null. Looks at no claim. */
  verified(token: string): Json | null;
  readonly stored: () => readonly StoredKey[];
}

const teamsEndorsement: readonly string[] = ['msteams'];
const otherEndorsement: readonly string[] = ['webchat'];

/** @param touch told when there is a new key to keep. */
export function createKeys(kept: readonly StoredKey[], touch: () => void): Keys {
  const keys = kept.length === 0 ? [newKey(teamsEndorsement)] : [...kept];
  const objects = new Map<string, KeyObject>();
  const privateOf = ({ kid, privateKey: key }: StoredKey) => {
    const object = objects.get(kid) ?? createPrivateKey({ key, format: 'jwk' });
    objects.set(kid, object);
    return object;
  };

  function endorsedFor(endorsements: readonly string[]): StoredKey {
    const found = keys.find((key) => key.endorsements.join() === endorsements.join());
    if (found !== undefined) return found;
    const made = newKey(endorsements);
    keys.push(made);
    touch();
    return made;
  }

  return {
    published() {
      // an app that caches the document must have seen a key of another channel to refuse it
      endorsedFor(otherEndorsement);
      return keys.map(publicJson);
    },
    stored: () => keys,
    sign(claims, { endorsements = teamsEndorsement, forged } = {}) {
      const key = endorsedFor(endorsements);
      // under the name of a known key: only the signature tells
      const signer = forged === true ? createPrivateKey({ key: newKey([]).privateKey, format: 'jwk' }) : privateOf(key);
      return jwt({ alg: 'RS256', typ: 'JWT', kid: key.kid, x5t: key.kid }, claims, signer);
    },
    verified(token) {
      const [header = '', claims = '', signature = ''] = token.split('.');
      const key = keys.find(({ kid }) => kid === parsed(header)?.['kid']);
      if (key === undefined) return null;
      const publicKey = createPublicKey(privateOf(key));
      const isSigned = verify('sha256', Buffer.from(`${header}.${claims}`), publicKey, b64(signature));
      return isSigned ? parsed(claims) : null;
    },
  };
}

function newKey(endorsements: readonly string[]): StoredKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { kid: randomUUID().replaceAll('-', ''), endorsements, privateKey: privateKey.export({ format: 'jwk' }) };
}

function publicJson({ kid, endorsements, privateKey: { n, e } }: StoredKey): Json {
  return { kty: 'RSA', use: 'sig', kid, x5t: kid, n, e, endorsements };
}

function jwt(header: Json, claims: Json, key: KeyObject): string {
  const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

function parsed(part: string): Json | null {
  try {
    const value: unknown = JSON.parse(b64(part).toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

function b64(part: string): Buffer {
  return Buffer.from(part, 'base64url');
}
