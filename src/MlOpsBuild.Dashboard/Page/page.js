'use strict';
const find = id => document.getElementById(id);
const shown = new Map();
let token = decodeURIComponent(location.hash.slice(1)) || sessionStorage.getItem('token') || '';
let asked = null;

// The token goes from the address into this tab's memory: it stands in no history and no bookmark.
if (location.hash.length > 1) {
  sessionStorage.setItem('token', token);
  history.replaceState(null, '', location.pathname);
}

// Elements from values: no value ever becomes markup. Pictures are the server's own and escaped there.
function make(name, props, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(props || {})) {
    if (key === 'class') element.className = value;
    else if (key === 'svg') element.innerHTML = value;
    else if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== ''));
  return element;
}

function table(caption, heads, rows) {
  return make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    make('table', {},
      make('thead', {}, make('tr', {}, heads.map(head => make('th', { scope: 'col' }, head)))),
      make('tbody', {}, rows.map(cells => make('tr', {}, cells.map(cell => cell instanceof Node ? cell : make('td', {}, cell)))))));
}

function picture(svg, caption) {
  return svg ? make('figure', {}, make('figcaption', {}, caption), make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption, svg })) : null;
}

function word(verdict, judged = true) {
  return make('span', { class: `verdict-word ${verdict}` }, judged ? verdict : `(${verdict})`);
}

function banner(place) {
  const watch = place.watch && place.watch.verdict === 'Failed' && place.watch.version === place.champion ? place.watch : null;
  if (!watch && !place.problem) return null;
  const failed = watch ? watch.aspects.filter(aspect => aspect.judged && aspect.verdict === 'Failed') : [];
  return make('div', { class: 'banner' },
    make('p', {},
      make('strong', {}, watch ? `v${watch.version} got worse${watch.since ? ` since ${watch.since}` : ''}` : 'What should serve does not'), ': ',
      place.problem || failed.map(aspect => `${aspect.name}: ${aspect.evidence}`).join('; ')),
    rollback(place));
}

function rollback(place) {
  return place.before && place.champion
    ? make('button', { class: 'danger', onclick: () => ask('Rollback', place, place.before) }, `Roll back to v${place.before}`)
    : null;
}

function servers(place) {
  return make('div', {},
    make('h3', {}, 'What serves'),
    make('p', { class: 'soft' }, place.address ? `at ${place.address}` : 'nothing answers here'),
    make('ul', { class: 'servers' }, place.servers.map(server => {
      const bar = make('span', {});
      bar.style.width = `${server.percent}%`;
      return make('li', {},
        make('b', {}, `v${server.version}`), ` ${server.role}, `,
        make('span', { class: server.state.startsWith('dead') ? 'bad' : '' }, `${server.state}, ${server.percent} % of requests`),
        make('div', { class: 'bar', 'aria-hidden': 'true' }, bar));
    })),
    banner(place) ? null : rollback(place));
}

function canary(place) {
  const live = place.canary;
  return live ? make('div', { class: 'canary' },
    make('h3', {}, `Canary: v${live.version} at ${live.percent} %`),
    make('dl', {},
      make('dt', {}, 'requests'), make('dd', {}, live.requests),
      make('dt', {}, 'loss'), make('dd', {}, live.losses),
      make('dt', {}, 'time left'), make('dd', {}, live.left || 'not known yet'),
      make('dt', {}, 'its judge'), make('dd', {}, live.reason)),
    picture(live.chart, 'Evidence for and against it')) : null;
}

function experiment(place) {
  const test = place.experiment;
  return test ? make('div', { class: 'experiment' },
    make('h3', {}, `A/B test: v${test.version} against v${test.from} `, test.open ? word(test.verdict) : make('small', {}, 'ended')),
    test.arms.length ? table(`Arms of the A/B test of ${place.pipeline}`, test.headers, test.arms) : null,
    make('ul', {}, test.lines.map(line => make('li', {}, line)))) : null;
}

function watch(place) {
  const found = place.watch;
  if (!found) return make('div', {}, make('h3', {}, 'Monitor'), make('p', { class: 'soft' }, 'It never looked: ./build.sh Monitor'));
  return make('div', {},
    make('h3', {}, 'Monitor: ', word(found.verdict), ` for v${found.version}`),
    make('p', { class: 'soft' }, found.summary),
    table(`What Monitor looked at in ${place.pipeline}`, ['looked at', 'verdict', 'since', 'evidence'], found.aspects.map(aspect =>
      [aspect.name, make('td', {}, word(aspect.verdict, aspect.judged)), aspect.since || '', aspect.evidence])),
    found.slices.length ? make('div', {}, make('h3', {}, 'Whose loss rose'), make('ul', {}, found.slices.map(slice => make('li', {}, slice)))) : null,
    picture(found.drift, 'Drift by column'));
}

function versions(place) {
  return make('div', {},
    make('h3', {}, 'Versions'),
    table(`Versions of ${place.pipeline}`, ['version', 'state', 'hold-out', 'made', 'from', ''], place.versions.map(version => [
      make('th', { scope: 'row' }, `v${version.number}`),
      [version.state + (version.simulated ? ' (simulated data)' : ''), version.approval].filter(text => text).join('; '), version.metrics, version.at, version.origin,
      make('td', { class: 'do' },
        version.number === place.champion || !place.needsApproval ? null
          : make('button', { class: 'small quiet', onclick: () => ask('Approve', place, version.number), 'aria-label': `Approve v${version.number} of ${place.pipeline}` }, 'Approve'),
        version.number === place.champion ? null
          : make('button', { class: 'small quiet', onclick: () => ask('Deploy', place, version.number), 'aria-label': `Deploy v${version.number} of ${place.pipeline}` }, 'Deploy'),
        make('button', { class: 'small quiet', onclick: () => tell('Card', place, version.number), 'aria-label': `Card of v${version.number} of ${place.pipeline}` }, 'Card'),
        make('button', { class: 'small quiet', onclick: () => tell('Lineage', place, version.number), 'aria-label': `Lineage of v${version.number} of ${place.pipeline}` }, 'Lineage')),
    ])));
}

function policy(place) {
  return place.policy.length ? make('details', {},
    make('summary', {}, 'Who may change what serves here, and when'), make('ul', {}, place.policy.map(line => make('li', {}, line)))) : null;
}

function history_(place) {
  return place.history.length ? make('details', {},
    make('summary', {}, `History (${place.history.length})`),
    table(`History of ${place.pipeline}`, ['when (UTC)', 'what', 'who', 'why'], place.history.map(move => [move.at, move.what, move.actor, move.reason]))) : null;
}

function view(place) {
  return make('section', { class: 'place', 'aria-label': `${place.pipeline} on ${place.environment}` },
    make('h2', {}, `${place.pipeline} `, make('small', {}, `on ${place.environment}`)),
    banner(place),
    make('div', { class: 'columns' }, make('div', {}, servers(place), canary(place), experiment(place), picture(place.quality, 'Quality of the versions')), watch(place)),
    versions(place), policy(place), history_(place));
}

// What did not change is left as it is: focus, scrolling and open parts stay where they are.
function show(state) {
  const places = find('places');
  const keys = state.places.map(place => `${place.pipeline}/${place.environment}`);
  [...places.children].filter(child => !keys.includes(child.dataset.key)).forEach(child => { shown.delete(child.dataset.key); child.remove(); });
  state.places.forEach((place, index) => {
    const [key, text] = [keys[index], JSON.stringify(place)];
    if (shown.get(key) === text) return;
    const old = [...places.children].find(child => child.dataset.key === key);
    const fresh = view(place);
    fresh.dataset.key = key;
    if (old) {
      const open = [...old.querySelectorAll('details')].map(details => details.open);
      [...fresh.querySelectorAll('details')].forEach((details, at) => { details.open = !!open[at]; });
      const [buttons, at] = [[...old.querySelectorAll('button')], document.activeElement];
      const focused = buttons.indexOf(at);
      old.replaceWith(fresh);
      if (focused >= 0) (fresh.querySelectorAll('button')[focused] || fresh).focus();
    } else {
      places.append(fresh);
    }
    shown.set(key, text);
  });
  if (!state.places.length) places.replaceChildren(make('p', {}, 'Nothing has been deployed yet: ./build.sh Train Deploy'));
  entries('alerts', state.alerts);
  entries('audit', state.audit);
}

function entries(id, list) {
  const text = JSON.stringify(list);
  if (shown.get(id) === text) return;
  shown.set(id, text);
  find(id).hidden = !list.length;
  find(id).querySelector('.scroll').replaceWith(table(id === 'alerts' ? 'Alerts' : 'Audit log', ['when (UTC)', 'what', 'where', 'who', 'why'],
    list.map(entry => [entry.at, entry.action, entry.subject, entry.actor, entry.reason])));
}

async function call(path, options = {}) {
  return fetch(path, { ...options, headers: { Authorization: `Bearer ${token}`, ...(options.headers || {}) } });
}

function ask(kind, place, version) {
  const [head, text, go] = {
    Rollback: [`Roll back ${place.pipeline} to v${version}`, `v${version} serves on ${place.environment} again at once; v${place.champion} gets no requests any more.`, 'Roll back'],
    Deploy: [`Deploy v${version} of ${place.pipeline}`, `It takes over on ${place.environment} by canary, and only when it is no worse than v${place.champion}.`, 'Deploy'],
    Approve: [`Approve v${version} of ${place.pipeline}`, `You agree that it is deployed on ${place.environment}. The policy says whose agreement counts, and how long.`, 'Approve'],
  }[kind];
  asked = { kind, pipeline: place.pipeline, environment: place.environment, version: kind === 'Rollback' ? null : version };
  find('act-head').textContent = head;
  find('act-text').textContent = text;
  find('act-go').textContent = go;
  find('act-go').className = kind === 'Rollback' ? 'danger' : '';
  find('act-go').hidden = false;
  find('act-go').disabled = false;
  find('act-problem').textContent = '';
  find('act-lines').hidden = true;
  find('reason').value = '';
  find('act').showModal();
  find('reason').focus();
}

async function act(event) {
  event.preventDefault();
  const go = find('act-go');
  go.disabled = true;
  find('act-problem').textContent = 'on its way …';
  try {
    const answer = await call('/act', {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...asked, reason: find('reason').value }),
    });
    const said = await answer.json();
    find('act-problem').textContent = !answer.ok ? said.error : said.exitCode === 0 ? 'Done.' : `The build ended with ${said.exitCode}.`;
    if (answer.ok) {
      find('act-lines').textContent = said.lines.join('\n');
      find('act-lines').hidden = false;
      go.hidden = said.exitCode === 0;
    }
  } catch (problem) {
    find('act-problem').textContent = `Nobody answered: ${problem.message}`;
  }
  go.disabled = false;
}

async function tell(topic, place, version) {
  const answer = await call(`/tell?topic=${topic}&pipeline=${encodeURIComponent(place.pipeline)}&version=${version}`);
  find('tell-head').textContent = `${topic} of v${version} of ${place.pipeline}`;
  find('tell-text').textContent = answer.ok ? await answer.text() : (await answer.json()).error;
  find('tell').showModal();
}

// Events come over a request with the token in its header, which EventSource cannot send.
async function watchState() {
  for (;;) {
    try {
      const answer = await call('/state');
      if (answer.status === 401) {
        find('door').hidden = false;
        find('live').textContent = 'the token is needed';
        return;
      }
      find('door').hidden = true;
      find('live').textContent = 'live';
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        text += value;
        const events = text.split('\n\n');
        text = events.pop();
        events.filter(event => event.startsWith('data: ')).forEach(event => show(JSON.parse(event.slice(6))));
      }
    } catch (problem) {
      console.info(problem.message);
    }
    find('live').textContent = 'not connected; trying again …';
    await new Promise(resolve => setTimeout(resolve, 2000));
  }
}

find('door').addEventListener('submit', event => {
  event.preventDefault();
  token = find('token').value;
  sessionStorage.setItem('token', token);
  watchState();
});
find('act').querySelector('form').addEventListener('submit', act);
find('act-cancel').addEventListener('click', () => find('act').close());
find('tell-close').addEventListener('click', () => find('tell').close());
watchState();
