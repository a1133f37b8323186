import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../../../src/core/errors.js';
import type { GraphDocument } from '../../../src/core/graph/types.js';
import type { Picture } from '../../../src/core/node/definition.js';
import type { NodeRegistry } from '../../../src/core/node/registry.js';
import type { PictureStore } from '../../../src/diffusion/ports.js';
import { decodePicture } from './picture-file.js';
import { withGraph } from '../../../src/storage/graph-in-png.js';
import { encodePng } from '../../../src/storage/png-picture.js';
import { release } from '../../../src/core/release.js';
import { writeInside } from './write-inside.js';

/** Larger files are refused unread. */
const LARGEST_BYTES = 512 * 1024 * 1024;

/** A picture store on disk, and a way to write beside what nodes save. */
export interface DiskPictures extends PictureStore {
  /** Writes `<name>.png` into the output folder, over an older one; returns its path. */
  put(name: string, picture: Picture): Promise<string>;
  /** Paths written so far. */
  written(): readonly string[];
}

/**
 * Pictures for runs without a browser. A name is a path (from `cwd`), or else a picture in `samples`; what nodes
 * save goes into `out` and nowhere else, under a free name unless `replace` is set.
 */
export function createDiskPictures(places: {
  readonly cwd: string;
  readonly samples: string;
  readonly out: string;
  readonly replace: boolean;
  /** What makes the pictures; every file that is written carries it, so that the graph can be had back. */
  readonly graph?: { readonly document: GraphDocument; readonly registry: NodeRegistry };
}): DiskPictures {
  const paths: string[] = [];
  const put = async (name: string, picture: Picture): Promise<string> => {
    const png = encodePng(picture);
    const { graph } = places;
    const whole = graph ? withGraph(png, graph.document, graph.registry, release) : png;
    const path = await writeInside(places.out, `${name}.png`, whole);
    paths.push(path);
    return path;
  };
  const isTaken = (name: string): boolean => {
    const path = join(places.out, `${name}.png`);
    // Not what a link leads to: one that leads nowhere takes the name as well.
    const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
    return paths.includes(path) || (!places.replace && isThere);
  };
  return {
    async fingerprint(name) {
      return createHash('sha256')
        .update(await readBytes(name, places))
        .digest('hex');
    },
    async read(name) {
      return decodePicture(name, await readBytes(name, places));
    },
    async write(prefix, picture) {
      const stem = fileStem(prefix);
      let name = stem;
      for (let number = 2; isTaken(name); number++) name = `${stem}-${String(number)}`;
      await put(name, picture);
      return `${name}.png`;
    },
    put,
    written: () => paths,
  };
}

/** Names that Windows keeps for devices, with whatever ending. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(?=$|[. ])/i;

/** What a file system takes for a name, with room for a number and an ending. */
const LONGEST_BYTES = 200;

/**
 * A file name without folders, from what a user or a graph calls a picture: letters and digits of any language, and at
 * most 200 bytes of them.
 */
export function fileStem(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/\.png$/i, '')
    .replace(/[^\p{L}\p{N} ._-]+/gu, '-')
    .replace(/^[. -]+/, '')
    .replace(DEVICES, '_$1');
  let stem = '';
  for (const letter of plain) {
    if (Buffer.byteLength(stem + letter) > LONGEST_BYTES || stem.length >= 100) break;
    stem += letter;
  }
  stem = stem.replace(/[. -]+$/, '');
  return stem === '' ? 'picture' : stem;
}

async function readBytes(
  name: string,
  { cwd, samples }: { readonly cwd: string; readonly samples: string },
): Promise<Uint8Array> {
  if (name === '') throw new AppError({ code: 'picture/missing', name });
  for (const path of [resolve(cwd, name), join(samples, fileStem(name) + '.png')]) {
    const found = await stat(path).catch(() => undefined);
    if (!found) continue;
    if (!found.isFile()) throw unreadable(name, 'it is not a file');
    if (found.size > LARGEST_BYTES) throw unreadable(name, 'the file is larger than 512 MB');
    return readFile(path);
  }
  throw new AppError({ code: 'picture/missing', name });
}

function unreadable(name: string, reason: string): AppError {
  return new AppError({ code: 'picture/unreadable', name, reason });
}
