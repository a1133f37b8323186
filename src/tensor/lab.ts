/** The white of sRGB (D65) in CIE XYZ. */
const WHITE = [0.95047, 1, 1.08883] as const;
const LINEAR_LIMIT = (6 / 29) ** 3;

/** One 8-bit sRGB level as light, 0..1. */
function toLight(level: number): number {
  const value = level / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function toLevel(light: number): number {
  const value = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, value)));
}

function bend(value: number): number {
  return value > LINEAR_LIMIT ? Math.cbrt(value) : value / (3 * (6 / 29) ** 2) + 4 / 29;
}

function unbend(value: number): number {
  return value > 6 / 29 ? value ** 3 : 3 * (6 / 29) ** 2 * (value - 4 / 29);
}

/**
 * 8-bit sRGB pixels, `channels` bytes each, of which the first three count, to CIE 1976 L*a*b* (D65): L, a, b of every pixel.
 * L is 0..100; a step of 1 is about what an eye can tell.
 */
export function toLab(pixels: ArrayLike<number>, channels: 3 | 4): Float32Array {
  const count = pixels.length / channels;
  const lab = new Float32Array(3 * count);
  for (let i = 0; i < count; i += 1) {
    const r = toLight(pixels[i * channels] ?? 0);
    const g = toLight(pixels[i * channels + 1] ?? 0);
    const b = toLight(pixels[i * channels + 2] ?? 0);
    const x = bend((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WHITE[0]);
    const y = bend((0.2126729 * r + 0.7151522 * g + 0.072175 * b) / WHITE[1]);
    const z = bend((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / WHITE[2]);
    lab.set([116 * y - 16, 500 * (x - y), 200 * (y - z)], 3 * i);
  }
  return lab;
}

/** The inverse of {@link toLab} as RGB bytes, three a pixel; colours that sRGB does not have are clamped. */
export function fromLab(lab: Float32Array): Uint8Array {
  const rgb = new Uint8Array(lab.length);
  for (let i = 0; i < lab.length; i += 3) {
    const y = ((lab[i] ?? 0) + 16) / 116;
    const x = unbend(y + (lab[i + 1] ?? 0) / 500) * WHITE[0];
    const z = unbend(y - (lab[i + 2] ?? 0) / 200) * WHITE[2];
    const light = unbend(y) * WHITE[1];
    rgb[i] = toLevel(3.2404542 * x - 1.5371385 * light - 0.4985314 * z);
    rgb[i + 1] = toLevel(-0.969266 * x + 1.8760108 * light + 0.041556 * z);
    rgb[i + 2] = toLevel(0.0556434 * x - 0.2040259 * light + 1.0572252 * z);
  }
  return rgb;
}
