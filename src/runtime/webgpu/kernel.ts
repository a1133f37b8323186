/** One compute shader with entry point `main`: a uniform block at binding 0, then its inputs, then its outputs. */
export interface Kernel {
  readonly name: string;
  /** How many read-only buffers follow the uniform block. */
  readonly inputs: number;
  /** How many buffers it writes. */
  readonly outputs: number;
  readonly code: string;
}

/** The scalars of one dispatch in the order of the shader's `Params`: integers first, then floats; 16 at most. */
export interface KernelParams {
  readonly integers?: readonly number[];
  readonly floats?: readonly number[];
}

/** A range of a buffer that a kernel sees from its beginning. */
export interface BufferView {
  readonly buffer: GPUBuffer;
  readonly byteLength: number;
}

/** Bytes of the uniform block of one dispatch. */
export const PARAMS_BYTES = 64;

/** WGSL of the declarations every kernel begins with; `fields` lists the scalars of its `Params`. */
export function declarations(
  fields: string,
  inputs: readonly string[],
  outputs: readonly string[],
): string {
  const lines = [
    `struct Params { ${fields} }`,
    '@group(0) @binding(0) var<uniform> p: Params;',
    ...inputs.map(
      (declaration, i) => `@group(0) @binding(${String(i + 1)}) var<storage, read> ${declaration};`,
    ),
    ...outputs.map(
      (declaration, i) =>
        `@group(0) @binding(${String(inputs.length + i + 1)}) var<storage, read_write> ${declaration};`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
