// What the checks share: which texts are visible, where they are, and how a person finds them.
const root = document.documentElement;
const round = value => Math.round(value * 100) / 100;
const quote = text => `"${text.replace(/\s+/g, ' ').trim().slice(0, 40)}"`;

function path(element) {
    const steps = [];
    for (let at = element; at && at !== root && at !== document.body; at = at.parentElement) {
        const twins = [...at.parentElement.children].filter(other => other.localName === at.localName);
        const name = at.localName + [...at.classList].map(style => `.${style}`).join('');
        steps.unshift(twins.length > 1 ? `${name}:nth-of-type(${twins.indexOf(at) + 1})` : name);
    }
    return steps.join(' > ') || element.localName;
}

function* upwards(element) {
    for (let at = element; at; at = at.parentElement) {
        yield at;
    }
}

// Texts for screen readers only are cut to one pixel by an ancestor.
function visible(element) {
    return element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })
        && ![...upwards(element)].some(at => {
            const box = at.getBoundingClientRect();
            return box.width <= 1 && box.height <= 1 && getComputedStyle(at).overflow !== 'visible';
        });
}

function rects(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter(box => box.width > 0 && box.height > 0);
}

// Every visible text: text nodes, and what the style sheet writes before and after elements.
function texts() {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        if (node.data.trim() && visible(node.parentElement)) {
            found.push({ element: node.parentElement, part: null, text: node.data, rects: rects(node), name: path(node.parentElement) });
        }
    }
    for (const element of document.body.querySelectorAll('*')) {
        for (const part of ['::before', '::after']) {
            const style = getComputedStyle(element, part);
            const written = /^"(.*)"/.exec(style.content);
            if (written?.[1].trim() && style.display !== 'none' && visible(element)) {
                found.push({ element, part, text: written[1], rects: [], name: path(element) + part });
            }
        }
    }
    return found;
}

// The outermost drawing an element is part of, or null.
function drawing(element) {
    return [...upwards(element)].findLast(at => at.localName === 'svg') ?? null;
}

function overlap(one, other) {
    return {
        x: Math.min(one.right, other.right) - Math.max(one.left, other.left),
        y: Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top),
    };
}

function* pairs(list) {
    for (let first = 0; first < list.length; first++) {
        for (let second = first + 1; second < list.length; second++) {
            yield [list[first], list[second]];
        }
    }
}
