import * as contract from "@b24kit/client/contract";
import type { Caller } from "../../platform/auth/caller.ts";
import type { App, AppContext } from "../../platform/http/environment.ts";
import { mount } from "../../platform/http/mount.ts";
import { remoteAddress } from "../../platform/http/remote-address.ts";
import type { Asking } from "./asking.ts";
import type { Boards } from "./boards.ts";

/** What `mount` gives every handler of these. */
interface Asked {
  readonly caller: Caller;
  readonly query: { readonly portal?: string | undefined };
  readonly c: AppContext;
}

/** Kept charts, dashboards, links and tokens. */
export function boardRoutes(app: App, boards: Boards, asking: Asking): void {
  const admit = ({ caller, query, c }: Asked) =>
    boards.audience(caller, query.portal, c.req.header("Origin"));
  savedRoutes(app, boards, asking, admit);
  dashboardRoutes(app, boards, admit);
  linkRoutes(app, boards, admit);
}

type Admit = (asked: Asked) => ReturnType<Boards["audience"]>;

function savedRoutes(app: App, boards: Boards, asking: Asking, admit: Admit): void {
  const { saved } = boards;
  mount(app, contract.listSavedCharts, async (asked) => ({
    charts: await saved.list((await admit(asked)).audience),
  }));
  mount(app, contract.getSavedChart, async (asked) => boards.savedFor(await admit(asked), asked.params.id));
  mount(app, contract.saveChart, async (asked) => saved.save((await admit(asked)).audience, asked.body));
  mount(app, contract.changeSavedChart, async (asked) =>
    saved.change((await admit(asked)).audience, asked.params.id, asked.body),
  );
  mount(app, contract.deleteSavedChart, async (asked) => {
    await saved.remove((await admit(asked)).audience, asked.params.id);
    return undefined;
  });
  mount(app, contract.getSavedChartHistory, async (asked) => ({
    versions: await saved.history((await admit(asked)).audience, asked.params.id),
  }));
  mount(app, contract.runSavedChart, async (asked) => {
    const admitted = await admit(asked);
    const { definition, form, name } = await boards.savedFor(admitted, asked.params.id);
    const request = {
      ...asked.body,
      definition,
      form,
      title: { ru: name, en: name },
      source: "saved" as const,
    };
    return asking.draw(admitted.audience, request, asked.signal);
  });
}

function dashboardRoutes(app: App, boards: Boards, admit: Admit): void {
  mount(app, contract.listDashboards, async (asked) => ({
    dashboards: await boards.dashboards((await admit(asked)).audience),
  }));
  mount(app, contract.getDashboard, async (asked) =>
    boards.dashboardFor(await admit(asked), asked.params.id),
  );
  mount(app, contract.saveDashboard, async (asked) => {
    const { version, ...layout } = asked.body;
    return boards.putDashboard((await admit(asked)).audience, asked.params.id, layout, version);
  });
  mount(app, contract.deleteDashboard, async (asked) => {
    await boards.removeDashboard((await admit(asked)).audience, asked.params.id);
    return undefined;
  });
}

function linkRoutes(app: App, boards: Boards, admit: Admit): void {
  const { links } = boards;
  mount(app, contract.shareDashboard, async (asked) => {
    const { audience } = await admit(asked);
    await boards.dashboard(audience, asked.params.id);
    return links.make(audience, asked.params.id, asked.body);
  });
  mount(app, contract.listShareLinks, async (asked) => ({
    links: await links.list((await admit(asked)).audience, asked.params.id),
  }));
  mount(app, contract.revokeShareLink, async (asked) => {
    await links.revoke((await admit(asked)).audience, asked.params.id);
    return undefined;
  });
  mount(app, contract.openShareLink, ({ body, c }) => links.open(body.link, body.password, remoteAddress(c)));
  mount(app, contract.makeEmbedToken, async (asked) =>
    boards.embedToken((await admit(asked)).audience, asked.body),
  );
  mount(app, contract.listChartEmbeds, async (asked) => ({
    embeds: await boards.embeds.list((await admit(asked)).audience),
  }));
  mount(app, contract.changeChartEmbed, async (asked) =>
    boards.embeds.change((await admit(asked)).audience, asked.params.id, asked.body.revoked),
  );
}
