import type { RunEvent } from '../core/engine/events.js';
import type { Picture } from '../core/node/definition.js';

/**
 * The event with copies of its pictures, and their buffers, which may be given away: the engine keeps the pictures
 * themselves and shows them again when the node's results are reused.
 */
export function withOwnPictures(event: RunEvent): {
  readonly event: RunEvent;
  readonly buffers: ArrayBuffer[];
} {
  const buffers: ArrayBuffer[] = [];
  const copy = (picture: Picture): Picture => {
    const data = new Uint8ClampedArray(picture.data);
    buffers.push(data.buffer);
    return { ...picture, data };
  };
  switch (event.type) {
    case 'preview':
      return { event: { ...event, picture: copy(event.picture) }, buffers };
    case 'executed':
    case 'execution-cached': {
      const pictures = event.pictures.map(({ label, picture }) => ({
        label,
        picture: copy(picture),
      }));
      return { event: { ...event, pictures }, buffers };
    }
    default:
      return { event, buffers };
  }
}
