import type { OnnxGraph, Value } from '../onnx/onnx-graph.js';
import { UNET_NAMES } from './unet-names.js';

/** The noise that a predicted v stands for: Salimans & Ho 2022, `eps = sqrt(a) v + sqrt(1 - a) x`. Declares the inputs for both roots. */
export function noiseOfV(graph: OnnxGraph, v: Value): Value {
  const samples = graph.node('Gather', [UNET_NAMES.textRows, UNET_NAMES.rows], { axis: 0 });
  const scaled = (name: string, x: Value): Value => {
    const scale = graph.input(name, 'float32', ['batch', 1, 1, 1]);
    return graph.node('Mul', [graph.node('Gather', [scale, samples], { axis: 0 }), x]);
  };
  const sample = graph.node('Gather', [UNET_NAMES.sample, samples], { axis: 0 });
  return graph.node('Add', [scaled(UNET_NAMES.vScale, v), scaled(UNET_NAMES.sampleScale, sample)]);
}
