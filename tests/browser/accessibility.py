"""What axe finds against WCAG 2.2 AA on a page that is open."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from browser.inside import patient

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The contrast of a text follows from its own look and from what those that it stands in paint beneath it or make of it,
# and axe takes long to find them, text by text, where a table has a thousand cells of one look: three texts of each are
# marked to be judged. Whatever may lie over something else (placed, floating, moved, drawn up over its neighbour) is
# judged by itself.
MARK_LOOKS = r"""() => {
  const LOOK = ['color', 'visibility', 'text-shadow', 'font-size', 'font-weight', 'display', 'text-indent',
    '-webkit-text-stroke-width', '-webkit-text-stroke-color', '-webkit-text-fill-color'];
  const CLEAR = {'background-color': 'rgba(0, 0, 0, 0)', 'background-image': 'none'};
  const PLAIN = {...CLEAR, opacity: '1', filter: 'none', 'backdrop-filter': 'none', 'mix-blend-mode': 'normal',
    'clip-path': 'none', overflow: 'visible', 'mask-image': 'none'};
  const ALONE = {position: 'static', float: 'none', transform: 'none', translate: 'none', scale: 'none',
    rotate: 'none'};
  const BEFORE = ['::before', '::after'];
  const MARGINS = ['margin-top', 'margin-right', 'margin-bottom', 'margin-left'];
  const EACH = 3, WORD = /[\p{L}\p{N}].*[\p{L}\p{N}]/su;  // of a sign alone axe is not sure
  const NUMBERS = new Map(), seen = new Map();
  const number = (...parts) => {
    const text = JSON.stringify(parts);
    return NUMBERS.get(text) ?? NUMBERS.set(text, NUMBERS.size).get(text);
  };
  const values = (style, names) => names.map((name) => style.getPropertyValue(name));
  const differs = (style, usual) => Object.entries(usual).some(([name, value]) => style.getPropertyValue(name) !== value);
  const drawn = (node) => BEFORE.map((part) => getComputedStyle(node, part))
    .filter((style) => style.content !== 'none' && style.content !== 'normal')
    .filter((style) => differs(style, CLEAR) || differs(style, ALONE))
    .map((style) => values(style, ['position', 'width', 'height', ...Object.keys(PLAIN)]));
  const walk = (node, above, alone) => {
    const style = getComputedStyle(node), parts = drawn(node);
    alone ||= differs(style, ALONE) || values(style, MARGINS).some((width) => width.startsWith('-'));
    const ground = parts.length || differs(style, PLAIN)
      ? number(above, values(style, ['display', ...Object.keys(PLAIN)]), parts) : above;
    const text = [...node.childNodes].map((child) => child.nodeType === Node.TEXT_NODE ? child.data.trim() : '').join('');
    if (text || node.matches('input, select, textarea, button')) {
      const look = number(ground, node.tagName, values(style, LOOK), WORD.test(text)), before = seen.get(look) ?? 0;
      if (alone || before < EACH) node.dataset.look = look;
      if (!alone) seen.set(look, before + 1);
    }
    for (const child of node.children) walk(child, ground, alone);
  };
  walk(document.documentElement, 0, false);
}"""
# A link in a text differs from it by its style or by the contrast of its colour. The latter takes long to find: first it is
# asked of the style alone, and only where a link fails there it is asked of both.
LINKS = "link-in-text-block"
QUICKER = f"""axe.configure({{rules: [
  {{id: 'color-contrast', selector: '[data-look]'}}, {{id: '{LINKS}', any: ['{LINKS}-style']}},
]}});"""


def barriers(page: Page) -> list[str]:
    """Return what axe finds: by every rule on the whole page, and of contrast on each look that a text has."""
    page.evaluate(MARK_LOOKS)
    found = _violations(page, RULES, QUICKER)
    if any(rule["id"] == LINKS for rule in found):
        found = [rule for rule in found if rule["id"] != LINKS] + _violations(page, [LINKS])
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def _violations(page: Page, rules: list[str], script: str = "") -> list[dict]:
    axe = Axe()
    axe.axe_script += script
    # What is found is the same; told of all that passes, too, it takes half as long again.
    return axe.run(page, options={"runOnly": rules, "resultTypes": ["violations"]}).response["violations"]


def judged(chromium: Browser, file: str) -> list[str]:
    """Return what axe finds on a page as it opens."""
    context = patient(chromium.new_context())
    page = context.new_page()
    page.goto(Path(file).as_uri())
    found = barriers(page)
    context.close()
    return found
