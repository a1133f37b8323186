import { readFile } from 'node:fs/promises';
import type { ClipVocabulary } from '../clip-vocabulary.js';

const FILE = new URL('../../../public/tokenizers/clip/merges.txt.gz', import.meta.url);

/** CLIP's published vocabulary from the project's own folder. */
export const diskVocabulary: ClipVocabulary = () => readFile(FILE);
