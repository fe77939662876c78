"""Alternatives that hang on one and the same condition are not mixed."""

from __future__ import annotations

import pytest
from frontend_project import calls_in, marked

CASES = {
    "too many bases leave the path": """
const BASES = { a: '/a', b: '/b', c: '/c', d: '/d', e: '/e', f: '/f', g: '/g', h: '/h' };
export const read = (kind, draft, id) =>
  fetch(`${BASES[kind]}/posts/${draft ? 'new' : 'old'}/${id}`); // > GET /posts/new/{}, GET /posts/old/{}
""",
    "a flag that another function changes": """
let ready = false;
export const begin = () => { ready = true; };
export const read = () => ready ? fetch('/posts') : fetch('/drafts'); // > GET /posts, GET /drafts
""",
    "an entry of an object that is handed on": """
import extend from 'extend';
const session = { loaded: false };
const update = (found) => { extend(session, found); };
const auth = { known: () => session.loaded && session.user.id, update };
export const read = () => auth.known() ? fetch('/posts') : fetch('/public/posts'); // > GET /posts, GET /public/posts
""",
    "a field that a method changes": """
export class Store {
  ready = false;
  begin() { this.ready = true; }
  read() { return this.ready ? fetch('/posts') : fetch('/drafts'); } // > GET /posts, GET /drafts
}
""",
    "a flag that nobody changes": """
const MOCKED = false;
export const read = () => MOCKED ? fetch('/mock') : fetch('/posts'); // > GET /posts
""",
    "a method of a text that may be missing": """
const named = (id) => (id || '').replace(/\\//g, ':');
export const read = (id) => fetch(`/posts/${named(id)}`); // > GET /posts/{}
export const list = (kind) => fetch(`/${(kind ?? 'all').trim()}/posts`); // > GET /all/posts
""",
    "two choices by one test": """
export const save = (draft, id) => {
  const kind = draft ? 'drafts' : 'posts';
  const action = draft ? 'keep' : 'publish';
  return fetch(`/${kind}/${id}/${action}`); // > GET /drafts/{}/keep, GET /posts/{}/publish
};
""",
    "two choices by two tests": """
export const save = (draft, quick) => {
  const kind = draft ? 'drafts' : 'posts';
  const action = quick ? 'keep' : 'publish';
  return fetch(`/${kind}/${action}`); // > GET /drafts/keep, GET /drafts/publish, GET /posts/keep, GET /posts/publish
};
""",
    "the same choice twice": """
export const save = (draft) => {
  const kind = draft ? 'drafts' : 'posts';
  return fetch(`/${kind}/new/${kind}`); // > GET /drafts/new/drafts, GET /posts/new/posts
};
""",
    "a test and its negation": """
export const save = (item) => {
  const kind = !item.draft ? 'posts' : 'drafts';
  const action = item.draft ? 'keep' : 'publish';
  return fetch(`/${kind}/${action}`); // > GET /drafts/keep, GET /posts/publish
};
""",
    "method and path by one test": """
export const save = (id) => {
  const url = id === undefined ? '/posts' : `/posts/${id}`;
  return fetch(url, { method: id !== undefined ? 'PUT' : 'POST' }); // > POST /posts, PUT /posts/{}
};
""",
    "one comparison and another": """
export const save = (kind, id) => {
  const url = kind === 'post' ? '/posts' : kind === 'note' ? '/notes' : '/drafts';
  const action = kind === 'post' ? 'publish' : kind === 'note' ? 'share' : 'keep';
  return fetch(`${url}/${action}`); // > GET /drafts/keep, GET /notes/share, GET /posts/publish
};
""",
    "two switches on one value": """
export function save(kind) {
  let url = '/drafts';
  switch (kind) {
    case 'post': url = '/posts'; break;
    case 'note': url = '/notes'; break;
    default: url = '/drafts';
  }
  let action;
  switch (kind) {
    case 'post': action = 'publish'; break;
    case 'note': action = 'share'; break;
    default: action = 'keep';
  }
  return fetch(`${url}/${action}`); // > GET /drafts/keep, GET /notes/share, GET /posts/publish
}
""",
    "an if and a choice": """
export function save(draft, id) {
  let url = '/posts';
  if (draft) url = '/drafts';
  const method = draft ? 'PATCH' : 'PUT';
  return fetch(`${url}/${id}`, { method }); // > PATCH /drafts/{}, PUT /posts/{}
}
""",
    "inside a branch": """
export function save(draft) {
  const kind = draft ? 'drafts' : 'posts';
  if (draft) {
    return fetch(`/${kind}/keep`); // > GET /drafts/keep
  }
  return fetch(`/${kind}/publish`); // > GET /posts/publish
}
""",
    "through functions": """
const base = (draft) => (draft ? '/drafts' : '/posts');
function action(draft) {
  if (draft) return 'keep';
  return 'publish';
}
export const save = (draft) => fetch(`${base(draft)}/${action(draft)}`); // > GET /drafts/keep, GET /posts/publish
""",
    "members of one record": """
const table = { a: { path: '/a', method: 'PUT', tail: 'x' }, b: { path: '/b', method: 'POST', tail: 'y' } };
export const save = (kind) => {
  const { path, method, tail } = table[kind];
  return fetch(`${path}/${tail}`, { method }); // > POST /b/y, PUT /a/x
};
""",
    "a variable that changes between": """
export function save(draft) {
  const kind = draft ? 'drafts' : 'posts';
  draft = ask();
  const action = draft ? 'keep' : 'publish';
  return fetch(`/${kind}/${action}`); // > GET /drafts/keep, GET /drafts/publish, GET /posts/keep, GET /posts/publish
}
""",
    "an empty text that only fills in for a segment": """
const last = (source) => { const parts = source.split('/'); return parts[parts.length - 1] ?? ''; };
export const restore = (id, source) => fetch(`/assets/${id}/restore/${last(source)}/`); // > GET /assets/{}/restore/{}/
export const one = (id) => fetch(`/users/${id ?? ''}`); // > GET /users/{}
export const list = (id) => fetch(`/users${id ? `/${id}` : ''}`); // > GET /users, GET /users/{}
""",
    "a test of items nobody knows decides nothing": """
export const load = async (id) => {
  const runs = await fetch('/runs').then((r) => r.json()); // > GET /runs
  const same = runs.data.every((run) => run.flow === runs.data[0].flow);
  if (!same) throw new Error('no');
  return fetch(`/flows/${id}`); // > GET /flows/{}
};
""",
    "a list that a check may have filled": """
const check = (form) => {
  const errors = [];
  if (!form.name) errors.push('name');
  const each = (value) => { if (value === undefined) errors.push('value'); };
  each(form.value);
  return { valid: errors.length === 0, errors };
};
export const save = (form) => {
  const found = check(form);
  if (!found.valid) throw new Error(found.errors.join());
  return fetch('/forms', { method: 'POST', body: form }); // > POST /forms
};
""",
    "equal outcomes of both branches": """
export const save = (draft, quick) => {
  const kind = draft ? 'posts' : quick ? 'notes' : 'posts';
  const action = draft ? 'keep' : 'publish';
  return fetch(`/${kind}/${action}`); // > GET /notes/publish, GET /posts/keep, GET /posts/publish
};
""",
}


@pytest.mark.parametrize("name", CASES)
def test_alternatives_of_one_condition(name: str) -> None:
    assert calls_in(CASES[name]) == marked(CASES[name])
