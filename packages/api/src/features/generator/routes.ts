import {
  getGeneration,
  getGenerationStatus,
  getSessionInfo,
  getSessionStatus,
  previewGeneration,
  resumeGeneration,
  startGeneration,
  stopGeneration,
  undoGeneration,
} from "@b24kit/client/contract";
import type { Caller } from "../../platform/auth/caller.ts";
import type { App } from "../../platform/http/environment.ts";
import { mount } from "../../platform/http/mount.ts";
import * as control from "./control-run.ts";
import { type Owner, ownerOf } from "./deps.ts";
import type { Generator } from "./generator.ts";
import { getRun, getSession, getSessions, getStatus } from "./get-status.ts";
import { previewRun } from "./preview-run.ts";
import { startRun } from "./start-run.ts";

export function routes(app: App, { deps }: Generator): void {
  const owner = async (caller: Caller, query: { portal?: string | undefined }): Promise<Owner> =>
    ownerOf((await deps.portals.resolve(caller, query.portal)).id, caller);
  mount(app, previewGeneration, async ({ caller, query, body, signal }) =>
    previewRun(deps, (await owner(caller, query)).portalId, body, signal),
  );
  mount(app, startGeneration, async ({ caller, query, body }) =>
    startRun(deps, await owner(caller, query), body),
  );
  mount(app, getGenerationStatus, async ({ caller, query }) => getStatus(deps, await owner(caller, query)));
  mount(app, getSessionStatus, async ({ caller, query, params }) =>
    getSession(deps, await owner(caller, query), params.session_id),
  );
  mount(app, getSessionInfo, async ({ caller, query }) => getSessions(deps, await owner(caller, query)));
  mount(app, getGeneration, async ({ caller, query, params }) =>
    getRun(deps, await owner(caller, query), params.id),
  );
  mount(app, stopGeneration, async ({ caller, query, params }) =>
    control.stopGeneration(deps, await owner(caller, query), params.id),
  );
  mount(app, resumeGeneration, async ({ caller, query, params, body }) =>
    control.resumeGeneration(deps, await owner(caller, query), params.id, body.session_id),
  );
  mount(app, undoGeneration, async ({ caller, query, params, body }) =>
    control.undoGeneration(deps, await owner(caller, query), params.id, body.force),
  );
}
