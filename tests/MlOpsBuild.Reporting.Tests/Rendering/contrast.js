// Contrast as WCAG 2.1 defines it, of what is really painted: transparency, opacity and gradients included.
// Colours are [red, green, blue, alpha], 0 to 255 and 0 to 1.
function colour(text) {
    const plain = /^rgba?\(([^)]*)\)$/.exec(text);
    if (plain) {
        const [red, green, blue, alpha = 1] = plain[1].split(/[\s,/]+/).map(Number);
        return [red, green, blue, alpha];
    }
    const pixel = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
    pixel.fillStyle = text;
    pixel.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
}

function luminance(paint) {
    const [red, green, blue] = paint.slice(0, 3).map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return (0.2126 * red) + (0.7152 * green) + (0.0722 * blue);
}

function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
}

const clear = [0, 0, 0, 0];
const fade = ([red, green, blue, alpha], by) => [red, green, blue, alpha * by];
const show = paint => `rgb(${paint.slice(0, 3).map(Math.round).join(' ')})`;

function over(top, bottom) {
    const alpha = top[3] + (bottom[3] * (1 - top[3]));
    return alpha === 0 ? clear : [...[0, 1, 2].map(part => ((top[part] * top[3]) + (bottom[part] * bottom[3] * (1 - top[3]))) / alpha), alpha];
}

// What the browser paints where no element does.
function paper() {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.backgroundColor = 'Canvas';
    const found = colour(getComputedStyle(probe).backgroundColor);
    probe.remove();
    return found;
}

// One colour, or the stops of a gradient, any of which may be behind the text; null for a picture.
function backgrounds(style) {
    const plain = colour(style.backgroundColor);
    if (style.backgroundImage === 'none') {
        return [plain];
    }
    const stops = style.backgroundImage.match(/(rgba?|color|oklch|oklab|lab|lch|hsla?)\([^()]*\)/g);
    return style.backgroundImage.includes('url(') || !stops ? null : stops.map(stop => over(colour(stop), plain));
}

// The worst contrast a paint has on an element, and the two colours as they arrive on the screen.
function painted(element, paint, under = clear) {
    let candidates = [{ front: over(paint, under), back: under }];
    for (const at of upwards(element)) {
        const style = getComputedStyle(at);
        const found = backgrounds(style);
        if (!found) {
            return null;
        }
        candidates = candidates.flatMap(({ front, back }) => found.map(ground => ({ front: fade(over(front, ground), Number(style.opacity)), back: fade(over(back, ground), Number(style.opacity)) })));
    }
    const ground = paper();
    return candidates.map(({ front, back }) => [over(front, ground), over(back, ground)])
        .map(([front, back]) => ({ ratio: contrast(front, back), front, back })).reduce((worst, next) => next.ratio < worst.ratio ? next : worst);
}

function opacityWithin(element, svg) {
    return [...upwards(element)].filter(at => at !== svg && svg.contains(at)).reduce((product, at) => product * Number(getComputedStyle(at).opacity), 1);
}

// A shape's fill or stroke, or null if there is none; undefined for a paint that is no colour.
function paintOf(element, kind, svg) {
    const style = getComputedStyle(element);
    if (style[kind] === 'none' || (kind === 'stroke' && parseFloat(style.strokeWidth) === 0)) {
        return null;
    }
    return style[kind].includes('url(') ? undefined : fade(colour(style[kind]), Number(style[`${kind}Opacity`]) * opacityWithin(element, svg));
}

const shapes = 'rect, path, polygon, polyline, circle, ellipse, line';

// What the shapes drawn before a label paint at a point of the screen.
function beneath(label, svg, point) {
    return [...svg.querySelectorAll(shapes)].filter(shape => !shape.closest('defs, clipPath, mask, symbol') && visible(shape) && label.compareDocumentPosition(shape) & Node.DOCUMENT_POSITION_PRECEDING)
        .filter(shape => shape.isPointInFill(new DOMPoint(...point).matrixTransform(shape.getScreenCTM().inverse())))
        .reduce((ground, shape) => over(paintOf(shape, 'fill', svg) ?? clear, ground), clear);
}

function measured(element, part, rectangles) {
    const svg = element.closest('foreignObject') ? null : drawing(element);
    if (!svg) {
        const style = getComputedStyle(element, part);
        return painted(element, colour(style.color), part ? colour(style.backgroundColor) : clear);
    }
    const paint = paintOf(element, 'fill', svg);
    const places = rectangles.flatMap(box => [0.1, 0.5, 0.9].map(share => [box.left + (box.width * share), box.top + (box.height / 2)]));
    const found = paint ? places.map(place => painted(svg, paint, beneath(element, svg, place))) : [null];
    return found.includes(null) ? null : found.reduce((worst, next) => next.ratio < worst.ratio ? next : worst);
}

function textContrastProblems() {
    return texts().flatMap(({ element, part, text, rects, name }) => {
        const style = getComputedStyle(element, part);
        const svg = drawing(element);
        const size = parseFloat(style.fontSize) * (svg ? Math.abs(svg.getScreenCTM().a) : 1);
        const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
        if (svg && rects.length === 0) {
            return [];
        }
        const found = measured(element, part, rects);
        return !found ? [`contrast: ${name} is painted with or on a picture, so its contrast is unknown: ${quote(text)}`]
            : found.ratio < needed ? [`contrast: ${name} has ${round(found.ratio)} of ${needed}, ${show(found.front)} on ${show(found.back)}: ${quote(text)}`]
            : [];
    });
}

function lineContrastProblems() {
    return [...document.querySelectorAll('svg')].filter(svg => drawing(svg) === svg && visible(svg)).flatMap(svg =>
        [...svg.querySelectorAll(shapes)].filter(shape => visible(shape) && shape.closest('svg [class]') && !shape.closest('svg .grid, svg .band, svg .area, defs, clipPath, mask, symbol')).flatMap(shape => {
            const paints = [paintOf(shape, 'stroke', svg), shape.localName === 'line' ? null : paintOf(shape, 'fill', svg)].filter(paint => paint !== null);
            if (paints.length === 0) {
                return [];
            }
            const found = paints.map(paint => paint && painted(svg, paint));
            if (found.some(one => !one)) {
                return [`contrast: ${path(shape)} is painted with or on a picture, so its contrast is unknown`];
            }
            const best = found.reduce((one, other) => one.ratio >= other.ratio ? one : other);
            return best.ratio < 3 ? [`contrast: ${path(shape)} has ${round(best.ratio)} of 3, ${show(best.front)} on ${show(best.back)}`] : [];
        }));
}
