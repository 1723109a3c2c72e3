/** How well the words of a button can be told from what they stand on. */

type Colour = [number, number, number, number];

/** The contrast of WCAG, 1 to 21, with all that the element, its ancestors and their filters do to the colours. */
export function contrastOf(target: HTMLElement): number {
  const { color, filter, opacity } = getComputedStyle(target);
  const back = groundOf(target);
  const bright = /^brightness\(([\d.]+)\)$/.exec(filter);
  if ((filter !== 'none' && !bright) || opacity !== '1') {
    throw new Error(`Not reckoned with: filter ${filter}, opacity ${opacity}`);
  }
  const by = Number(bright?.[1] ?? 1);
  const [one, other] = [over(read(color), back), back]
    .map((colour) => luminance(colour.map((part) => Math.min(255, part * by)) as Colour))
    .sort((a, b) => b - a) as [number, number];
  return (one + 0.05) / (other + 0.05);
}

function groundOf(target: HTMLElement): Colour {
  const layers: Colour[] = [];
  for (let node: Element | null = target; node; node = above(node)) {
    const layer = read(getComputedStyle(node).backgroundColor);
    layers.push(layer);
    if (layer[3] === 255) break;
  }
  return layers.reduceRight((below, layer) => over(layer, below), [255, 255, 255, 255] as Colour);
}

function above(node: Element): Element | null {
  const root = node.getRootNode();
  return node.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

/** Whatever way it is written. */
function read(colour: string): Colour {
  const context = new OffscreenCanvas(1, 1).getContext('2d')!;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data] as Colour;
}

function over([r, g, b, a]: Colour, below: Colour): Colour {
  const part = a / 255;
  const mix = (top: number, at: number): number => top * part + below[at]! * (1 - part);
  return [mix(r, 0), mix(g, 1), mix(b, 2), 255];
}

function luminance([r, g, b]: Colour): number {
  const [red, green, blue] = [r, g, b].map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
