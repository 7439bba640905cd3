"""What axe finds against WCAG 2.2 AA on a page that is open."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from browser.inside import patient

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The contrast of a text follows from its own look and the looks of all that it stands in, and axe takes long to find
# them, text by text, where a table has a thousand cells of one look: three texts of each are marked to be judged. Whatever
# may lie over something else (placed, floating, moved, drawn up over its neighbour) is judged by itself.
MARK_LOOKS = r"""() => {
  const LOOK = ['color', 'background-color', 'background-image', 'opacity', 'visibility', 'filter', 'backdrop-filter',
    'mix-blend-mode', 'text-shadow', 'font-size', 'font-weight', 'display', 'clip-path', 'overflow', 'text-indent',
    '-webkit-text-stroke-width', '-webkit-text-stroke-color', '-webkit-text-fill-color', 'mask-image'];
  const ALONE = {position: 'static', float: 'none', transform: 'none', translate: 'none', scale: 'none',
    rotate: 'none'};
  const BEFORE = ['::before', '::after'];
  const MARGINS = ['margin-top', 'margin-right', 'margin-bottom', 'margin-left'];
  const EACH = 3, WORD = /[\p{L}\p{N}].*[\p{L}\p{N}]/su;  // of a sign alone axe is not sure
  const NUMBERS = new Map(), seen = new Map();
  const number = (text) => NUMBERS.get(text) ?? NUMBERS.set(text, NUMBERS.size).get(text);
  const drawn = (node) => BEFORE.map((part) => getComputedStyle(node, part))
    .filter((style) => style.content !== 'none' && style.content !== 'normal')
    .map((style) => [style.position, style.backgroundColor, style.backgroundImage, style.width, style.height]);
  const walk = (node, above, alone) => {
    const style = getComputedStyle(node);
    alone ||= Object.entries(ALONE).some(([name, usual]) => style.getPropertyValue(name) !== usual)
      || MARGINS.some((name) => style.getPropertyValue(name).startsWith('-'));
    const look = number(JSON.stringify([above, node.tagName, LOOK.map((name) => style.getPropertyValue(name)),
      drawn(node)]));
    const text = [...node.childNodes].map((child) => child.nodeType === Node.TEXT_NODE ? child.data.trim() : '').join('');
    if (text || node.matches('input, select, textarea, button')) {
      const key = `${look} ${WORD.test(text)}`, before = seen.get(key) ?? 0;
      if (alone || before < EACH) node.dataset.look = look;
      if (!alone) seen.set(key, before + 1);
    }
    for (const child of node.children) walk(child, look, alone);
  };
  walk(document.documentElement, 0, false);
}"""
LOOKS_ONLY = "axe.configure({rules: [{id: 'color-contrast', selector: '[data-look]'}]});"


def barriers(page: Page) -> list[str]:
    """Return what axe finds: by every rule on the whole page, and of contrast on each look that a text has."""
    page.evaluate(MARK_LOOKS)
    axe = Axe()
    axe.axe_script += LOOKS_ONLY
    # What is found is the same; told of all that passes, too, it takes half as long again.
    found = axe.run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def judged(chromium: Browser, file: str) -> list[str]:
    """Return what axe finds on a page as it opens."""
    context = patient(chromium.new_context())
    page = context.new_page()
    page.goto(Path(file).as_uri())
    found = barriers(page)
    context.close()
    return found
