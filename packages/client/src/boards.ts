import type {
  changeSavedChart,
  Dashboard,
  deleteDashboard,
  deleteSavedChart,
  getDashboard,
  getSavedChart,
  getSavedChartHistory,
  listDashboards,
  listSavedCharts,
  listShareLinks,
  openShareLink,
  revokeShareLink,
  runSavedChart,
  SavedChart,
  SavedChartVersion,
  ShareLink,
  saveChart,
  saveDashboard,
  shareDashboard,
} from "./contract/chart-boards.ts";
import type {
  ChartEmbed,
  changeChartEmbed,
  listChartEmbeds,
  makeEmbedToken,
} from "./contract/chart-embeds.ts";
import type {
  ChartPictureLook,
  drawSavedChart,
  listPictureLinks,
  makePictureLink,
  PictureLink,
  revokePictureLink,
} from "./contract/chart-picture.ts";
import type { ChartAnswer } from "./contract/charts.ts";
import type { RequestOf, ResponseOf } from "./contract/endpoint.ts";
import type { CallOptions, Http, Route } from "./transport/http.ts";

const SAVED = "/api/v1/charts/saved";
const BOARDS = "/api/v1/charts/dashboards";
const LIST: Route<typeof listSavedCharts> = { method: "get", path: SAVED };
const SAVE: Route<typeof saveChart> = { method: "post", path: SAVED };
const GET: Route<typeof getSavedChart> = { method: "get", path: `${SAVED}/{id}` };
const CHANGE: Route<typeof changeSavedChart> = { method: "patch", path: `${SAVED}/{id}` };
const REMOVE: Route<typeof deleteSavedChart> = { method: "delete", path: `${SAVED}/{id}` };
const HISTORY: Route<typeof getSavedChartHistory> = { method: "get", path: `${SAVED}/{id}/history` };
const RUN: Route<typeof runSavedChart> = { method: "post", path: `${SAVED}/{id}/run` };
const PICTURE: Route<typeof drawSavedChart> = { method: "get", path: `${SAVED}/{id}/picture` };
const LINK_PICTURE: Route<typeof makePictureLink> = { method: "post", path: `${SAVED}/{id}/picture-links` };
const PICTURE_LINKS: Route<typeof listPictureLinks> = { method: "get", path: `${SAVED}/{id}/picture-links` };
const REVOKE_PICTURE: Route<typeof revokePictureLink> = {
  method: "delete",
  path: "/api/v1/charts/picture-links/{id}",
};
const LIST_BOARDS: Route<typeof listDashboards> = { method: "get", path: BOARDS };
const GET_BOARD: Route<typeof getDashboard> = { method: "get", path: `${BOARDS}/{id}` };
const SAVE_BOARD: Route<typeof saveDashboard> = { method: "put", path: `${BOARDS}/{id}` };
const REMOVE_BOARD: Route<typeof deleteDashboard> = { method: "delete", path: `${BOARDS}/{id}` };
const SHARE: Route<typeof shareDashboard> = { method: "post", path: `${BOARDS}/{id}/links` };
const LINKS: Route<typeof listShareLinks> = { method: "get", path: `${BOARDS}/{id}/links` };
const REVOKE: Route<typeof revokeShareLink> = { method: "delete", path: "/api/v1/charts/links/{id}" };
const OPEN: Route<typeof openShareLink> = { method: "post", path: "/api/v1/charts/shared" };
const EMBED: Route<typeof makeEmbedToken> = { method: "post", path: "/api/v1/charts/embed-tokens" };

const EMBEDS: Route<typeof listChartEmbeds> = { method: "get", path: "/api/v1/charts/embeds" };
const CHANGE_EMBED: Route<typeof changeChartEmbed> = { method: "patch", path: "/api/v1/charts/embeds/{id}" };

export type ChartToKeep = RequestOf<typeof saveChart>["body"];
export type ChartChange = RequestOf<typeof changeSavedChart>["body"];
export type ChartRun = RequestOf<typeof runSavedChart>["body"];
export type DashboardToKeep = RequestOf<typeof saveDashboard>["body"];
export type ShareRequest = RequestOf<typeof shareDashboard>["body"];
export type PictureLinkRequest = RequestOf<typeof makePictureLink>["body"];
export type OpenedLink = ResponseOf<typeof openShareLink>;
export type EmbedRequest = RequestOf<typeof makeEmbedToken>["body"];

/** Kept charts, dashboards, and the links and tokens by which others see them. */
export class Boards {
  readonly #http: Http;
  /** For links, which are of a portal by themselves. */
  readonly #anyPortal: Http;

  constructor(http: Http, portal?: string) {
    this.#http = http.of(portal);
    this.#anyPortal = http;
  }

  /** Kept charts, pinned ones first. */
  async charts(options: CallOptions = {}): Promise<SavedChart[]> {
    return (await this.#http.call<typeof listSavedCharts>(LIST, {}, options)).charts;
  }

  chart(id: string, options: CallOptions = {}): Promise<SavedChart> {
    return this.#http.call<typeof getSavedChart>(GET, { params: { id } }, options);
  }

  /** Keeps a chart under an id of the caller's; the same id again changes nothing. */
  keep(body: ChartToKeep, options: CallOptions = {}): Promise<SavedChart> {
    return this.#http.call<typeof saveChart>(SAVE, { body }, options);
  }

  change(id: string, body: ChartChange, options: CallOptions = {}): Promise<SavedChart> {
    return this.#http.call<typeof changeSavedChart>(CHANGE, { params: { id }, body }, options);
  }

  async remove(id: string, options: CallOptions = {}): Promise<void> {
    await this.#http.call<typeof deleteSavedChart>(REMOVE, { params: { id } }, options);
  }

  /** Changes of a kept chart, the latest first. */
  async history(id: string, options: CallOptions = {}): Promise<SavedChartVersion[]> {
    return (await this.#http.call<typeof getSavedChartHistory>(HISTORY, { params: { id } }, options))
      .versions;
  }

  /** Draws a kept chart anew. */
  run(id: string, body: ChartRun, options: CallOptions = {}): Promise<ChartAnswer> {
    return this.#http.call<typeof runSavedChart>(RUN, { params: { id }, body }, options);
  }

  /** A kept chart as SVG markup, drawn by the API. Rejects with `chart_not_drawable` where it is a table. */
  async picture(
    id: string,
    look: Partial<ChartPictureLook> = {},
    options: CallOptions = {},
  ): Promise<string> {
    const request = { params: { id }, query: look };
    const response = await this.#http.stream(PICTURE, request, "image/svg+xml", options);
    return response.text();
  }

  /** An address of its picture for an `<img>`; it is in this answer and nowhere else. */
  linkPicture(id: string, body: PictureLinkRequest = {}, options: CallOptions = {}): Promise<PictureLink> {
    return this.#http.call<typeof makePictureLink>(LINK_PICTURE, { params: { id }, body }, options);
  }

  async pictureLinks(id: string, options: CallOptions = {}): Promise<PictureLink[]> {
    return (await this.#http.call<typeof listPictureLinks>(PICTURE_LINKS, { params: { id } }, options)).links;
  }

  /** Ends an address of a picture now. */
  async revokePicture(id: string, options: CallOptions = {}): Promise<void> {
    await this.#http.call<typeof revokePictureLink>(REVOKE_PICTURE, { params: { id } }, options);
  }

  async dashboards(options: CallOptions = {}): Promise<Dashboard[]> {
    return (await this.#http.call<typeof listDashboards>(LIST_BOARDS, {}, options)).dashboards;
  }

  /** A dashboard with the charts on it. */
  dashboard(id: string, options: CallOptions = {}): Promise<{ dashboard: Dashboard; charts: SavedChart[] }> {
    return this.#http.call<typeof getDashboard>(GET_BOARD, { params: { id } }, options);
  }

  /** Makes or replaces a dashboard; another version than the named one rejects with `version_conflict`. */
  keepDashboard(id: string, body: DashboardToKeep, options: CallOptions = {}): Promise<Dashboard> {
    return this.#http.call<typeof saveDashboard>(SAVE_BOARD, { params: { id }, body }, options);
  }

  async removeDashboard(id: string, options: CallOptions = {}): Promise<void> {
    await this.#http.call<typeof deleteDashboard>(REMOVE_BOARD, { params: { id } }, options);
  }

  /** Makes a link for strangers; its address is in this answer and nowhere else. */
  share(id: string, body: ShareRequest, options: CallOptions = {}): Promise<ShareLink> {
    return this.#http.call<typeof shareDashboard>(SHARE, { params: { id }, body }, options);
  }

  async links(id: string, options: CallOptions = {}): Promise<ShareLink[]> {
    return (await this.#http.call<typeof listShareLinks>(LINKS, { params: { id } }, options)).links;
  }

  /** Ends a link now. */
  async revoke(id: string, options: CallOptions = {}): Promise<void> {
    await this.#http.call<typeof revokeShareLink>(REVOKE, { params: { id } }, options);
  }

  /** What a link opens: a short token, to be passed as `token` of the calls that follow. */
  open(link: string, password: string | null = null, options: CallOptions = {}): Promise<OpenedLink> {
    return this.#anyPortal.call<typeof openShareLink>(OPEN, { body: { link, password } }, options);
  }

  /** A capability token for a visitor of your own page. */
  embedToken(body: EmbedRequest, options: CallOptions = {}): Promise<ResponseOf<typeof makeEmbedToken>> {
    return this.#http.call<typeof makeEmbedToken>(EMBED, { body }, options);
  }

  /** Where charts are embedded, and how much that is used. */
  async embeds(options: CallOptions = {}): Promise<ChartEmbed[]> {
    return (await this.#http.call<typeof listChartEmbeds>(EMBEDS, {}, options)).embeds;
  }

  /** Ends an embedding with all its tokens, or allows it again. */
  changeEmbed(id: string, revoked: boolean, options: CallOptions = {}): Promise<ChartEmbed> {
    return this.#http.call<typeof changeChartEmbed>(
      CHANGE_EMBED,
      { params: { id }, body: { revoked } },
      options,
    );
  }
}
