/** How a socket type looks: never colour alone. */
export interface SocketStyle {
  readonly color: string;
  /** `grid` stands for values with one slice a pass. */
  readonly shape: 'circle' | 'square' | 'diamond' | 'triangle' | 'hexagon' | 'grid';
}

/** ComfyUI's colours for its types, new hues for ours; a shape for each family. */
const styles: Readonly<Record<string, SocketStyle>> = {
  MODEL: { color: '#B39DDB', shape: 'hexagon' },
  CLIP: { color: '#FFD500', shape: 'hexagon' },
  VAE: { color: '#FF6E6E', shape: 'hexagon' },
  CONDITIONING: { color: '#FFA931', shape: 'triangle' },
  LATENT: { color: '#FF9CF9', shape: 'square' },
  IMAGE: { color: '#64B5F6', shape: 'circle' },
  MASK: { color: '#81C784', shape: 'circle' },
  CLUSTERS: { color: '#4DB6AC', shape: 'triangle' },
  PARTS: { color: '#A1887F', shape: 'triangle' },
  NOISE_PRED: { color: '#4DD0C4', shape: 'square' },
  INVERSION: { color: '#D7B98E', shape: 'grid' },
  REFERENCE: { color: '#9CCC65', shape: 'grid' },
  SCHEDULE: { color: '#F48FB1', shape: 'grid' },
  STEP: { color: '#90A4F4', shape: 'diamond' },
  INT: { color: '#A0B4C8', shape: 'diamond' },
  FLOAT: { color: '#A0B4C8', shape: 'diamond' },
  STRING: { color: '#C8B48C', shape: 'diamond' },
  BOOLEAN: { color: '#B4A0C8', shape: 'diamond' },
  COMBO: { color: '#A9A9A9', shape: 'diamond' },
};

const unknown: SocketStyle = { color: '#9E9E9E', shape: 'circle' };
const darkened = new Map<string, string>();

/** The look of a socket type; darker on a light canvas, where the dark theme's hues would wash out. */
export function socketStyle(type: string, isLight: boolean): SocketStyle {
  const style = styles[type] ?? unknown;
  return isLight ? { ...style, color: darken(style.color) } : style;
}

function darken(color: string): string {
  const known = darkened.get(color);
  if (known !== undefined) return known;
  const value = Number.parseInt(color.slice(1), 16);
  const part = (shift: number): number => Math.round(((value >> shift) & 255) * 0.68);
  const result = `rgb(${String(part(16))} ${String(part(8))} ${String(part(0))})`;
  darkened.set(color, result);
  return result;
}

/** Adds a socket's outline to the current path, centred on `x`, `y`. */
export function traceSocket(
  context: CanvasRenderingContext2D,
  shape: SocketStyle['shape'],
  x: number,
  y: number,
  radius: number,
): void {
  switch (shape) {
    case 'circle':
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, Math.PI * 2);
      return;
    case 'square':
      context.roundRect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8, 1.5);
      return;
    case 'diamond':
      polygon(context, x, y, radius * 1.15, 4, 0);
      return;
    case 'triangle':
      polygon(context, x - radius * 0.1, y, radius * 1.2, 3, 0);
      return;
    case 'hexagon':
      polygon(context, x, y, radius * 1.08, 6, Math.PI / 6);
      return;
    case 'grid':
      for (const dx of [-1, 1]) {
        for (const dy of [-1, 1]) {
          const half = radius * 0.42;
          context.rect(
            x + dx * radius * 0.53 - half,
            y + dy * radius * 0.53 - half,
            half * 2,
            half * 2,
          );
        }
      }
      return;
  }
}

function polygon(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  corners: number,
  turn: number,
): void {
  for (let i = 0; i <= corners; i++) {
    const angle = turn + (i / corners) * Math.PI * 2;
    const [px, py] = [x + Math.cos(angle) * radius, y + Math.sin(angle) * radius];
    if (i === 0) context.moveTo(px, py);
    else context.lineTo(px, py);
  }
}
