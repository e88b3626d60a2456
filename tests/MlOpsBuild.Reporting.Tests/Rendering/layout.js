// Nothing is wider than the screen, outside of it, on top of something else, or too small to read.
function layoutProblems(smallest) {
    return [...tooWide(), ...outside(), ...overlapping(), ...tooSmall(smallest), ...badLabels()];
}

// A page may claim a wider screen than there is.
function screenWidth() {
    return Math.min(root.clientWidth, Math.round(visualViewport.width * visualViewport.scale));
}

function tooWide() {
    return root.scrollWidth > screenWidth() ? [`layout: the page is ${root.scrollWidth} px wide on a screen of ${screenWidth()} px`] : [];
}

function outside() {
    return texts().flatMap(({ element, text, rects, name }) => {
        const scroller = [...upwards(element)].findLast(at => at !== root && at !== document.body && /^(auto|scroll)$/.test(getComputedStyle(at).overflowX));
        const boxes = scroller ? [scroller.getBoundingClientRect()] : rects;
        const lost = boxes.find(box => box.left < -1 || box.right > screenWidth() + 1);
        return lost ? [`layout: ${scroller ? path(scroller) : name} is outside of the page, from ${round(lost.left)} to ${round(lost.right)} px of ${screenWidth()} px${scroller ? '' : `: ${quote(text)}`}`] : [];
    });
}

function isBlock(element) {
    const style = getComputedStyle(element);
    return style.float === 'none' && visible(element)
        && (/^(svg|img)$/.test(element.localName) || /^(block|flow-root|list-item|flex|grid|table|inline-(block|flex|grid|table)|table-(row|cell|caption|(row|header|footer)-group))$/.test(style.display));
}

// A block and the text that flows out of it.
function extent(element) {
    const boxes = [];
    const gather = at => {
        const style = getComputedStyle(at);
        if (style.display !== 'inline' || at.localName === 'svg' || at.localName === 'img') {
            boxes.push(at.getBoundingClientRect());
        }
        if (style.overflow !== 'visible' || at.localName === 'svg') {
            return;
        }
        for (const child of at.childNodes) {
            if (child.nodeType === Node.TEXT_NODE) {
                // A line's box is higher than its letters.
                boxes.push(...rects(child).map(({ left, right, top, bottom, height }) => ({ left, right, top: top + (height / 10), bottom: bottom - (height / 10) })));
            } else if (child.nodeType === Node.ELEMENT_NODE && visible(child)) {
                gather(child);
            }
        }
    };
    gather(element);
    return {
        left: Math.min(...boxes.map(box => box.left)), right: Math.max(...boxes.map(box => box.right)),
        top: Math.min(...boxes.map(box => box.top)), bottom: Math.max(...boxes.map(box => box.bottom)),
    };
}

function overlapping() {
    return [document.body, ...document.body.querySelectorAll('*')].filter(element => !drawing(element)).flatMap(parent => {
        const blocks = [...parent.children].filter(isBlock).map(element => ({ element, box: extent(element) })).filter(({ box }) => box.right > box.left && box.bottom > box.top);
        return [...pairs(blocks)].flatMap(([one, other]) => {
            const { x, y } = overlap(one.box, other.box);
            return x > 1 && y > 1 ? [`layout: ${path(one.element)} and ${path(other.element)} overlap by ${round(x)} x ${round(y)} px`] : [];
        });
    });
}

function tooSmall(smallest) {
    // A telephone shrinks a page that does not say it fits.
    const scale = Math.min(1, visualViewport.scale);
    return texts().filter(({ element }) => !drawing(element)).flatMap(({ element, part, text, name }) => {
        const size = parseFloat(getComputedStyle(element, part).fontSize) * scale;
        return size < smallest ? [`layout: ${name} is written in ${round(size)} px, at least ${smallest} px are needed: ${quote(text)}`] : [];
    });
}

// The part of the screen that a drawing's viewBox covers.
function canvas(svg) {
    const box = svg.viewBox.baseVal;
    if (!box || !box.width) {
        return svg.getBoundingClientRect();
    }
    const [from, to] = [[box.x, box.y], [box.x + box.width, box.y + box.height]].map(([x, y]) => new DOMPoint(x, y).matrixTransform(svg.getScreenCTM()));
    return { left: from.x, top: from.y, right: to.x, bottom: to.y };
}

function badLabels() {
    return [...document.querySelectorAll('svg')].filter(svg => drawing(svg) === svg && visible(svg)).flatMap(svg => {
        const frame = canvas(svg);
        const labels = [...svg.querySelectorAll('text')].filter(visible).map(element => ({ element, box: element.getBoundingClientRect() })).filter(({ box }) => box.width > 0);
        const cut = labels.filter(({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
            .map(({ element, box }) => {
                const by = Math.max(frame.left - box.left, box.right - frame.right, frame.top - box.top, box.bottom - frame.bottom);
                return `layout: ${path(element)} is outside of its drawing by ${round(by)} px: ${quote(element.textContent)}`;
            });
        const covered = [...pairs(labels)].flatMap(([one, other]) => {
            const { x, y } = overlap(one.box, other.box);
            return x > 2 && y > 2 ? [`layout: ${path(svg)}: the labels ${quote(one.element.textContent)} and ${quote(other.element.textContent)} overlap by ${round(x)} x ${round(y)} px`] : [];
        });
        return [...cut, ...covered];
    });
}
