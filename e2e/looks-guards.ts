import type { Page } from '@playwright/test';

/** What of the screen's geometry a designer would send back, in words; none when it is sound. */
export function geometryFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const words = (element: Element) => `${element.tagName.toLowerCase()} "${(element.textContent ?? '').trim().slice(0, 40)}"`;
    const shown = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 0 && height > 0 && getComputedStyle(element).visibility !== 'hidden';
    };
    const { scrollWidth, scrollHeight } = document.documentElement;
    if (scrollWidth > innerWidth || scrollHeight > innerHeight) faults.push(`the page is ${scrollWidth} x ${scrollHeight}`);

    // Regions of the frame stay inside the window and beside each other.
    const regions = [...document.querySelectorAll('[data-pane]')].filter(shown);
    for (const region of regions) {
      const { left, top, right, bottom } = region.getBoundingClientRect();
      if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1)
        faults.push(`${region.getAttribute('aria-label')} leaves the window`);
    }
    const overlapping = (list: readonly Element[], by: number, what: string) => {
      const boxes = list
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .sort((a, b) => a.box.left - b.box.left);
      for (const [at, one] of boxes.entries()) {
        for (const other of boxes.slice(at + 1)) {
          if (other.box.left >= one.box.right - by) break;
          if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
          if (other.box.top < one.box.bottom - by && one.box.top < other.box.bottom - by)
            faults.push(`${what} overlap: ${words(one.element)} and ${words(other.element)}`);
        }
      }
    };
    overlapping(regions, 1, 'regions');
    overlapping([...document.querySelectorAll('.tn')].filter(shown), 1, 'tables');
    overlapping([...document.querySelectorAll('.canvas-area b')].filter(shown), 2, 'names of areas');

    // What stands in the bars is whole and apart.
    for (const name of ['Document', 'Status', 'Parts of the studio']) {
      const bar = document.querySelector(`[data-pane][aria-label="${name}"]`);
      if (bar === null) continue;
      const items = [...bar.querySelectorAll('button, [role=combobox], [role=status], span')].filter(
        (one) => shown(one) && one.children.length === 0 && (one.textContent ?? '').trim() !== '',
      );
      const controls = [...bar.querySelectorAll('button, [role=combobox]')].filter(shown);
      overlapping(controls, 1, `in ${name}`);
      const edge = bar.getBoundingClientRect();
      for (const one of [...items, ...controls]) {
        const { right, left, bottom } = one.getBoundingClientRect();
        if (right > edge.right + 1 || left < edge.left - 1 || bottom > edge.bottom + 1) faults.push(`${words(one)} leaves ${name}`);
      }
    }

    // Text that does not fit ends in an ellipsis and is said whole in a tooltip, or can be scrolled to.
    for (const text of document.querySelectorAll(
      '.tn .title, .tn .name, .tn .type, .tn .foot, .canvas-area b, button, [role=tab], [role=option] span, h1, h2, h3, [role=treeitem] > span',
    )) {
      if (!shown(text) || text.closest('.monaco-editor, .sr-only') !== null) continue;
      const style = getComputedStyle(text);
      if (text.scrollWidth <= text.clientWidth + 1 || style.overflowX === 'visible' || style.display === 'inline') continue;
      if (style.textOverflow !== 'ellipsis') faults.push(`cut without an ellipsis: ${words(text)}`);
      else if (text.closest('.tn') !== null && text.getAttribute('title') === null)
        faults.push(`cut without a title: ${words(text)}`);
    }

    // Whatever stands in a leaf stands whole in it, unless the leaf scrolls.
    for (const leaf of document.querySelectorAll('[role=dialog], [role=alertdialog]')) {
      const edge = leaf.getBoundingClientRect();
      for (const one of leaf.querySelectorAll('kbd, button, label, h2, h3, p')) {
        if (!shown(one) || one.closest('.monaco-editor, .sr-only, .overflow-auto, .overflow-x-auto') !== null) continue;
        const { left, right } = one.getBoundingClientRect();
        if (left < edge.left - 1 || right > edge.right + 1) faults.push(`${words(one)} stands out of its leaf`);
      }
    }
    for (const button of document.querySelectorAll('button')) {
      if (shown(button) && button.scrollHeight > button.clientHeight + 2) faults.push(`too high for its button: ${words(button)}`);
    }
    // What lies over the canvas and at the edges of the screen stands beside each other.
    const over = [
      '[data-pane=canvas] [data-over]',
      '.diagram-bar > div',
      '[role=toolbar][aria-label="Canvas tools"]',
      '.react-flow__attribution',
      '[data-pane=canvas] nav',
    ];
    const lying = [...document.querySelectorAll(over.join())];
    const messages = [...document.querySelectorAll('[aria-label^=Notifications] li')];
    const dialogs = [...document.querySelectorAll('[data-dialog]')];
    // Under a dialog nothing of the canvas can be reached: then messages keep clear of the dialog.
    overlapping([...lying, ...(dialogs.length === 0 ? messages : [])].filter(shown), 1, 'over the canvas');
    for (const dialog of dialogs) overlapping([dialog, ...messages].filter(shown), 1, 'dialog and messages');

    // Dialogs, menus and other leaves are whole within the window.
    for (const leaf of document.querySelectorAll('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]')) {
      if (!shown(leaf) || leaf.closest('.monaco-editor') !== null) continue;
      const around = leaf.closest('[data-radix-popper-content-wrapper]') ?? leaf;
      const { left, top, right, bottom } = around.getBoundingClientRect();
      const scrolled = leaf.parentElement?.closest('[role=dialog], [data-pane]') ?? null;
      if (scrolled === null && (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1))
        faults.push(`${leaf.getAttribute('role')} "${leaf.getAttribute('aria-label') ?? words(leaf)}" leaves the window`);
    }

    // A button can be reached: what cuts it off can be scrolled.
    for (const button of document.querySelectorAll('button, input, [role=tab], [role=option]')) {
      if (!shown(button) || button.closest('.tn, .sr-only, .monaco-editor, [data-pane=canvas] .react-flow') !== null) continue;
      const box = button.getBoundingClientRect();
      if (box.width <= 1 || box.height <= 1) continue;
      const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
      for (let around: Element | null = button.parentElement; around !== null; around = around.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(around);
        const edge = around === document.body ? new DOMRect(0, 0, innerWidth, innerHeight) : around.getBoundingClientRect();
        const [outX, outY] = [middle.x < edge.left || middle.x > edge.right, middle.y < edge.top || middle.y > edge.bottom];
        if ((outX && /auto|scroll/.test(overflowX)) || (outY && /auto|scroll/.test(overflowY))) break;
        if ((outX && overflowX !== 'visible') || (outY && overflowY !== 'visible')) {
          faults.push(`cut off: ${words(button)} ${button.getAttribute('aria-label') ?? ''}`);
          break;
        }
      }
    }

    // Panes are wide enough to work in.
    const least = { navigator: [180, 100], inspector: [280, 100], dock: [300, 120], canvas: [260, 160] } as const;
    for (const [pane, [width, height]] of Object.entries(least)) {
      const box = document.querySelector(`[data-pane=${pane}]`)?.getBoundingClientRect();
      if (box !== undefined && (box.width < width || box.height < height))
        faults.push(`the ${pane} is only ${Math.round(box.width)} x ${Math.round(box.height)}`);
    }
    return faults;
  });
}

/**
 * Words that cannot be read on what they stand on: less than 4.5 to 1, large ones 3 to 1. Backgrounds are blended as they
 * lie on each other, tints of schemas, areas and lenses among them.
 */
export function contrastFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    if (pen === null) return ['There is no pen to read colours with.'];
    type Colour = readonly [number, number, number, number];
    const read = new Map<string, Colour>();
    const colourOf = (text: string): Colour => {
      const known = read.get(text);
      if (known !== undefined) return known;
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = text;
      pen.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0, a = 0] = pen.getImageData(0, 0, 1, 1).data;
      const colour: Colour = [r, g, b, a / 255];
      read.set(text, colour);
      return colour;
    };
    const over = ([r, g, b, a]: Colour, [x, y, z]: Colour): Colour => [
      r * a + x * (1 - a),
      g * a + y * (1 - a),
      b * a + z * (1 - a),
      1,
    ];
    const grounds = new Map<Element, Colour>();
    const groundOf = (element: Element | null): Colour => {
      if (element === null) return [255, 255, 255, 1];
      const known = grounds.get(element);
      if (known !== undefined) return known;
      const own = colourOf(getComputedStyle(element).backgroundColor);
      const ground = own[3] >= 0.999 ? own : over(own, groundOf(element.parentElement));
      grounds.set(element, ground);
      return ground;
    };
    const light = (colour: Colour) => {
      const [r = 0, g = 0, b = 0] = colour.slice(0, 3).map((part) => {
        const share = part / 255;
        return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const faults = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = (node.textContent ?? '').trim();
      if (element === null || text === '') continue;
      if (element.closest('[disabled], [aria-disabled=true], [data-disabled], .monaco-editor, .sr-only, title, style, script'))
        continue;
      const { width, height, left, top } = element.getBoundingClientRect();
      if (width < 2 || height < 2 || left > innerWidth || top > innerHeight || left + width < 0 || top + height < 0) continue;
      const style = getComputedStyle(element);
      if (style.visibility === 'hidden' || !element.checkVisibility({ opacityProperty: true })) continue;
      // Words of pictures stand on shapes this cannot see: tests of the palettes hold them.
      if (element instanceof SVGElement) continue;
      const ground = groundOf(element);
      const ink = over(colourOf(style.color), ground);
      const [low = 0, high = 0] = [light(ink), light(ground)].sort((a, b) => a - b);
      const size = Number.parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const contrast = (high + 0.05) / (low + 0.05);
      if (contrast < (large ? 3 : 4.5))
        faults.add(`contrast ${contrast.toFixed(2)}: "${text.slice(0, 30)}" in ${element.className}`);
    }
    return [...faults].slice(0, 10);
  });
}
