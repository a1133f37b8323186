import type { Texts } from '../en/index.js';
import { denoiseNodes } from './denoise-nodes.js';
import { metricNodes } from './metric-nodes.js';
import { pictureNodes } from './picture-nodes.js';

/** Was es an Knoten gibt, nach Art. */
export const nodes: Texts['nodes'] = { ...pictureNodes, ...denoiseNodes, ...metricNodes };
