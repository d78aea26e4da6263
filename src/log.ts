import pino from 'pino';
import type { Log } from './ports.ts';

/** One JSON line an event on standard output. Fields whose names say that they hold a secret are blanked, as a last net. */
export function createLog(level: string): Log {
  const logger = pino({
    level,
    base: null,
    redact: { paths: ['token', 'secret', 'password', '*.token', '*.secret', '*.password'], censor: '…' },
    serializers: { error: errorFields },
  });
  return {
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
  };
}

/**
 * These fields and no others: a database's errors carry the row they are about (`detail`, `where`) and an HTTP
 * client's the request, so people's messages and tokens would get into the log.
 */
function errorFields(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : typeof error;
  const { name, message, stack } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: name,
    message,
    code,
    stack,
    cause: error.cause instanceof Error ? errorFields(error.cause) : undefined,
  };
}
