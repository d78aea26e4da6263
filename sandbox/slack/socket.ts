import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** The server's end of a WebSocket that carries text. https://www.rfc-editor.org/rfc/rfc6455 */
export interface WebSocketPeer {
  sendText(text: string): void;
  ping(): void;
  close(): void;
}

export interface WebSocketListeners {
  onText(text: string): void;
  onClose(): void;
}

/** The value that RFC 6455 appends to the client's key. */
const handshakeGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const opcodes = { continuation: 0x0, text: 0x1, close: 0x8, ping: 0x9, pong: 0xa } as const;
const maskBytes = 4;
const maxPayloadBytes = 4 * 1024 * 1024;

/** Completes the handshake and takes over the connection; null, and closed, when it is no WebSocket request. */
export function acceptWebSocket(
  request: IncomingMessage,
  socket: Duplex,
  listeners: WebSocketListeners,
): WebSocketPeer | null {
  const key = request.headers['sec-websocket-key'];
  if (key === undefined || request.headers['sec-websocket-version'] !== '13') {
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    return null;
  }
  const accept = createHash('sha1')
    .update(key + handshakeGuid)
    .digest('base64');
  const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
  socket.write([...head, `Sec-WebSocket-Accept: ${accept}`, '', ''].join('\r\n'));

  let closing = false;
  const peer: WebSocketPeer = {
    sendText: (text) => void socket.write(frame(opcodes.text, Buffer.from(text))),
    ping: () => void socket.write(frame(opcodes.ping, Buffer.from('Ping from sandbox'))),
    close() {
      if (!closing) socket.write(frame(opcodes.close, closeCode(1000)));
      closing = true;
    },
  };
  readFrames(socket, ({ opcode, payload, isFinal }) => {
    if (opcode === opcodes.ping) socket.write(frame(opcodes.pong, payload));
    if (opcode === opcodes.text && isFinal) listeners.onText(payload.toString('utf8'));
    if (opcode !== opcodes.close) return;
    peer.close();
    socket.end();
  });
  socket.on('close', () => listeners.onClose());
  socket.on('error', () => socket.destroy());
  return peer;
}

interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly isFinal: boolean;
}

/** Joins fragments, so that a text always comes whole. */
function readFrames(socket: Duplex, onFrame: (frame: Frame) => void): void {
  let pending: Buffer = Buffer.alloc(0);
  let fragments: Frame[] = [];
  socket.on('data', (part: Buffer) => {
    pending = Buffer.concat([pending, part]);
    for (let next = parse(pending); next !== null; next = parse(pending)) {
      if (next === 'invalid') {
        socket.destroy();
        return;
      }
      pending = pending.subarray(next.size);
      if (next.frame.opcode >= opcodes.close) {
        onFrame(next.frame);
        continue;
      }
      fragments.push(next.frame);
      if (!next.frame.isFinal) continue;
      const payload = Buffer.concat(fragments.map((fragment) => fragment.payload));
      onFrame({ opcode: fragments[0]?.opcode ?? opcodes.text, payload, isFinal: true });
      fragments = [];
    }
  });
}

/** The first whole frame of the bytes; null when more are needed. Clients must mask what they send. */
function parse(bytes: Buffer): { frame: Frame; size: number } | 'invalid' | null {
  if (bytes.length < 2) return null;
  const first = bytes.readUInt8(0);
  const second = bytes.readUInt8(1);
  if ((second & 0x80) === 0) return 'invalid';
  const extent = extentOf(bytes, second & 0x7f);
  if (extent === null) return null;
  if (extent.length > maxPayloadBytes) return 'invalid';
  const start = extent.next + maskBytes;
  const size = start + extent.length;
  if (bytes.length < size) return null;
  const payload = unmask(bytes.subarray(start, size), bytes.subarray(extent.next, start));
  return { frame: { opcode: first & 0x0f, payload, isFinal: (first & 0x80) !== 0 }, size };
}

function unmask(masked: Buffer, mask: Buffer): Buffer {
  return Buffer.from(masked.map((byte, at) => byte ^ (mask[at % maskBytes] ?? 0)));
}

/** The payload's length and where the mask begins. */
function extentOf(bytes: Buffer, short: number): { length: number; next: number } | null {
  if (short < 126) return { length: short, next: 2 };
  if (short === 126) return bytes.length < 4 ? null : { length: bytes.readUInt16BE(2), next: 4 };
  return bytes.length < 10 ? null : { length: Number(bytes.readBigUInt64BE(2)), next: 10 };
}

/** One whole frame, unmasked, as servers send. */
function frame(opcode: number, payload: Buffer): Buffer {
  const first = 0x80 | opcode;
  if (payload.length < 126) return Buffer.concat([Buffer.from([first, payload.length]), payload]);
  if (payload.length < 65_536) {
    const head = Buffer.from([first, 126, 0, 0]);
    head.writeUInt16BE(payload.length, 2);
    return Buffer.concat([head, payload]);
  }
  const head = Buffer.alloc(10);
  head.set([first, 127]);
  head.writeBigUInt64BE(BigInt(payload.length), 2);
  return Buffer.concat([head, payload]);
}

function closeCode(code: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(code);
  return bytes;
}
