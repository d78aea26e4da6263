import { imageSize } from '../../../sandbox/slack/image-size.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==',
  'base64',
);
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0000b080140028001011100', 'hex');
test.each<[string, Buffer, [number, number] | null]>([
  ['PNG', png, [5, 5]],
  ['GIF', Buffer.from('GIF89a\x0a\x00\x14\x00', 'latin1'), [10, 20]],
  ['JPEG', jpeg, [640, 320]],
  ['WebP, lossless', Buffer.from('524946461a000000574542505650384c0d0000002f1f80070000', 'hex'), [32, 31]],
  ['a PNG that is cut short', png.subarray(0, 14), null],
  ['a JPEG that is cut short', jpeg.subarray(0, 20), null],
  ['something else', Buffer.from('<svg width="10" height="10"/>'), null],
  ['nothing', Buffer.alloc(0), null],
])('the size of a picture: %s', (_, bytes, size) => {
  const found = imageSize(bytes);
  expect(found === null ? null : [found.width, found.height]).toEqual(size);
});
