import { adainLatent } from '../../../src/diffusion/adain-latent.js';
import { cpuOps } from '../../../src/diffusion/cpu-ops.js';
import type { Latent } from '../../../src/diffusion/sockets.js';
import { cpuTensor } from '../../../src/tensor/tensor.js';
import { openGolden } from './golden-file.js';
import { bareFormat } from './latent-format.js';
import { relativeRow, type Row } from './row.js';

interface Case {
  readonly case: number;
  readonly kind: string;
  readonly content_count: number | null;
  readonly style_count: number | null;
  readonly nan_fraction: number;
}

/** `adain`: statistics transfer, plain and masked; where the reference gives NaN, our fallback must equal the plain one. */
export async function adainRows(directory: string): Promise<readonly Row[] | undefined> {
  const golden = await openGolden<{ readonly cases: readonly Case[] }>(directory, 'adain');
  if (!golden) return undefined;
  const rows: Row[] = [];
  for (const one of golden.meta.cases) {
    const at = (part: string): string => `${String(one.case)}/${part}`;
    const shape = [1, ...golden.shape(at('content'))];
    const latentOf = (part: string): Latent => {
      const samples = cpuTensor(golden.f32(at(part)), shape);
      return { samples, key: at(part), format: bareFormat(shape[1] ?? 1) };
    };
    const maskOf = (part: string) => {
      const side = golden.shape(at(part));
      return cpuTensor(Float32Array.from(golden.u8(at(part))), [1, 1, ...side]);
    };
    const masks = golden.has(at('content_mask'))
      ? { content: maskOf('content_mask'), style: maskOf('style_mask') }
      : undefined;
    const [content, style] = [latentOf('content'), latentOf('style')];
    const warnings: string[] = [];
    const result = await adainLatent(cpuOps, content, style, masks, (text) => warnings.push(text));
    const isDegenerate = one.nan_fraction > 0;
    const expected = isDegenerate
      ? await cpuOps.adain(content.samples, style.samples).read()
      : golden.f32(at('out'));
    const counts = masks
      ? ` ${String(one.content_count)} and ${String(one.style_count)} pixels`
      : '';
    const name = `${String(one.case)}: ${one.kind}${counts}${isDegenerate ? ', fallback' : ''}`;
    const row = relativeRow(name, await result.samples.read(), expected, 2e-5);
    rows.push({ ...row, passed: row.passed && warnings.length === (isDegenerate ? 1 : 0) });
  }
  return rows;
}
