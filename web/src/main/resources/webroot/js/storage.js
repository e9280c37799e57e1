/**
 * What the browser keeps for this page. A browser that keeps nothing (private windows, a full disk)
 * must not break the page: reading gives null, writing says whether it worked.
 */
export function readText(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @return {boolean} whether it is kept */
export function writeText(key, text) {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

export function readJson(key) {
  try {
    return JSON.parse(readText(key) ?? "null");
  } catch {
    return null;
  }
}

/** @return {boolean} whether it is kept */
export function writeJson(key, value) {
  return writeText(key, JSON.stringify(value));
}

export function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

export function keysWithPrefix(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
