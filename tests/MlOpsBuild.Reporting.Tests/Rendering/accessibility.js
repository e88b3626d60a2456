// What those need who do not see the page.
function accessibilityProblems() {
    const problems = [];
    if (!/^[a-z]{2,3}(-|$)/i.test(root.lang)) {
        problems.push(`accessibility: html has the lang ${quote(root.lang)}`);
    }
    let level = 0;
    for (const heading of [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(visible)) {
        const next = Number(heading.localName[1]);
        if (next > level + 1) {
            problems.push(`accessibility: ${path(heading)} follows ${level ? `h${level}` : 'no heading'}: ${quote(heading.textContent)}`);
        }
        level = next;
    }
    for (const table of document.querySelectorAll('table')) {
        if (!table.rows[0]?.querySelector('th') && !table.querySelector('th[scope]')) {
            problems.push(`accessibility: ${path(table)} has no header cells: ${quote(table.textContent)}`);
        }
    }
    for (const svg of [...document.querySelectorAll('svg')].filter(element => drawing(element) === element)) {
        if (svg.getAttribute('role') !== 'img') {
            problems.push(`accessibility: ${path(svg)} has not the role img`);
        }
        if (!svg.getAttribute('aria-label')?.trim() && !svg.querySelector(':scope > title')?.textContent.trim()) {
            problems.push(`accessibility: ${path(svg)} has neither aria-label nor title`);
        }
    }
    return problems;
}
