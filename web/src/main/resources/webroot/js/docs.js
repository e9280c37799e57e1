import { byId, h } from "./dom.js";

/** Writes the description of the API for people. */
function show(api) {
  const calls = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, call]) => ({ path, method, ...call })),
  );
  const tags = [...new Set(calls.flatMap(({ tags }) => tags))];
  byId("docs").append(
    h("p", {}, api.info.description),
    ...tags.flatMap((tag) => [h("h2", {}, tag), ...calls.filter(({ tags }) => tags.includes(tag)).map((call) => callView(call, api))]),
  );
}

function callView({ path, method, summary, description, security, requestBody, responses }, api) {
  const schema = requestBody && resolved(requestBody.content["application/json"].schema, api);
  const codes = Object.entries(responses).map(([code, response]) => `${code}: ${resolved(response, api).description}`);
  return h(
    "details",
    { class: "docs-call" },
    h("summary", {}, h("code", {}, `${method.toUpperCase()} ${path}`), ` ${summary}`),
    description ? h("p", {}, description) : null,
    security ? h("p", {}, api.components.securitySchemes.key.description) : null,
    schema ? fields(schema, api) : null,
    h("ul", {}, ...codes.map((words) => h("li", {}, words))),
  );
}

function fields({ properties, required = [] }, api) {
  const row = ([name, part]) => {
    const field = resolved(part, api);
    return h("tr", {}, h("td", {}, h("code", {}, name)), h("td", {}, typeWords(field) + (required.includes(name) ? ", required" : "")), h("td", {}, field.description ?? ""));
  };
  return h(
    "div",
    { class: "docs-scroll", tabindex: "0", role: "region", "aria-label": "Fields" },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ...["Field", "Type", "What"].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, ...Object.entries(properties).map(row)),
    ),
  );
}

function typeWords({ type, oneOf, minimum, maximum }) {
  const kind = type ?? oneOf?.map(({ type }) => type).filter((name, at, all) => all.indexOf(name) === at).join(" or ") ?? "object";
  const range = [minimum === undefined ? "" : `from ${minimum}`, maximum === undefined ? "" : `to ${maximum}`].filter(Boolean).join(" ");
  return range ? `${kind} ${range}` : kind;
}

const resolved = (part, api) => (part.$ref ? part.$ref.slice(2).split("/").reduce((found, name) => found[name], api) : part);

const response = await fetch("/openapi.json");
show(await response.json());
