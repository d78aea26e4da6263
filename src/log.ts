import pino from 'pino';
import type { Log } from './ports.ts';

/** One JSON line an event on standard output. Fields whose names say that they hold a secret are blanked, as a last net. */
export function createLog(level: string): Log {
  const logger = pino({
    level,
    base: null,
    redact: { paths: ['token', 'secret', 'password', '*.token', '*.secret', '*.password'], censor: '…' },
    serializers: { error: (error: unknown) => (error instanceof Error ? pino.stdSerializers.err(error) : error) },
  });
  return {
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
  };
}
