/** What part of a picture is seen: `scale` 1 shows all of it, `x` and `y` move it by pixels of the page. */
export interface ZoomView {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** All of the picture. */
export const wholeView: ZoomView = { scale: 1, x: 0, y: 0 };

const largest = 32;

/** Larger or smaller by a factor, about a point given from the middle of the stage. */
export function zoomAbout(view: ZoomView, factor: number, x = 0, y = 0): ZoomView {
  const scale = Math.max(1, Math.min(largest, view.scale * factor));
  if (scale === 1) return wholeView;
  const change = scale / view.scale;
  return { scale, x: x - (x - view.x) * change, y: y - (y - view.y) * change };
}

/** Moved by pixels of the page; what fits whole stays where it is. */
export function panBy(view: ZoomView, dx: number, dy: number): ZoomView {
  return view.scale === 1 ? view : { ...view, x: view.x + dx, y: view.y + dy };
}

/** The view after a key: arrows move, plus and minus zoom, 0 shows all. Undefined for other keys. */
export function viewAfterKey(view: ZoomView, key: string): ZoomView | undefined {
  switch (key) {
    case '+':
    case '=':
      return zoomAbout(view, 1.25);
    case '-':
      return zoomAbout(view, 0.8);
    case '0':
      return wholeView;
    case 'ArrowLeft':
      return panBy(view, 48, 0);
    case 'ArrowRight':
      return panBy(view, -48, 0);
    case 'ArrowUp':
      return panBy(view, 0, 48);
    case 'ArrowDown':
      return panBy(view, 0, -48);
    default:
      return undefined;
  }
}

/** Lets pointers and the wheel change the view of a stage until the signal is aborted: drag, wheel, pinch. */
export function listenForZoom(
  stage: HTMLElement,
  change: (edit: (view: ZoomView) => ZoomView) => void,
  signal: AbortSignal,
): void {
  const pointers = new Map<number, readonly [number, number]>();
  const fromMiddle = (x: number, y: number): readonly [number, number] => {
    const { left, top, width, height } = stage.getBoundingClientRect();
    return [x - left - width / 2, y - top - height / 2];
  };
  stage.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const at = fromMiddle(event.clientX, event.clientY);
      change((view) => zoomAbout(view, Math.exp(-event.deltaY / 400), ...at));
    },
    { signal, passive: false },
  );
  stage.addEventListener(
    'pointerdown',
    (event) => {
      stage.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, [event.clientX, event.clientY]);
    },
    { signal },
  );
  stage.addEventListener(
    'pointermove',
    (event) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const now = [event.clientX, event.clientY] as const;
      const [other] = [...pointers].flatMap(([id, at]) => (id === event.pointerId ? [] : [at]));
      pointers.set(event.pointerId, now);
      if (other) {
        const spread = ([x, y]: readonly [number, number]): number =>
          Math.max(1, Math.hypot(x - other[0], y - other[1]));
        const middle = fromMiddle((now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
        change((view) => zoomAbout(view, spread(now) / spread(before), ...middle));
      } else change((view) => panBy(view, now[0] - before[0], now[1] - before[1]));
    },
    { signal },
  );
  for (const name of ['pointerup', 'pointercancel'] as const) {
    stage.addEventListener(name, (event) => pointers.delete(event.pointerId), { signal });
  }
}
