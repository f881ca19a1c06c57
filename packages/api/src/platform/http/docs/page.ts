import { ERRORS, type ErrorCode } from "@b24kit/client/contract";
import { html } from "hono/html";
import type { OpenApi, Operation, Schema } from "./document.ts";
import { describeType } from "./document.ts";

type Html = ReturnType<typeof html>;

/** The API's documentation as one page, made from the OpenAPI document; it needs no script. */
export function docsPage(document: OpenApi): Html {
  const groups = groupByTag(document);
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>b24kit API</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/docs/docs.css">
  </head>
  <body>
    <header>
      <h1>b24kit API</h1>
      <p>Version ${document.info.version}. The same as data: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
      <nav aria-label="Sections">
        ${[...groups.keys()].map((tag) => html`<a href="#${tag}">${tag}</a>`)}<a href="#errors">errors</a>
      </nav>
    </header>
    <main>
      <section>
        <h2>Signing in</h2>
        <p>Send <code>Authorization: Bearer …</code> with an API key, a signed-in user's Supabase token or a page token;
          an API key also goes in <code>X-API-Key</code>. Every refusal is <code>application/problem+json</code>.</p>
        <pre tabindex="0"><code>curl -H "Authorization: Bearer $API_KEY" ${document.servers[0]!.url}/api/v1/session</code></pre>
      </section>
      ${[...groups].map(([tag, operations]) => html`<section id="${tag}"><h2>${tag}</h2>${operations.map(operationOf)}</section>`)}
      ${errorTable()}
    </main>
  </body>
</html>`;
}

interface Listed extends Operation {
  readonly method: string;
  readonly path: string;
}

function groupByTag(document: OpenApi): Map<string, Listed[]> {
  const groups = new Map<string, Listed[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0]!;
      groups.set(tag, [...(groups.get(tag) ?? []), { ...operation, method, path }]);
    }
  }
  return groups;
}

function operationOf(operation: Listed): Html {
  const { method, path, summary } = operation;
  const body = operation.requestBody?.content["application/json"]?.schema;
  return html`<details id="${operation.operationId}">
    <summary><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code> <span class="what">${summary}</span></summary>
    <p class="access">${operation["x-access"] === "public" ? "Answers everybody." : html`Needs the right <code>${operation["x-access"]}</code>.`}</p>
    ${operation.parameters?.length ? parameterTable(operation.parameters) : ""}
    ${body ? html`<h3>Body</h3><pre tabindex="0"><code>${describeType(body)}</code></pre>` : ""}
    <h3>Answers</h3>
    <dl>${Object.entries(operation.responses).map(([status, response]) => answerOf(status, response))}</dl>
  </details>`;
}

function parameterTable(parameters: NonNullable<Operation["parameters"]>): Html {
  return html`<h3>Parameters</h3>
    <div class="scroll" tabindex="0"><table>
      <thead><tr><th scope="col">Name</th><th scope="col">In</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
      <tbody>${parameters.map(
        (parameter) => html`<tr>
          <th scope="row"><code>${parameter.name}</code>${parameter.required ? "" : " (optional)"}</th>
          <td>${parameter.in}</td><td><code>${describeType(parameter.schema)}</code></td>
          <td>${parameter.description ?? parameter.schema.description ?? ""}</td></tr>`,
      )}</tbody>
    </table></div>`;
}

function answerOf(status: string, response: Operation["responses"][string]): Html {
  if (Number(status) >= 400) {
    const codes = response.description.split(", ");
    return html`<dt>${status}</dt><dd>${codes.map((code) => html`<a href="#${code}"><code>${code}</code></a> `)}</dd>`;
  }
  const content = Object.entries(response.content ?? {});
  const bodies = content.map(([type, media]) => bodyOf(type, media.schema));
  return html`<dt>${status}</dt><dd>${bodies.length > 0 ? bodies : "No content"}</dd>`;
}

function bodyOf(type: string, schema: Schema | undefined): Html {
  const known = schema && Object.keys(schema).length > 0;
  return html`<p><code>${type}</code></p>${known ? html`<pre tabindex="0"><code>${describeType(schema)}</code></pre>` : ""}`;
}

function errorTable(): Html {
  const rows = Object.entries(ERRORS) as [ErrorCode, (typeof ERRORS)[ErrorCode]][];
  return html`<section id="errors">
    <h2>errors</h2>
    <p>The list is closed: a failed request carries exactly one of these codes.</p>
    <div class="scroll" tabindex="0"><table>
      <thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th><th scope="col">What helps</th></tr></thead>
      <tbody>${rows.map(
        ([code, [status, title, remedy]]) =>
          html`<tr id="${code}"><th scope="row"><code>${code}</code></th><td>${status}</td><td>${title}</td><td>${remedy}</td></tr>`,
      )}</tbody>
    </table></div>
  </section>`;
}
